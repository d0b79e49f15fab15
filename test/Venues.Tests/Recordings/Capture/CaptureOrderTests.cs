using Parallax.MarketData.Records;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Venues.Tests.Recordings.Capture;

public sealed class CaptureOrderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public void Lines_grouped_by_connection_are_put_in_the_order_of_their_times()
    {
        var (tape, report) = CollectedTape.Import("capture", _folder.Write("a", Samples.Capture));
        Assert.Equal(0, report.BadLines);
        Assert.Equal(
            [MarketRecordKind.Instrument, MarketRecordKind.BookSnapshot, MarketRecordKind.BookDelta, MarketRecordKind.Trade],
            tape.Records.Select(record => record.Header.Kind));
        Assert.Equal((0.01m, 8, 10), (tape.Instruments[0].TickSize, tape.Instruments[0].PriceDecimals, tape.Instruments[0].BookDepth));
    }

    [Fact]
    public void A_capture_is_the_same_in_whatever_order_its_lines_stand()
    {
        var lines = Samples.Capture.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = CollectedTape.Import("capture", _folder.Write("a", Samples.Capture)).Tape.Hash;
        Array.Reverse(lines, 1, lines.Length - 1);
        Assert.Equal(expected, CollectedTape.Import("capture", _folder.Write("b", string.Join('\n', lines))).Tape.Hash);
    }

    [Fact]
    public void Line_numbers_are_those_of_the_file_not_of_the_order_in_time()
    {
        var lines = Samples.Capture.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        lines.Insert(4, """{"t":"recv","conn":"x","ts":1618678199,"data":"[1]"}""");
        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import("capture", _folder.Write("a", string.Join('\n', lines))));
        Assert.Contains("line 5: a frame ends in its channel's name and its pair", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_exchanges_in_one_capture_are_refused()
    {
        var path = _folder.Write("a", Samples.Capture + "{\"t\":\"header\",\"exchange\":\"BINANCE\"}\n");
        Assert.Contains("holds sessions of KRAKEN and BINANCE", Assert.Throws<RecordingException>(() => CollectedTape.Import("capture", path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_off_the_listed_tick_make_the_tick_finer_and_say_so()
    {
        var text = Samples.BinanceCapture.Replace("1.01300", "1.01305", StringComparison.Ordinal);
        var (tape, report) = CollectedTape.Import("capture", _folder.Write("a", text));
        Assert.Equal(0.00001m, tape.Instruments[0].TickSize);
        Assert.Contains(report.Notes, note => note.Contains("levels off its tick 0.001 rest in its book", StringComparison.Ordinal));
        Assert.Equal(5m, tape.Instruments[0].NotionalMin);
    }

    [Fact]
    public void An_unpacked_copy_of_a_packed_capture_is_gone_afterwards()
    {
        var packed = _folder.WriteGzip("a.gz", System.Text.Encoding.UTF8.GetBytes(Samples.Capture));
        CollectedTape.Import(new RecordingImportOptions { Format = RecordingFormat.Find("capture")!, Files = [packed], TemporaryFolder = _folder.Path });
        Assert.Equal([packed], Directory.EnumerateFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
