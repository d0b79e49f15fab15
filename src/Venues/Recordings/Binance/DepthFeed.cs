using Parallax.Venues.Binance.Feed;
using Parallax.Venues.Recordings.Messages;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Binance;

/// <summary>Joins one symbol's diff depth events to its snapshots: holds events back until a snapshot they continue, and says when one is missing.</summary>
/// <param name="budget">Shared by all symbols of a recording: how many levels may be held back in all.</param>
internal sealed class DepthFeed(Listing listing, DepthFeed.HeldBudget budget)
{
    private readonly Queue<Held> _held = new();
    private DepthSequence _sequence;
    private bool _isSynchronized;

    public Listing Listing => listing;

    /// <summary>Times at which events were missing between two others.</summary>
    public long Gaps { get; private set; }

    public long Snapshots { get; private set; }

    /// <summary>Events on no tape: no snapshot came that they continue.</summary>
    public long Unused { get; private set; }

    public void TakeEvent(in DepthNumbers numbers, ReadOnlySpan<WireLevel> levels, long venueTime, long receivedTime, long line, MessageQueue output)
    {
        if (!_isSynchronized)
        {
            Hold(new Held(numbers, levels.ToArray(), venueTime, line));
            return;
        }

        switch (_sequence.Judge(numbers))
        {
            case DepthVerdict.Apply:
                output.Add(MessageKind.BookDelta, listing, venueTime, receivedTime, line).Add(levels);
                break;
            case DepthVerdict.Gap:
                Lose(venueTime, receivedTime, line, output);
                Hold(new Held(numbers, levels.ToArray(), venueTime, line));
                break;
        }
    }

    public void TakeSnapshot(long lastUpdateId, ReadOnlySpan<WireLevel> levels, long venueTime, long receivedTime, long line, MessageQueue output)
    {
        if (_isSynchronized && lastUpdateId <= _sequence.Last)
        {
            return;
        }

        var sequence = default(DepthSequence);
        sequence.Restart(lastUpdateId);
        while (_held.TryPeek(out var held) && Peek(sequence, held.Numbers) == DepthVerdict.Old)
        {
            Release();
        }

        if (_held.TryPeek(out var first) && Peek(sequence, first.Numbers) == DepthVerdict.Gap)
        {
            // Older than everything held: the recorder, too, has to fetch another one.
            return;
        }

        Snapshots++;
        _sequence = sequence;
        _isSynchronized = true;
        output.Add(MessageKind.BookSnapshot, listing, venueTime, receivedTime, line).Add(levels);

        // What was held is known to the book only now, so it is received now.
        while (_isSynchronized && _held.TryPeek(out var held))
        {
            Release();
            var verdict = _sequence.Judge(held.Numbers);
            if (verdict == DepthVerdict.Apply)
            {
                output.Add(MessageKind.BookDelta, listing, held.VenueTime, receivedTime, held.Line).Add(held.Levels);
            }
            else if (verdict == DepthVerdict.Gap)
            {
                Lose(held.VenueTime, receivedTime, held.Line, output);
                Unused++;
            }
        }
    }

    /// <summary>The recording has ended; what is still held stays off the tape.</summary>
    public void End()
    {
        while (_held.Count > 0)
        {
            Release();
            Unused++;
        }
    }

    private static DepthVerdict Peek(DepthSequence sequence, in DepthNumbers numbers) => sequence.Judge(numbers);

    private void Lose(long venueTime, long receivedTime, long line, MessageQueue output)
    {
        Gaps++;
        _isSynchronized = false;
        output.Add(MessageKind.BookLost, listing, venueTime, receivedTime, line);
    }

    private void Hold(in Held held)
    {
        _held.Enqueue(held);
        budget.Used += held.Cost;
        while (budget.Used > HeldBudget.CostMax && _held.Count > 0)
        {
            Release();
            Unused++;
        }
    }

    private Held Release()
    {
        var held = _held.Dequeue();
        budget.Used -= held.Cost;
        return held;
    }

    internal sealed class HeldBudget
    {
        /// <summary>About 50 MB.</summary>
        public const int CostMax = 1_000_000;

        public int Used { get; set; }
    }

    private readonly record struct Held(DepthNumbers Numbers, WireLevel[] Levels, long VenueTime, long Line)
    {
        // An event without levels takes room too.
        public int Cost => Levels.Length + 2;
    }
}
