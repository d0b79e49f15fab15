using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parallax.Journal.Tapes;
using Parallax.Testing;
using Parallax.Venues.Recordings.Tardis;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Venues.Tests.Recordings.Tardis;

public sealed class TardisExportTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Export_of_the_imported_gemini_capture_has_its_rows_value_for_value_and_in_order()
    {
        var source = SharedData.Path("data", "tri-gemini-20210417", "incremental_book_L2.csv.gz");
        var exported = Export(RecordedTape.Of(_folder, "tardis-l2", source));

        using var packed = new StreamReader(new GZipStream(File.OpenRead(source), CompressionMode.Decompress));
        var expected = packed.ReadToEnd().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected[0], exported[0]);
        Assert.Equal(expected.Skip(1).Select(Row.Parse), exported.Skip(1).Select(Row.Parse));
    }

    [Fact]
    public void Export_of_an_import_is_the_data_that_was_imported()
    {
        var rows =
            from count in Gen.Choose(1, 40)
            from cells in Gen.Choose(0, 1_000_000).ArrayOf(count)
            select RowsFrom(cells);
        Prop.ForAll(rows.ToArbitrary(), expected =>
        {
            var text = Header + string.Join("\n", expected.Select(row => row.ToString())) + "\n";
            var exported = Export(RecordedTape.Of(_folder, "tardis-l2", _folder.Write("rows.csv", text)));
            return exported.Skip(1).Select(Row.Parse).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Exporting_twice_through_an_import_gives_the_same_bytes()
    {
        var first = Export(RecordedTape.Of(_folder, "tardis-l2", _folder.Write("a.csv", Header + "x,A-B,1,2,true,bid,1.50,0\nx,A-B,1,3,false,ask,2,1e3\n")));
        var second = Export(RecordedTape.Of(_folder, "tardis-l2", _folder.Write("b.csv", string.Join('\n', first))));
        Assert.Equal(first, second);
        Assert.Equal("x,A-B,1,3,false,ask,2,1000", first[2]);
    }

    [Fact]
    public void Times_finer_than_a_microsecond_are_rounded_down_and_counted()
    {
        const string Frame = """{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[{"price":1,"qty":2}],"asks":[]}]}""";
        var path = RecordedTape.Of(_folder, "kraken-v2", _folder.Write("a.jsonl", $"1723161254087891999 {Frame}\n"));
        using var tape = TapeFile.Open(path);
        var target = new MemoryStream();
        var report = TardisBookExport.Run(tape, target);
        Assert.Equal(1, report.RoundedTimes);
        Assert.Contains("kraken,BTC/USD,1723161254087891,1723161254087891,true,bid,1,2", Encoding.UTF8.GetString(target.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_to_a_name_that_ends_in_gz_is_packed_and_imports_again()
    {
        var path = RecordedTape.Of(_folder, "tardis-l2", _folder.Write("a.csv", Header + "x,A-B,1,2,true,bid,1.50,0\n"));
        using (var tape = TapeFile.Open(path))
        {
            ExportFile.Write(_folder.File("out.csv.gz"), overwrite: false, stream => TardisBookExport.Run(tape, stream));
        }

        Assert.Equal([0x1F, 0x8B], File.ReadAllBytes(_folder.File("out.csv.gz"))[..2]);
        Assert.Equal(RecordedTape.Play(path).Hash, RecordedTape.Play(RecordedTape.Of(_folder, "tardis-l2", _folder.File("out.csv.gz"))).Hash);
    }

    public void Dispose() => _folder.Dispose();

    private const string Header = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\n";

    private static string[] Export(string path)
    {
        using var tape = TapeFile.Open(path);
        var target = new MemoryStream();
        TardisBookExport.Run(tape, target);
        return Encoding.UTF8.GetString(target.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // Every cell seeds one row; neighbours often share symbol and times, as the rows of one message do.
    private static Row[] RowsFrom(int[] cells)
    {
        var time = 1_600_000_000_000_000L;
        return [.. cells.Select(cell =>
        {
            time += cell % 3 == 0 ? cell % 7 : 0;
            return new Row(
                cell % 2 == 0 ? "gemini" : "kraken",
                (cell % 5) switch { 0 => "BTCUSD", 1 => "ETH-USD", 2 => "ETH/BTC", _ => "sol_usdt" },
                time - cell % 11,
                time,
                cell % 13 == 0,
                cell % 4 < 2 ? "bid" : "ask",
                (cell + 1) / 1000m,
                cell % 6 == 0 ? 0m : cell / 100_000_000m);
        })];
    }

    private sealed record Row(string Exchange, string Symbol, long Timestamp, long LocalTimestamp, bool IsSnapshot, string Side, decimal Price, decimal Amount)
    {
        public static Row Parse(string line)
        {
            var f = line.Split(',');
            return new Row(f[0], f[1], long.Parse(f[2]), long.Parse(f[3]), bool.Parse(f[4]), f[5], Value(f[6]), Value(f[7]));
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Exchange},{Symbol},{Timestamp},{LocalTimestamp},{(IsSnapshot ? "true" : "false")},{Side},{Price},{Amount}");

        private static decimal Value(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
