namespace Parallax.Venues.Recordings.Import;

/// <summary>How many records of each kind, and from when to when.</summary>
public sealed class RecordCounts
{
    public long Definitions { get; internal set; }

    public long BookSnapshots { get; internal set; }

    public long BookDeltas { get; internal set; }

    /// <summary>In snapshots and deltas together.</summary>
    public long Levels { get; internal set; }

    public long Trades { get; internal set; }

    public long BestQuotes { get; internal set; }

    public long FeedStates { get; internal set; }

    /// <summary>Kinds that are not the market's own: order events, timers, settings.</summary>
    public long Others { get; internal set; }

    public long Total => Definitions + BookSnapshots + BookDeltas + Trades + BestQuotes + FeedStates + Others;

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public long? FirstReceivedTime { get; private set; }

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public long? LastReceivedTime { get; private set; }

    internal void Saw(long receivedTime)
    {
        FirstReceivedTime ??= receivedTime;
        LastReceivedTime = receivedTime;
    }
}
