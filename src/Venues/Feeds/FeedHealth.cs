namespace Parallax.Venues.Feeds;

/// <summary>How a venue's feed does, at one moment. Immutable; the feed publishes a new one a few times a second.</summary>
public sealed record FeedHealth
{
    public static FeedHealth Unconnected { get; } = new() { State = FeedWords.Connecting };

    /// <summary>A <see cref="FeedWords"/> word, or the venue's own word for its state while the connection stands: <c>online</c>, <c>maintenance</c>, ….</summary>
    public required string State { get; init; }

    /// <summary>UTC nanoseconds; <see langword="null"/> before the first.</summary>
    public long? LastFrameTime { get; init; }

    /// <summary>Venue clock minus ours, nanoseconds; <see langword="null"/> while unknown.</summary>
    public long? ClockOffset { get; init; }

    /// <summary>Of the last answered ping, nanoseconds; <see langword="null"/> while unknown.</summary>
    public long? RoundTrip { get; init; }

    /// <summary>Frames received over all connections.</summary>
    public long Messages { get; init; }

    /// <summary>Frames received over the last connection, which may stand.</summary>
    public long ConnectionMessages { get; init; }

    /// <summary>Frames of channels and symbols that we do not read.</summary>
    public long Ignored { get; init; }

    /// <summary>Frames that could not be read; each made its book, or every book, start afresh.</summary>
    public long Rejected { get; init; }

    /// <summary>Connections after the first.</summary>
    public long Reconnects { get; init; }

    /// <summary>Books that the engine found to differ from the venue's checksum.</summary>
    public long ChecksumFailures { get; init; }

    /// <summary>Books that were subscribed afresh on a standing connection, whatever the reason.</summary>
    public long Resynchronisations { get; init; }

    /// <summary>Instruments whose book stands: a snapshot came on this connection and nothing was lost since.</summary>
    public int LiveBooks { get; init; }

    /// <summary>Why the last connection ended, one sentence; <see langword="null"/> before one did.</summary>
    public string? LastEnd { get; init; }

    /// <summary>Symbols that this feed has given up until it is restarted, each with the reason.</summary>
    public IReadOnlyList<string> GivenUp { get; init; } = [];
}

/// <summary>States of a feed that no venue has a word for.</summary>
public static class FeedWords
{
    public const string Connecting = "connecting";

    /// <summary>The connection stands and the venue has not said yet how it is.</summary>
    public const string Connected = "connected";

    /// <summary>The connection is gone; the next one is awaited.</summary>
    public const string Offline = "offline";

    public const string Stopped = "stopped";
}
