using System.IO.Compression;
using System.Text;
using Parallax.MarketData.Records;
using Parallax.Testing;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Venues.Tests.Recordings.Import;

public sealed class SameBytesTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string, string> Recordings => new()
    {
        { "tardis-l2", "data/tri-gemini-20210417/incremental_book_L2.csv.gz" },
        { "binance-combined", "data/binance-spot-usdm-cm-20240808/spot_ethusdt_20240808.gz" },
        { "capture", "data/captures-cryptofeed-v3/KRAKEN.jsonl.gz" },
        { "capture", "data/captures-cryptofeed-v3/BINANCE_FUTURES.jsonl.gz" },
        { "kraken-v2", "venues/fixtures/kraken/book_v2_BTCUSD_depth10.jsonl" },
    };

    [SharedTheory]
    [MemberData(nameof(Recordings))]
    [Trait("Category", "Fixtures")]
    public void However_the_text_is_packed_ended_or_marked_the_tape_is_the_same(string format, string file)
    {
        var text = Unpacked(SharedData.Path(file.Split('/')));
        var unix = text.ReplaceLineEndings("\n");
        var expected = Tape(format, _folder.Write("plain", unix));

        Assert.Equal(expected, Tape(format, _folder.Write("plain", unix)));
        Assert.Equal(expected, Tape(format, _folder.WriteGzip("packed", Encoding.UTF8.GetBytes(unix))));
        Assert.Equal(expected, Tape(format, _folder.Write("crlf", unix.Replace("\n", "\r\n", StringComparison.Ordinal))));
        Assert.Equal(expected, Tape(format, _folder.Write("bom", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(unix)])));
        Assert.Equal(expected, Tape(format, _folder.Write("endless", unix.TrimEnd('\n'))));
        Assert.Equal(expected, Tape(format, _folder.WriteGzip("packed-crlf-bom", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(unix.Replace("\n", "\r\n\r\n", StringComparison.Ordinal))])));
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void The_order_in_which_files_are_given_does_not_change_what_they_hold()
    {
        var spot = SharedData.Path("data", "binance-spot-usdm-cm-20240808", "spot_ethusdt_20240808.gz");
        var perpetual = SharedData.Path("data", "binance-spot-usdm-cm-20240808", "usdm_ethusdt_20240808.gz");
        var (one, report) = CollectedTape.Import("binance-combined", spot, perpetual);
        var (other, _) = CollectedTape.Import("binance-combined", perpetual, spot);

        // At one and the same nanosecond the files' order decides; everything else is the same.

        Assert.Equal(["ETH/USDT", "ETH/USDT:perp"], one.Instruments.Select(instrument => instrument.Id.Pair));
        Assert.Equal(24077 + 53992, report.Records.BestQuotes);
        Assert.Equal(one.Instruments, other.Instruments);
        for (var number = 0; number < one.Books.Count; number++)
        {
            Assert.Equal(one.Books[number].Bids.ToArray(), other.Books[number].Bids.ToArray());
            Assert.Equal(
                one.Records.Where(record => record.Header.Subject == number).Select(record => record.Header),
                other.Records.Where(record => record.Header.Subject == number).Select(record => record.Header));
        }
    }

    [Fact]
    public void Files_are_merged_by_received_time()
    {
        var books = _folder.Write("books.csv", "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\nx,A-B,1,10,true,bid,1,1\nx,A-B,3,30,false,bid,2,1\n");
        var trades = _folder.Write("more.csv", "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\nx,A-B,2,20,false,bid,3,1\nx,C-D,3,30,true,bid,2,1\n");
        var (tape, _) = CollectedTape.Import("tardis-l2", books, trades);
        Assert.Equal([10_000, 20_000, 30_000, 30_000], tape.Records.Skip(2).Select(record => record.Header.ReceivedTime));
        Assert.Equal([0, 0, 0, 1], tape.Records.Skip(2).Select(record => (int)record.Header.Subject));
    }

    [Fact]
    public void A_repeated_trade_is_left_out_and_remarked_on()
    {
        const string Rows = """
            exchange,symbol,timestamp,local_timestamp,id,side,price,amount
            x,A-B,1,10,7,buy,1,1
            x,A-B,1,10,7,buy,1,1
            x,A-B,2,20,,sell,1,1
            x,A-B,2,20,,sell,1,1
            x,A-B,2,20,8,unknown,1,1
            """;
        var (tape, report) = CollectedTape.Import("tardis-trades", _folder.Write("t.csv", Rows));
        Assert.Equal(3, tape.Count(MarketRecordKind.Trade));
        Assert.Equal(1, report.RepeatedLines);
        Assert.Equal(3, report.FirstRepeatedLines[0].Line);
        Assert.Equal(1, report.Ignored["trade of unknown side"]);
        Assert.Equal(7UL, TradeRecord.Read(tape.Records[1].Payload).TradeId);
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Tape(string format, string path)
    {
        var options = new RecordingImportOptions { Format = RecordingFormat.Find(format)!, Files = [path], TemporaryFolder = _folder.Path };
        return File.ReadAllBytes(RecordedTape.Of(_folder, "out.tape", options));
    }

    private static string Unpacked(string path)
    {
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
