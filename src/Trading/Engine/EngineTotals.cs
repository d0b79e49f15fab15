namespace Parallax.Trading.Engine;

/// <summary>What a session did so far, for progress and reports. Decisions never read it.</summary>
public sealed class EngineTotals
{
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);

    /// <summary>Input records of every kind.</summary>
    public long Records { get; internal set; }

    public long BookRecords { get; internal set; }

    public long BooksInvalidated { get; internal set; }

    /// <summary>Opportunities opened.</summary>
    public long Opportunities { get; internal set; }

    /// <summary>Refusals that were not followed up because too many were at that time.</summary>
    public long FollowUpsLetGo { get; internal set; }

    /// <summary>Opportunities refused, by the stable reason code. One that was refused for two reasons counts in both.</summary>
    public IReadOnlyDictionary<string, long> Refused => _refused;

    internal void CountRefusal(string reason) => _refused[reason] = _refused.GetValueOrDefault(reason) + 1;
}
