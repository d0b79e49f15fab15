namespace Parallax.Venues.Binance.Feed;

/// <summary>The update numbers of a diff depth event.</summary>
/// <param name="First"><c>U</c>.</param>
/// <param name="Last"><c>u</c>.</param>
/// <param name="Previous"><c>pu</c>, which futures send and spot does not.</param>
public readonly record struct DepthNumbers(long First, long Last, long? Previous);

public enum DepthVerdict : byte
{
    /// <summary>Continues the book.</summary>
    Apply = 0,

    /// <summary>Says nothing that the book does not hold already.</summary>
    Old = 1,

    /// <summary>Something between the book and this event was lost: a fresh snapshot is needed.</summary>
    Gap = 2,
}

/// <summary>Whether diff depth events continue a REST snapshot and each other.</summary>
/// <remarks>
/// Spot: developers.binance.com, web-socket-streams, "How to manage a local order book correctly"; every event's <c>U</c> follows the
/// <c>u</c> before. Futures: the page of the same name; numbers are sparse, and every event's <c>pu</c> is the <c>u</c> before. A
/// futures event also continues a snapshot when <c>pu</c> is not after it: nothing of the symbol lies between.
/// </remarks>
public struct DepthSequence
{
    private long _last;
    private bool _followsSnapshot;

    /// <summary>The number up to which the book is known.</summary>
    public readonly long Last => _last;

    /// <param name="lastUpdateId">Of the snapshot that the book now holds.</param>
    public void Restart(long lastUpdateId)
    {
        _last = lastUpdateId;
        _followsSnapshot = true;
    }

    /// <summary>Judges the next event, and when it applies takes it as the one to continue.</summary>
    public DepthVerdict Judge(in DepthNumbers numbers)
    {
        var verdict = numbers.Previous is { } previous ? JudgeFutures(numbers, previous) : JudgeSpot(numbers);
        if (verdict == DepthVerdict.Apply)
        {
            _last = numbers.Last;
            _followsSnapshot = false;
        }

        return verdict;
    }

    private readonly DepthVerdict JudgeSpot(in DepthNumbers numbers) =>
        numbers.Last <= _last ? DepthVerdict.Old
        : numbers.First <= _last + 1 ? DepthVerdict.Apply
        : DepthVerdict.Gap;

    private readonly DepthVerdict JudgeFutures(in DepthNumbers numbers, long previous)
    {
        if (_followsSnapshot)
        {
            return numbers.Last < _last ? DepthVerdict.Old
                : numbers.First <= _last || previous <= _last ? DepthVerdict.Apply
                : DepthVerdict.Gap;
        }

        return numbers.Last <= _last ? DepthVerdict.Old
            : previous == _last ? DepthVerdict.Apply
            : DepthVerdict.Gap;
    }
}
