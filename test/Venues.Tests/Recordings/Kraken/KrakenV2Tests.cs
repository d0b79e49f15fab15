using System.Text;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Recordings;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Recordings.Kraken;

public sealed class KrakenV2Tests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string> Frames =>
    [
        .. SharedData.Files("venues/fixtures/kraken", "book_v2_*.jsonl"),
        .. SharedData.Files("data/protocol-fixtures/kraken", "live_v2_*.jsonl"),
    ];

    [SharedTheory]
    [MemberData(nameof(Frames))]
    [Trait("Category", "Fixtures")]
    public void Recordings_and_the_live_feed_make_the_same_records_of_a_frame(string path)
    {
        var (tape, _) = CollectedTape.Import("kraken-v2", path);
        var live = new CollectedTape();
        var writer = new PayloadWriter();
        live.Append(tape.Records[0].Header, InstrumentRecord.Write(writer, tape.Instruments[0]));
        var parser = new FrameParser(SymbolTable.Of(tape.Instruments));
        var next = 1;
        foreach (var frame in File.ReadLines(path))
        {
            // Received times are the recording's to find; everything else has to agree.
            var time = tape.Records[Math.Min(next, tape.Records.Count - 1)].Header.ReceivedTime;
            next += parser.Parse(Encoding.UTF8.GetBytes(frame), time, live).Records;
        }

        Assert.Equal(tape.Records.Count, next);
        Assert.Equal(tape.Hash, live.Hash);
    }

    [Fact]
    public void Frames_without_times_stand_at_their_own_or_at_the_one_before()
    {
        var (tape, _) = Import(
            Book("snapshot", 1),
            Book("update", 2, "2026-08-26T15:16:17Z"),
            Book("update", 3),
            Book("update", 4, "2026-08-26T15:16:16Z"),
            Book("update", 5, "2026-08-26T15:16:18Z"));
        Assert.Equal([17, 17, 17, 17, 18], tape.Records.Skip(1).Select(record => (int)(record.Header.ReceivedTime / UtcNanos.PerSecond % 60)));
        Assert.Equal([17, 17, 17, 16, 18], tape.Records.Skip(1).Select(record => (int)(record.Header.VenueTime / UtcNanos.PerSecond % 60)));
    }

    [Fact]
    public void A_recording_without_any_time_begins_in_1970()
    {
        var (tape, _) = Import(Book("snapshot", 1), Book("update", 2));
        Assert.All(tape.Records, record => Assert.Equal(0, record.Header.ReceivedTime));
    }

    [Fact]
    public void Received_times_that_go_back_are_a_bad_line()
    {
        var wrong = Assert.Throws<RecordingException>(() => Import("1618677943 " + Book("snapshot", 1), "1618677942 " + Book("update", 2)));
        Assert.Contains("line 2: received 2021-04-17T16:45:42.000000000Z, which is before the line above", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_frame_is_left_out_but_repeated_heartbeats_are_not_remarked_on()
    {
        const string Heartbeat = """{"channel":"heartbeat"}""";
        var (tape, report) = Import(Book("snapshot", 1), Heartbeat, Heartbeat, Book("update", 2), Book("update", 2), Heartbeat, Book("update", 2));
        Assert.Equal(1, report.RepeatedLines);
        Assert.Equal(5, report.FirstRepeatedLines[0].Line);
        Assert.Equal(2, tape.Count(MarketRecordKind.BookDelta));
        Assert.Equal(3, report.Ignored["heartbeat"]);
    }

    [Fact]
    public void Depth_is_what_was_subscribed_or_what_the_deepest_snapshot_needs()
    {
        Assert.Equal(10, Import(Book("snapshot", 1)).Tape.Instruments[0].BookDepth);
        Assert.Equal(25, Import("""{"method":"subscribe","result":{"channel":"book","depth":25,"symbol":"A/B"},"success":true}""", Book("snapshot", 1)).Tape.Instruments[0].BookDepth);
        var deep = """{"channel":"book","type":"snapshot","data":[{"symbol":"A/B","asks":[],"bids":[""" + string.Join(',', Enumerable.Range(1, 11).Select(price => $$"""{"price":{{price}},"qty":1}""")) + "]}]}";
        Assert.Equal(25, Import(deep).Tape.Instruments[0].BookDepth);
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Checksums_that_do_not_match_are_noted()
    {
        var path = SharedData.Path("venues", "fixtures", "kraken", "book_v2_BTCUSD_depth10.jsonl");
        var options = new Venues.Recordings.Import.RecordingImportOptions { Format = RecordingFormat.Find("kraken-v2")!, Files = [path] };
        Assert.Empty(CollectedTape.Import(options).Report.Notes);
        Assert.Contains("match, kept 25 levels deep", Assert.Single(CollectedTape.Import(options with { BookDepth = 25 }).Report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_instrument_frame_gives_ticks_lots_and_minimums()
    {
        var (tape, _) = CollectedTape.Import("kraken-v2", _folder.Write("a", Samples.KrakenV2));
        var instrument = Assert.Single(tape.Instruments);
        Assert.Equal((0.000001m, 0.00000001m, 0.001m, 0.00002m), (instrument.TickSize, instrument.LotSize, instrument.QuantityMin, instrument.NotionalMin));
        Assert.Equal((6, 8), (instrument.PriceDecimals, instrument.QuantityDecimals));
        Assert.Equal(1, tape.Count(MarketRecordKind.Trade));
        Assert.Equal(1, tape.Count(MarketRecordKind.BestQuote));
    }

    public void Dispose() => _folder.Dispose();

    private (CollectedTape Tape, Venues.Recordings.Import.ImportReport Report) Import(params string[] lines) =>
        CollectedTape.Import("kraken-v2", _folder.Write("lines", string.Join('\n', lines)));

    private static string Book(string type, int price, string? time = null) =>
        $$"""{"channel":"book","type":"{{type}}","data":[{"symbol":"A/B","bids":[{"price":{{price}},"qty":1}],"asks":[]{{(time is null ? "" : $",\"timestamp\":\"{time}\"")}}}]}""";
}
