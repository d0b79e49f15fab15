using System.Globalization;
using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Testing;

namespace Parallax.Venues.Tests.Recordings.Binance;

public sealed class BinanceCombinedTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string> Synchronizations =>
    [
        .. SharedData.Files("venues/fixtures/binance-spot", "*depth_sync_*.jsonl"),
        .. SharedData.Files("venues/fixtures/binance-usdm", "*depth_sync_*.jsonl"),
    ];

    [Fact]
    public void Updates_held_for_the_snapshot_are_received_with_it()
    {
        var (tape, report) = Import(Depth(1, 101, 105, bid: 5), Depth(2, 106, 110, bid: 6), Snapshot(3, 104), Depth(4, 111, 115, bid: 7));
        Assert.Empty(report.Notes);
        Assert.Equal(
            [(MarketRecordKind.BookSnapshot, 3), (MarketRecordKind.BookDelta, 3), (MarketRecordKind.BookDelta, 3), (MarketRecordKind.BookDelta, 4)],
            tape.Records.Skip(1).Select(record => (record.Header.Kind, Second(record.Header.ReceivedTime))));
        Assert.Equal([7, 6, 5, 1], tape.Books[0].Bids.ToArray().Select(level => level.PriceTicks));
    }

    [Fact]
    public void A_gap_loses_the_book_until_the_next_snapshot()
    {
        var (tape, report) = Import(Snapshot(1, 100), Depth(2, 101, 105, bid: 5), Depth(3, 107, 110, bid: 6), Depth(4, 111, 115, bid: 7), Snapshot(5, 112), Depth(6, 116, 120, bid: 8));
        Assert.Equal(1, report.Records.FeedStates);
        Assert.Contains("1 gaps in its depth updates", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.Equal(
            [MarketRecordKind.BookSnapshot, MarketRecordKind.BookDelta, MarketRecordKind.FeedState, MarketRecordKind.BookSnapshot, MarketRecordKind.BookDelta, MarketRecordKind.BookDelta],
            tape.Records.Skip(1).Select(record => record.Header.Kind));
        Assert.Equal(BookInvalidReason.SequenceGap, FeedStateRecord.Reason(tape.Records[3].Header));
        Assert.Equal([8, 7, 1], tape.Books[0].Bids.ToArray().Select(level => level.PriceTicks));
    }

    [Fact]
    public void A_snapshot_older_than_what_is_held_is_passed_over()
    {
        var (tape, report) = Import(Depth(1, 101, 105, bid: 5), Snapshot(2, 90), Snapshot(3, 102));
        Assert.Equal(1, report.Records.BookSnapshots);
        Assert.Equal(3, Second(tape.Records[1].Header.ReceivedTime));
    }

    [Fact]
    public void A_book_without_a_usable_snapshot_is_noted()
    {
        var (tape, report) = Import(Depth(1, 101, 105, bid: 5), Depth(2, 106, 110, bid: 6), Ticker(3));
        Assert.Equal(0, tape.Count(MarketRecordKind.BookDelta));
        Assert.Equal(1, tape.Count(MarketRecordKind.BestQuote));
        Assert.Contains("no depth snapshot that its 2 depth updates continue", Assert.Single(report.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_or_repeated_update_changes_nothing()
    {
        var (tape, report) = Import(Snapshot(1, 100), Depth(2, 101, 105, bid: 5), Depth(2, 101, 105, bid: 5), Depth(3, 101, 105, bid: 5));
        Assert.Equal(1, tape.Count(MarketRecordKind.BookDelta));
        Assert.Equal(1, report.RepeatedLines);
        Assert.Equal(0, report.Records.FeedStates);
    }

    [Fact]
    public void Aggregated_trades_beside_single_ones_are_not_counted_twice()
    {
        const string Data = "\"E\":1,\"s\":\"AUSDT\",\"p\":\"1\",\"q\":\"2\",\"T\":1,\"m\":true,\"M\":true";
        var aggregate = $$$"""1723161251000000000 {"data":{"e":"aggTrade","a":7,{{{Data}}}}}""";
        var single = $$$"""1723161252000000000 {"data":{"e":"trade","t":7,{{{Data}}}}}""";
        var (tape, report) = Import(aggregate, single);
        Assert.Equal(1, tape.Count(MarketRecordKind.Trade));
        Assert.Equal(Side.Sell, TradeRecord.Read(tape.Records[1].Payload).Aggressor);
        Assert.Equal(1, Import(aggregate).Report.Records.Trades);
        Assert.Equal(0, report.BadLines);
    }

    [Fact]
    public void A_partial_book_stream_is_a_snapshot_each_time()
    {
        var (tape, report) = Import("""1723161251000000000 {"stream":"btcusdt@depth5","data":{"lastUpdateId":7,"bids":[["1","2"]],"asks":[["3","4"]]}}""");
        Assert.Equal(1, report.Records.BookSnapshots);
        Assert.Equal("BTC/USDT@binance-spot", tape.Instruments[0].Id.ToString());
    }

    [SharedTheory]
    [MemberData(nameof(Synchronizations))]
    [Trait("Category", "Fixtures")]
    public void Recorded_session_ends_in_the_book_that_was_computed_for_it(string path)
    {
        // {"t":…,"src":"ws"|"rest","msg":…} becomes a line of this format; which market it is, the shape of its messages says.
        var lines = new StringBuilder();
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            lines.Append(CultureInfo.InvariantCulture, $"{document.RootElement.GetProperty("t").GetRawText()} {document.RootElement.GetProperty("msg").GetRawText()}\n");
        }

        var (tape, report) = CollectedTape.Import("binance-combined", _folder.Write("session", lines.ToString()));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(path, ".final.json")));
        var root = expected.RootElement;
        var book = Assert.Single(tape.Books);
        Assert.Equal(root.GetProperty("symbol").GetString(), book.Instrument.Symbol);
        Assert.Equal(root.GetProperty("events_applied").GetInt32(), report.Records.BookDeltas);
        Assert.Equal(root.GetProperty("bid_levels").GetInt32(), book.Bids.Length);
        Assert.Equal(root.GetProperty("ask_levels").GetInt32(), book.Asks.Length);
        Assert.Equal(Values(root.GetProperty("top10_bids")), Values(book, book.Bids));
        Assert.Equal(Values(root.GetProperty("top10_asks")), Values(book, book.Asks));
    }

    public void Dispose() => _folder.Dispose();

    private static (decimal, decimal)[] Values(JsonElement levels) =>
        [.. levels.EnumerateArray().Select(level => (Value(level[0]), Value(level[1])))];

    private static (decimal, decimal)[] Values(OrderBook book, ReadOnlySpan<Level> levels) =>
        [.. levels[..Math.Min(10, levels.Length)].ToArray().Select(level => (book.Instrument.Price(level.PriceTicks), book.Instrument.Quantity(level.QuantityLots)))];

    private static decimal Value(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private (CollectedTape Tape, Venues.Recordings.Import.ImportReport Report) Import(params string[] lines) =>
        CollectedTape.Import("binance-combined", _folder.Write("lines", string.Join('\n', lines)));

    private static int Second(long nanos) => (int)(nanos / UtcNanos.PerSecond - 1723161250);

    private static string Depth(int second, long first, long last, int bid) =>
        $$$"""{{{1723161250 + second}}}000000000 {"stream":"btcusdt@depth","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":{{{first}}},"u":{{{last}}},"b":[["{{{bid}}}","1"]],"a":[]}}""";

    private static string Snapshot(int second, long last) =>
        $$$"""{{{1723161250 + second}}}000000000 {"lastUpdateId":{{{last}}},"bids":[["1","1"]],"asks":[["9","1"]]}""";

    private static string Ticker(int second) =>
        $$$"""{{{1723161250 + second}}}000000000 {"stream":"btcusdt@bookTicker","data":{"u":1,"s":"BTCUSDT","b":"1","B":"1","a":"2","A":"1"}}""";
}
