using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Measurements.Feed;
using Parallax.Measurements.Replay;
using Parallax.Simulation.SeededMarket;

namespace Parallax.Measurements.Engine;

/// <summary>The seeded market as Kraken would send it: one book message a record, every checksum right, prices that agree across markets.</summary>
/// <remarks>Nothing is mispriced, so nothing is traded: what is measured on it is the way to a decision, not the decision's execution.</remarks>
public sealed class KrakenRecording
{
    private KrakenRecording(FeedStream stream, long[] receivedTimes)
    {
        Stream = stream;
        ReceivedTimes = receivedTimes;
    }

    public FeedStream Stream { get; }

    /// <summary>By message, UTC nanoseconds.</summary>
    public IReadOnlyList<long> ReceivedTimes { get; }

    public static MarketTerms Terms(int instruments) => GeneratedTape.Terms(instruments) with { MispricingsPerMinute = 0 };

    /// <param name="updates">Messages after the snapshots.</param>
    public static KrakenRecording Make(int instruments, int updates)
    {
        var market = new MarketGenerator(Terms(instruments));
        var books = market.Instruments.Select(instrument => new OrderBook(instrument)).ToArray();
        var output = new MemoryStream(updates * 256);
        var writer = new BookMessageWriter(output, withChecksum: true);
        var ends = new List<int>(updates + instruments);
        var times = new List<long>(updates + instruments);
        var (levels, bests) = (0, 0);
        while (ends.Count < updates + instruments)
        {
            market.MoveNext();
            ref readonly var header = ref market.Header;
            if (header.Kind is not (MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta))
            {
                continue;
            }

            var isSnapshot = header.Kind == MarketRecordKind.BookSnapshot;
            var changed = BookRecord.Levels(market.Payload).ToArray();
            var changes = books[header.Subject].Apply(header, changed);
            levels += isSnapshot ? 0 : changed.Length;
            bests += !isSnapshot && (changes & BookChanges.Best) != BookChanges.None ? 1 : 0;
            writer.Write(books[header.Subject], isSnapshot ? "snapshot" : "update", [.. changed.OrderBy(level => level.Side)], header.VenueTime / 1_000);
            ends.Add((int)output.Length);
            times.Add(header.ReceivedTime);
        }

        return new KrakenRecording(new FeedStream(market.Instruments, output.ToArray(), [.. ends], levels, bests), [.. times]);
    }

    /// <summary>Writes the messages to a file that <see cref="Read"/> reads without using anything of what is measured.</summary>
    public void Save(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(Stream.Instruments.Count);
        writer.Write(Stream.Count);
        for (var i = 0; i < Stream.Count; i++)
        {
            writer.Write(ReceivedTimes[i]);
            writer.Write(Stream[i].Length);
            writer.Write(Stream[i]);
        }
    }

    public static KrakenRecording Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        var instruments = new MarketGenerator(Terms(reader.ReadInt32())).Instruments;
        var times = new long[reader.ReadInt32()];
        var ends = new int[times.Length];
        var bytes = new MemoryStream();
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = reader.ReadInt64();
            bytes.Write(reader.ReadBytes(reader.ReadInt32()));
            ends[i] = (int)bytes.Length;
        }

        return new KrakenRecording(new FeedStream(instruments, bytes.ToArray(), ends, 0, 0), times);
    }

    /// <summary>Hands the definitions of the instruments to a sink.</summary>
    public static void Define(IReadOnlyList<Instrument> instruments, long time, IRecordSink sink)
    {
        var payload = new PayloadWriter();
        for (var number = 0; number < instruments.Count; number++)
        {
            InstrumentRecord.Write(payload.Restart(), instruments[number]);
            sink.Append(InstrumentRecord.Header((ushort)number, time), payload.Written);
        }
    }
}
