using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Engine.Live;

namespace Parallax.Cli.Bench.Soak;

/// <summary>Counts what a feed hands to the engine, and how long it was on its way from the venue.</summary>
/// <remarks>Feed thread only, but for the counts.</remarks>
internal sealed class CountedInlet(IRecordSink inlet) : IRecordSink
{
    private long _books;

    /// <summary>Book records handed over. Any thread.</summary>
    public long Books => Volatile.Read(ref _books);

    /// <summary>From the time the venue put on a message until it was read here: the venue sends when its market moves, whether we keep up or not.</summary>
    public LatencyHistogram Wire { get; } = new("wire");

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind is MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot)
        {
            Volatile.Write(ref _books, _books + 1);
            Wire.Add(header.ReceivedTime - header.VenueTime);
        }

        inlet.Append(header, payload);
    }
}
