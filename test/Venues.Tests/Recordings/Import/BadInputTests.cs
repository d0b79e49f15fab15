using System.Text;
using Parallax.MarketData.Records;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Venues.Tests.Recordings.Import;

public sealed class BadInputTests : IDisposable
{
    private const string Header = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\n";
    private const string Good = "x,A-B,1,10,true,bid,1.5,1\n";

    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("x,A-B,1,10,true,bid,NaN,1", "price is a positive decimal number")]
    [InlineData("x,A-B,1,10,true,bid,-1,1", "price is a positive decimal number")]
    [InlineData("x,A-B,1,10,true,bid,0,1", "price is a positive decimal number")]
    [InlineData("x,A-B,1,10,true,bid,1e400,1", "price is a positive decimal number")]
    [InlineData("x,A-B,1,10,true,bid,1.5,-0.1", "amount is a decimal number")]
    [InlineData("x,A-B,1,10,true,bid,1.5,Infinity", "amount is a decimal number")]
    [InlineData("x,A-B,1,10,true,bid,1.5,", "amount is a decimal number")]
    [InlineData("x,A-B,1,10,true,bid,1.5,0.0000000000000000001", "amount is a decimal number")]
    [InlineData("x,A-B,1,10,true,bid,12345678901234567890,1", "price is a positive decimal number")]
    [InlineData("x,A-B,1,10,true,buy,1.5,1", "side is bid or ask")]
    [InlineData("x,A-B,1,10,yes,bid,1.5,1", "is_snapshot is true or false")]
    [InlineData("x,A-B,1.5,10,true,bid,1.5,1", "timestamp is whole microseconds")]
    [InlineData("x,A-B,-1,10,true,bid,1.5,1", "timestamp is whole microseconds")]
    [InlineData("x,A-B,1,99999999999999999,true,bid,1.5,1", "local_timestamp is whole microseconds")]
    [InlineData("x,A-B,1,9,true,bid,1.5,1", "which is before the line above")]
    [InlineData("x,A-B,1,10,true,bid,1.5", "has 7 fields; the header has 8")]
    [InlineData("x,A-B,1,10,true,bid,1.5,1,2", "has 9 fields; the header has 8")]
    [InlineData("X_Y,A-B,1,10,true,bid,1.5,1", "exchange is 1 to 32 lower-case letters")]
    [InlineData("x,,1,10,true,bid,1.5,1", "a symbol has 1 to 64 bytes")]
    [InlineData("x,=A-B,1,10,true,bid,1.5,1", "a symbol is printable text")]
    [InlineData("\u001b[2Jboo", "has 1 fields")]
    public void A_bad_row_is_named_with_file_and_line(string row, string expected)
    {
        var path = _folder.Write("bad.csv", Header + Good + row + "\n" + "x,A-B,2,20,false,ask,1.7,1\n");

        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import("tardis-l2", path));
        Assert.StartsWith($"{path} line 3: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong.Message, char.IsControl);

        var (tape, report) = CollectedTape.Import(Options("tardis-l2", path) with { OnError = BadLinePolicy.Skip });
        Assert.Equal(1, report.BadLines);
        Assert.Equal(3, Assert.Single(report.FirstBadLines).Line);
        Assert.Equal(1, tape.Count(MarketRecordKind.BookSnapshot));
        Assert.Equal(1, tape.Count(MarketRecordKind.BookDelta));
    }

    [Theory]
    [InlineData("tardis-l2", "", "is empty")]
    [InlineData("tardis-l2", "\n\n\r\n", "holds no good line of tardis-l2")]
    [InlineData("tardis-l2", Header, "holds no market data")]
    [InlineData("tardis-l2", Good, "the first line must name the columns")]
    [InlineData("tardis-trades", Header, "id is missing")]
    [InlineData("kraken-v2", "", "is empty")]
    [InlineData("kraken-v2", "{\"channel\":\"heartbeat\"}\n", "holds no market data")]
    [InlineData("kraken-v2", "hello\n", "holds no JSON")]
    [InlineData("kraken-v2", "[1,2]\n", "is JSON, but no object")]
    [InlineData("kraken-v2", "yesterday {\"channel\":\"heartbeat\"}\n", "begins with no receive time")]
    [InlineData("kraken-v2", "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"A/B\",\"bids\":[{\"price\":1e400,\"qty\":1}]}]}\n", "a price is zero|decimal number")]
    [InlineData("kraken-v2", "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"bids\":[],\"asks\":[]}]}\n", "a symbol has 1 to 64 bytes")]
    [InlineData("kraken-v2", "{\"channel\":\"book\"\n", "is not valid JSON")]
    [InlineData("binance-combined", "", "is empty")]
    [InlineData("binance-combined", "{\"stream\":\"x\"}\n", "does not begin with its receive time")]
    [InlineData("binance-combined", "1723161254087891268 {\"data\":{\"e\":\"depthUpdate\",\"s\":\"AB\",\"U\":1}}\n", "without U or u")]
    [InlineData("binance-combined", "1723161254087891268 {\"data\":{\"e\":\"trade\",\"s\":\"AB\"}}\n", "is a trade without")]
    [InlineData("binance-combined", "1723161254087891268 {}{}\n", "not valid JSON|more than one")]
    [InlineData("capture", "", "is empty")]
    [InlineData("capture", "{\"t\":\"recv\",\"conn\":\"a\",\"ts\":1,\"data\":\"{}\"}\n", "before the capture's header")]
    [InlineData("capture", "{\"t\":\"header\",\"exchange\":\"DERIBIT\"}\n", "not yet supported")]
    [InlineData("capture", "{\"x\":1}\n", "has no \"t\"")]
    public void A_file_without_a_market_ends_in_one_sentence(string format, string text, string expected)
    {
        var path = _folder.Write("odd.txt", text);
        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import(format, path));
        Assert.StartsWith(path, wrong.Message, StringComparison.Ordinal);
        Assert.True(expected.Split('|').Any(part => wrong.Message.Contains(part, StringComparison.Ordinal)), wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Theory]
    [InlineData("tardis-l2")]
    [InlineData("tardis-trades")]
    [InlineData("kraken-v2")]
    [InlineData("binance-combined")]
    [InlineData("capture")]
    public void Missing_files_folders_and_other_packings_are_named(string format)
    {
        Assert.Contains("there is no such file", Message(format, _folder.File("none")), StringComparison.Ordinal);
        Assert.Contains("is a folder", Message(format, _folder.Path), StringComparison.Ordinal);
        Assert.Contains("is packed with zstd", Message(format, _folder.Write("z", [0x28, 0xB5, 0x2F, 0xFD, 0, 0])), StringComparison.Ordinal);
        Assert.Contains("is a zip archive", Message(format, _folder.Write("p", [(byte)'P', (byte)'K', 3, 4, 0])), StringComparison.Ordinal);
        Assert.Contains("is UTF-16 text", Message(format, _folder.Write("u", Encoding.Unicode.GetPreamble())), StringComparison.Ordinal);
        Assert.Contains("is given twice", Message(format, _folder.Write("t", "x"), _folder.File("t")), StringComparison.Ordinal);
        Assert.Contains("line 1: is not UTF-8 text", Message(format, _folder.Write("b", [0xC3, 0x28, (byte)'\n'])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tardis-l2")]
    [InlineData("capture")]
    public void A_gzip_file_cut_short_or_damaged_is_refused(string format)
    {
        var text = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"x,A-B,1,{10 + i},false,bid,{1 + i},{i}\n")));
        var whole = File.ReadAllBytes(_folder.WriteGzip("whole.gz", text));
        Assert.Contains("damaged or cut short", Message(format, _folder.Write("short.gz", whole[..(whole.Length / 2)])), StringComparison.Ordinal);
        Assert.Contains("damaged or cut short", Message(format, _folder.Write("trailer.gz", whole[..^3])), StringComparison.Ordinal);
        whole[^6] ^= 0x55;
        Assert.Contains("damaged or cut short", Message(format, _folder.Write("flipped.gz", whole)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_long_before_its_end()
    {
        var path = _folder.File("bomb.gz");
        using (var packed = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Optimal))
        {
            var blank = Encoding.UTF8.GetBytes(new string('\n', 1 << 20));
            for (var i = 0; i < 200; i++)
            {
                packed.Write(blank);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("unpacks to more than 250 times its size", Message("tardis-l2", path), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        var raised = Assert.Throws<RecordingException>(
            () => CollectedTape.Import(Options("tardis-l2", path) with { Limits = LineLimits.Default with { UnpackedRatioMax = 2000 } }));
        Assert.Contains("holds no good line", raised.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tardis-l2")]
    [InlineData("kraken-v2")]
    [InlineData("binance-combined")]
    [InlineData("capture")]
    public void A_line_without_end_is_refused_at_the_limit(string format)
    {
        // A sparse file: ten gigabytes of zeros that take no room on the disk.
        var path = _folder.File("long");
        using (var file = File.Create(path))
        {
            file.SetLength(10L << 30);
        }

        var limits = LineLimits.Default with { LineBytesMax = 1 << 20 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import(Options(format, path) with { Limits = limits }));
        Assert.Contains("line 1: is longer than 1 MiB", wrong.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void A_value_off_the_listed_grid_is_a_bad_line()
    {
        var list = InstrumentListFile.Read(_folder.Write("list.csv", "symbol,base,quote,tick,lot\nA-B,A,B,0.5,1\n"));
        var path = _folder.Write("a.csv", Header + Good + "x,A-B,2,20,false,ask,1.7,1\nx,A-B,3,30,false,ask,2,0.5\nx,A-B,4,40,false,ask,2.5,1\n");
        var options = Options("tardis-l2", path) with { Instruments = list };

        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import(options));
        Assert.Contains("line 3: the price 1.7 is no multiple of the tick 0.5 of A/B@x", wrong.Message, StringComparison.Ordinal);

        var (tape, report) = CollectedTape.Import(options with { OnError = BadLinePolicy.Skip });
        Assert.Equal(2, report.BadLines);
        Assert.Contains("the quantity 0.5 is no multiple of the lot 1", report.FirstBadLines[1].Text, StringComparison.Ordinal);
        Assert.Equal(5, Assert.Single(tape.Books[0].Asks.ToArray()).PriceTicks);
    }

    [Fact]
    public void Skipping_gives_up_when_hardly_a_line_is_good()
    {
        var path = _folder.Write("prose.csv", Header + string.Concat(Enumerable.Repeat("once upon a time\n", 20_000)));
        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import(Options("tardis-l2", path) with { OnError = BadLinePolicy.Skip }));
        Assert.Contains("10,001 lines are bad and only 1 good", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_import_leaves_the_old_tape_and_no_half_one()
    {
        var good = _folder.Write("good.csv", Header + Good);
        var bad = _folder.Write("bad.csv", Header + Good + "x,A-B,1,10,true,bid,NaN,1\n");
        var path = RecordedTape.Of(_folder, "kept.tape", Options("tardis-l2", good));
        var before = File.ReadAllBytes(path);

        Assert.Throws<RecordingException>(() => RecordedTape.Of(_folder, "kept.tape", Options("tardis-l2", bad)));
        Assert.Throws<RecordingException>(() => NewTape.Write(path, overwrite: false, tape => RecordingImport.Run(Options("tardis-l2", good), tape)));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["bad.csv", "good.csv", "kept.tape"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_canceled_import_leaves_nothing()
    {
        using var canceled = new CancellationTokenSource();
        var path = _folder.Write("long.csv", Header + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"x,A-B,1,{10 + i},false,bid,1,{i}\n")));
        Assert.Throws<OperationCanceledException>(() => NewTape.Write(_folder.File("x.tape"), overwrite: false, tape =>
            RecordingImport.Run(Options("tardis-l2", path), tape, new Canceler(canceled), canceled.Token)));
        Assert.Equal(["long.csv"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    public void Dispose() => _folder.Dispose();

    private static RecordingImportOptions Options(string format, params string[] files) => new() { Format = RecordingFormat.Find(format)!, Files = files };

    private static string Message(string format, params string[] files) =>
        Assert.Throws<RecordingException>(() => CollectedTape.Import(format, files)).Message;

    private sealed class Canceler(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value) => source.Cancel();
    }
}
