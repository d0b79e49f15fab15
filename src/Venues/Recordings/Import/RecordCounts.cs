using Parallax.Journal.Framing;
using Parallax.MarketData.Records;

namespace Parallax.Venues.Recordings.Import;

/// <summary>How many records of each kind, and from when to when.</summary>
public sealed class RecordCounts
{
    public long Definitions { get; private set; }

    public long BookSnapshots { get; private set; }

    public long BookDeltas { get; private set; }

    /// <summary>In snapshots and deltas together.</summary>
    public long Levels { get; private set; }

    public long Trades { get; private set; }

    public long BestQuotes { get; private set; }

    public long FeedStates { get; private set; }

    /// <summary>Kinds that are not the market's own: order events, timers, settings.</summary>
    public long Others { get; private set; }

    public long Total => Definitions + BookSnapshots + BookDeltas + Trades + BestQuotes + FeedStates + Others;

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public long? FirstReceivedTime { get; private set; }

    /// <summary>UTC nanoseconds; <see langword="null"/> when there is no record.</summary>
    public long? LastReceivedTime { get; private set; }

    internal void Count(in RecordHeader header, int payloadBytes)
    {
        Saw(header.ReceivedTime);
        switch (header.Kind)
        {
            case MarketRecordKind.Instrument:
                Definitions++;
                break;
            case MarketRecordKind.BookSnapshot:
                BookSnapshots++;
                Levels += payloadBytes / BookLevel.Size;
                break;
            case MarketRecordKind.BookDelta:
                BookDeltas++;
                Levels += payloadBytes / BookLevel.Size;
                break;
            case MarketRecordKind.Trade:
                Trades++;
                break;
            case MarketRecordKind.BestQuote:
                BestQuotes++;
                break;
            case MarketRecordKind.FeedState:
                FeedStates++;
                break;
            default:
                Others++;
                break;
        }
    }

    private void Saw(long receivedTime)
    {
        FirstReceivedTime ??= receivedTime;
        LastReceivedTime = receivedTime;
    }
}
