using System.Text;
using Parallax.Domain;
using Parallax.MarketData.Records;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Tests.Wire;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>The two paths must never differ, whatever the bytes; and whatever the form of a frame, its records must not.</summary>
public sealed class FrameParserDifferentialTests
{
    private const long Received = 1_700_000_000_000_000_000;

    private static readonly Instrument[] Instruments =
    [
        AnInstrument.Of("BTC/USD", 1), AnInstrument.Of("ETH/BTC", 6), AnInstrument.Of("BTC/JPY", 0, 5), AnInstrument.Of("SHIB/USD", 8, 5),
        AnInstrument.Of("PEPE/USD", 10), AnInstrument.Of("BONK/EUR", 9), AnInstrument.Of("DUST/USD", 12),
        AnInstrument.Of("HALF/USD", 1) with { TickSize = 0.5m }, AnInstrument.Of("QUART/USD", 2) with { TickSize = 0.25m },
        AnInstrument.Of("TEN/USD", 0, 0) with { TickSize = 10m, LotSize = 100m }, AnInstrument.Of("ALONGCOIN/USDT", 3), AnInstrument.Of("AVERYLONGCOIN/USDT", 3),
    ];

    private static readonly SymbolTable Symbols = SymbolTable.Of(Instruments);

    [Fact]
    public void The_fast_path_takes_what_the_venue_prints()
    {
        var taken = 0;
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            var frame = Encoding.ASCII.GetBytes(Frame(new Seeded(seed), withTime: true).Plain());
            taken += new BookFastPath(Symbols, requireChecksum: true).TryParse(frame, Received, new RecordList()) ? 1 : 0;
        }

        // Left over are snapshots, long symbols, twelve decimals, prices of zero and numbers of more than eight digits before the point.
        Assert.InRange(taken, 10_000, 20_000);
    }

    [Fact]
    public void Both_paths_agree_on_frames_as_the_venue_prints_them()
    {
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            var random = new Seeded(seed);
            Agree(Encoding.ASCII.GetBytes(Frame(random, withTime: !random.OneIn(10)).Plain()), $"seed {seed}");
        }
    }

    [Fact]
    public void Both_paths_agree_on_mutated_frames()
    {
        for (var seed = 1ul; seed <= 80_000; seed++)
        {
            var random = new Seeded(seed);
            Agree(random.Mutate(Encoding.ASCII.GetBytes(Frame(random, withTime: true).Plain())), $"seed {seed}");
        }
    }

    [Fact]
    public void Both_paths_agree_at_every_place_where_a_byte_can_be_wrong()
    {
        var frame = Encoding.ASCII.GetBytes(
            "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{\"price\":29423.0,\"qty\":2.54902601}],"
            + "\"asks\":[{\"price\":29430.4,\"qty\":0.00798334}],\"checksum\":434883881,\"timestamp\":\"2023-07-30T15:30:01.581227Z\"}]}");
        for (var at = 0; at < frame.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = (byte[])frame.Clone();
                changed[at] = (byte)value;
                Agree(changed, $"byte {at} = {value}");
            }

            Agree(frame[..at], $"cut at {at}");
            Agree([.. frame[..at], .. frame[(at + 1)..]], $"without byte {at}");
            Agree([.. frame[..at], (byte)' ', .. frame[at..]], $"space at {at}");
        }
    }

    [Fact]
    public void A_frame_means_the_same_in_every_legal_form()
    {
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            var random = new Seeded(seed);
            var frame = Frame(random, withTime: !random.OneIn(4));
            var (plain, plainLines) = Read(Encoding.ASCII.GetBytes(frame.Plain()), general: true);
            var text = frame.Reformatted(random);
            var (other, otherLines) = Read(Encoding.UTF8.GetBytes(text), general: false);

            // Of two wrong values the first counts, so the reason may differ; that there is one may not.
            Assert.True((plain.Kind, plain.Records, plain.Instrument) == (other.Kind, other.Records, other.Instrument), $"seed {seed}: {plain} {other} {text}");
            Assert.True(plainLines.SequenceEqual(otherLines), $"seed {seed}: {text}");
        }
    }

    [Fact]
    public void Records_are_those_of_the_obvious_reader()
    {
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            var random = new Seeded(seed);
            var text = Frame(random, withTime: !random.OneIn(4)).Reformatted(random);
            var (result, lines) = Read(Encoding.UTF8.GetBytes(text), general: false);
            var expected = ObviousReader.Read(text, Instruments, Received);
            Assert.True((expected is null) == (result.Kind == FrameKind.Rejected), $"seed {seed}: {result} {text}");
            if (expected is not null)
            {
                Assert.True(expected.SequenceEqual(lines), $"seed {seed}: {text}");
            }
        }
    }

    private static FrameText Frame(Seeded random, bool withTime)
    {
        var instrument = random.OneIn(30) ? AnInstrument.Of("UNKNOWN/USD", 2) : Instruments[random.Below(Instruments.Length)];
        var checksum = random.OneIn(40) ? (uint?)null : (uint)(random.Next() >> (32 + random.Below(32)));
        var time = $"2023-07-30T15:{random.Below(3):D2}:{random.Below(60):D2}.{random.Below(1_000_000):D6}Z";
        return FrameText.Book(
            random.OneIn(8) ? "snapshot" : "update", instrument, Levels(random, instrument), Levels(random, instrument), checksum, withTime ? time : null);
    }

    private static (decimal, decimal)[] Levels(Seeded random, Instrument instrument)
    {
        var levels = new (decimal, decimal)[random.OneIn(40) ? 70 : random.Below(4)];
        for (var i = 0; i < levels.Length; i++)
        {
            var price = instrument.Price((long)(random.Next() >> (36 + random.Below(24))));
            var quantity = random.OneIn(4) ? 0m : instrument.Quantity((long)(random.Next() >> (18 + random.Below(40))));
            levels[i] = random.Below(200) switch
            {
                0 => (price, -quantity),
                1 => (price + (instrument.TickSize / 2m), quantity),
                _ => (price == 0m && !random.OneIn(50) ? instrument.TickSize : price, quantity),
            };
        }

        return levels;
    }

    private static void Agree(byte[] frame, string context)
    {
        var (fast, fastLines) = Read(frame, general: false);
        var (general, generalLines) = Read(frame, general: true);
        Assert.True(fast == general && fastLines.SequenceEqual(generalLines), $"{context}: {fast} {general} {Encoding.UTF8.GetString(frame)}");
    }

    private static (FrameResult, List<string>) Read(byte[] frame, bool general)
    {
        var sink = new RecordList();
        var parser = new FrameParser(Symbols);
        var result = general ? parser.ParseGeneral(frame, Received, sink) : parser.Parse(frame, Received, sink);

        // A second reading goes through whatever the first left behind.
        var again = new RecordList();
        var second = general ? parser.ParseGeneral(frame, Received, again) : parser.Parse(frame, Received, again);
        Assert.Equal(result, second);
        Assert.Equal(sink.Lines(), again.Lines());
        Assert.All(sink.Records, r => Assert.True(r.Header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta or MarketRecordKind.FeedState));
        return (result, [.. sink.Lines()]);
    }
}
