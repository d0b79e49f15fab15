namespace Parallax.Storage.Projection;

public sealed record ProjectorOptions
{
    public static readonly ProjectorOptions Default = new();

    /// <summary>How often a journal without news is looked at. Default 100 ms.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Records in a transaction, at the most; it bounds the memory. Default 2,000.</summary>
    public int BatchRecordsMax { get; init; } = 2_000;

    /// <summary>The first pause after a failure; it doubles with each one. Default 100 ms.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause. Default 10 s.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Chooses the jitter of the pauses.</summary>
    public ulong Seed { get; init; } = 1;
}
