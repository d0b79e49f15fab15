using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Tests.Wire;
using Parallax.Venues.Wire;
using static Parallax.Venues.Tests.Kraken.BothPaths;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Trade frames: as for book frames, the two paths must never differ, and the fast one has to take what the venue prints.</summary>
public sealed class TradeFrameDifferentialTests
{
    private const string TwoTrades =
        "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"side\":\"sell\",\"price\":5980.9,\"qty\":0.1,\"ord_type\":\"limit\","
        + "\"trade_id\":4665906,\"timestamp\":\"2023-09-25T07:49:37.708706Z\"},{\"symbol\":\"ETH/BTC\",\"side\":\"buy\",\"price\":0.067123,\"qty\":12.30000000,"
        + "\"ord_type\":\"market\",\"trade_id\":1234567890123,\"timestamp\":\"2023-09-25T07:49:38.000001Z\"}]}";

    /// <summary>Those whose symbols and grids the fast path reads; the grids of real pairs are among them.</summary>
    private static readonly Instrument[] Usual = [.. Instruments.Where(i => i.Symbol.Length < 16 && i.PriceDecimals <= 10)];

    public static TheoryData<string> Recorded => VenueFiles.WithPrefix("ws_", "n_ws_", "live_v2_");

    [Fact]
    public void The_fast_path_takes_every_frame_of_the_venue_s_form()
    {
        Assert.Equal(2, Taken(TwoTrades));
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            var random = new Seeded(seed);
            var trades = Enumerable.Range(0, random.OneIn(20) ? 150 : 1 + random.Below(4)).Select(_ => UsualTrade(random)).ToArray();
            var frame = FrameText.Trades(random.OneIn(8) ? "snapshot" : "update", trades).Plain();
            Assert.True(Taken(frame) == trades.Length, $"seed {seed}: {frame}");
        }
    }

    [Fact]
    public void The_fast_path_takes_the_shortest_trade_there_can_be()
    {
        var path = new TradeFastPath(SymbolTable.Of([AnInstrument.Of("A/B", 0, 0) with { Symbol = "A" }]));
        var frame = "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"A\",\"side\":\"buy\",\"price\":1,\"qty\":1,\"ord_type\":\"limit\",\"trade_id\":0,"
            + "\"timestamp\":\"2023-09-25T07:49:37.708706Z\"}]}";
        Assert.True(path.TryParse(Encoding.ASCII.GetBytes(frame), Received, new RecordList(), out var count));
        Assert.Equal(1, count);
    }

    [SharedTheory]
    [Trait("Category", "Fixtures")]
    [MemberData(nameof(Recorded))]
    public void The_fast_path_takes_every_recorded_trade_frame(string file)
    {
        foreach (var frame in VenueFiles.Frames(file).Where(f => IsTrade(f.Text)))
        {
            // Collectors indent what they keep; the venue sends no white space.
            var text = Minified(frame.Text);
            var instruments = SymbolsOf(frame.Text).Select(symbol => AnInstrument.Of(symbol, 8)).ToArray();
            var symbols = SymbolTable.Of(instruments);
            var (taken, general, indented) = (new RecordList(), new RecordList(), new RecordList());
            Assert.True(new TradeFastPath(symbols).TryParse(text, Received, taken, out var count), $"{file}: {Encoding.UTF8.GetString(text)}");
            Assert.Equal(count, new FrameParser(symbols).ParseGeneral(text, Received, general).Records);
            new FrameParser(symbols).Parse(frame.Text, Received, indented);
            Assert.Equal(ObviousReader.ReadTrades(Encoding.UTF8.GetString(frame.Text), instruments, Received), taken.Lines());
            Assert.Equal(taken.Lines(), general.Lines());
            Assert.Equal(taken.Lines(), indented.Lines());
        }
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Trade_frames_have_been_recorded() =>
        Assert.Contains(Recorded.Cast<object[]>(), row => VenueFiles.Frames((string)row[0]).Any(f => IsTrade(f.Text)));

    [Fact]
    public void Both_paths_agree_on_frames_as_the_venue_prints_them()
    {
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            Agree(Encoding.ASCII.GetBytes(Frame(new Seeded(seed)).Plain()), $"seed {seed}");
        }
    }

    [Fact]
    public void Both_paths_agree_on_mutated_frames()
    {
        for (var seed = 1ul; seed <= 80_000; seed++)
        {
            var random = new Seeded(seed);
            Agree(random.Mutate(Encoding.ASCII.GetBytes(Frame(random).Plain())), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(TwoTrades)]
    [InlineData("{\"channel\":\"trade\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"BTC/JPY\",\"side\":\"buy\",\"price\":9,\"qty\":1,\"ord_type\":\"market\","
        + "\"trade_id\":0,\"timestamp\":\"2023-09-25T07:49:37.708706Z\"}]}")]
    [InlineData("{\"channel\":\"heartbeat\"}")]
    public void Both_paths_agree_at_every_place_where_a_byte_can_be_wrong(string text)
    {
        var frame = Encoding.ASCII.GetBytes(text);
        Agree(frame, "whole");
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
    public void A_wrong_trade_rejects_the_right_ones_before_it()
    {
        var frame = Encoding.ASCII.GetBytes(TwoTrades.Replace("0.067123", "0.0671234", StringComparison.Ordinal));
        var (result, lines) = Read(frame, general: false);
        Assert.Equal((FrameKind.Rejected, FrameRejection.OffGrid, (ushort?)1), (result.Kind, result.Rejection, result.Instrument));
        Assert.Empty(lines);
        Agree(frame, "off the grid");
    }

    [Fact]
    public void A_frame_of_too_many_bytes_is_rejected_by_both_paths()
    {
        var start = TwoTrades.IndexOf('[', StringComparison.Ordinal) + 1;
        var trades = TwoTrades[start..^2];
        var frame = new StringBuilder(TwoTrades[..start]).Append(trades);
        while (frame.Length <= FrameParser.FrameBytesMax)
        {
            frame.Append(',').Append(trades);
        }

        var parser = new FrameParser(Symbols);
        var sink = new RecordList();
        Assert.Equal(FrameRejection.TooLong, parser.Parse(Encoding.ASCII.GetBytes(frame.Append("]}").ToString()), Received, sink).Rejection);
        Assert.Empty(sink.Records);
    }

    [Fact]
    public void A_frame_means_the_same_in_every_legal_form()
    {
        for (var seed = 1ul; seed <= 20_000; seed++)
        {
            var random = new Seeded(seed);
            var frame = Frame(random);
            var (plain, plainLines) = Read(Encoding.ASCII.GetBytes(frame.Plain()), general: false);
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
            var text = Frame(new Seeded(seed)).Plain();
            var (result, lines) = Read(Encoding.UTF8.GetBytes(text), general: false);
            var expected = ObviousReader.ReadTrades(text, Instruments, Received);
            Assert.True((expected is null) == (result.Kind == FrameKind.Rejected), $"seed {seed}: {result} {text}");
            if (expected is not null)
            {
                Assert.True(expected.SequenceEqual(lines), $"seed {seed}: {text}");
            }
        }
    }

    private static int Taken(string frame) =>
        new TradeFastPath(Symbols).TryParse(Encoding.ASCII.GetBytes(frame), Received, new RecordList(), out var count) ? count : -1;

    /// <summary>Most often right, now and then unusual or wrong in one thing.</summary>
    private static FrameText Frame(Seeded random)
    {
        var trades = new TradeText[random.OneIn(40) ? 70 : random.Below(4)];
        for (var i = 0; i < trades.Length; i++)
        {
            var trade = UsualTrade(random);
            trades[i] = random.Below(300) switch
            {
                < 10 => trade with { Instrument = Instruments[random.Below(Instruments.Length)] },
                < 20 => trade with { Instrument = AnInstrument.Of("UNKNOWN/USD", 2) },
                20 => trade with { Price = -trade.Price },
                21 => trade with { Quantity = -trade.Quantity },
                22 => trade with { Price = trade.Price + (trade.Instrument.TickSize / 2m) },
                23 => trade with { Quantity = trade.Quantity + (trade.Instrument.LotSize / 2m) },
                24 => trade with { Price = 0m },
                25 => trade with { Quantity = 0m },
                26 => trade with { Price = trade.Price * 100_000_000m },
                27 => trade with { Side = random.Of("Sell", "BUY", "", "short") },
                28 => trade with { OrderType = random.Of("iceberg", "", "Limit", "limits") },
                29 => trade with { Id = -trade.Id - 1m },
                30 => trade with { Id = trade.Id + 0.5m },
                31 => trade with { Id = (1m + trade.Id) * 100_000m },
                32 => trade with { Time = random.Of("2023-09-25T07:49:37Z", "2023-09-25T07:49:37.70870Z", "2023-09-25T07:49:37.708706+00:00", "2023-09-25T07:49:37.7087061Z") },
                _ => trade,
            };
        }

        return FrameText.Trades(random.OneIn(8) ? "snapshot" : "update", trades);
    }

    private static TradeText UsualTrade(Seeded random)
    {
        var instrument = Usual[random.Below(Usual.Length)];
        var ticks = 1 + (long)(random.Next() >> (37 + random.Below(24)));
        var lots = 1 + (long)(random.Next() >> (20 + random.Below(40)));
        var whole = 99_999_999m;
        return new TradeText(
            instrument,
            random.Of("buy", "sell"),
            instrument.Price(Math.Min(ticks, (long)(whole / instrument.TickSize))),
            instrument.Quantity(Math.Min(lots, (long)(whole / instrument.LotSize))),
            random.Of("limit", "market"),
            random.Next() >> (11 + random.Below(53)),
            string.Create(CultureInfo.InvariantCulture, $"2023-09-25T07:{random.Below(3):D2}:{random.Below(60):D2}.{random.Below(1_000_000):D6}Z"));
    }

    private static bool IsTrade(byte[] frame)
    {
        using var document = JsonDocument.Parse(frame);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("channel", out var channel) && channel.ValueEquals("trade")
            && document.RootElement.TryGetProperty("data", out _);
    }

    private static string[] SymbolsOf(byte[] frame)
    {
        using var document = JsonDocument.Parse(frame);
        return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(t => t.GetProperty("symbol").GetString()!).Distinct()];
    }

    private static byte[] Minified(byte[] frame)
    {
        using var document = JsonDocument.Parse(frame);
        var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.RootElement.WriteTo(writer);
        }

        return bytes.ToArray();
    }
}
