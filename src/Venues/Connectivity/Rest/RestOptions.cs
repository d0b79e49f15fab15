namespace Parallax.Venues.Connectivity.Rest;

/// <summary>How a <see cref="RestClient"/> asks.</summary>
public sealed record RestOptions
{
    /// <summary>What paths are relative to: <c>https://api.kraken.com</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>Venues refuse requests without one.</summary>
    public string UserAgent { get; init; } = "parallax";

    /// <summary>For one attempt, from the start to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A longer answer, unpacked, is not read.</summary>
    public int AnswerBytesMax { get; init; } = 16 << 20;

    /// <summary>How often a GET is asked at most, the first time included.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Before the second attempt, with jitter; doubles with every further one. A venue's Retry-After takes its place.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Of a delay; a venue that asks for a longer one is not asked again.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(5);
}
