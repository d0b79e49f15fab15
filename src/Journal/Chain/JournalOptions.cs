namespace Parallax.Journal.Chain;

/// <summary>Where blocks and segments end. Both are counted from the records, never from time or flushes.</summary>
/// <remarks>Part of what the journal's hash depends on: two journals are comparable when these agree.</remarks>
public sealed record JournalOptions
{
    public static readonly JournalOptions Default = new();

    /// <summary>A segment stays below this many bytes, unless a single record is larger. Default 256 MiB.</summary>
    public long SegmentSizeMax { get; init; } = 256L << 20;

    /// <summary>Records in a block; a seal follows the last. Default 4,096.</summary>
    public int BlockRecordsMax { get; init; } = 4_096;

    /// <exception cref="ArgumentOutOfRangeException">Names the setting and what was found.</exception>
    internal JournalOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(SegmentSizeMax, 1_024, nameof(SegmentSizeMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockRecordsMax, 1, nameof(BlockRecordsMax));
        return this;
    }
}
