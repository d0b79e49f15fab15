using System.Text;
using Parallax.Domain;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Tests.Wire;
using static Parallax.Venues.Tests.Kraken.BothPaths;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Book frames: the two paths must never differ, whatever the bytes; and whatever the form of a frame, its records must not.</summary>
public sealed class FrameParserDifferentialTests
{
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

            Agree(frame.AsSpan(0, at), $"cut at {at}");
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
}
