using System.Text.Json;

namespace Parallax.Cli.Tests.Tape;

public sealed class TapeVerbTests : IDisposable
{
    private const string Csv = """
        exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
        gemini,BTCUSD,1618677942586266,1618677942586266,true,bid,61837.63,1
        gemini,BTCUSD,1618677942586266,1618677942586266,true,ask,61838,2
        gemini,ETHUSD,1618677943000000,1618677943000000,true,bid,2368.6,3
        gemini,BTCUSD,1618677944000000,1618677944000000,false,bid,61837.63,0

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parallax-");

    [Fact]
    public async Task Import_info_verify_cut_and_export_work_on_one_tape()
    {
        var source = Write("a.csv", Csv);
        Assert.Contains("5 records from 5 lines: 2 definitions, 2 snapshots, 1 deltas", await Done("tape", "import", "--format", "tardis-l2", source, "--out", File("a.tape")), StringComparison.Ordinal);
        Assert.Contains("BTC/USD@gemini", await Done("tape", "info", File("a.tape")), StringComparison.Ordinal);
        Assert.Contains("sound", await Done("tape", "verify", File("a.tape")), StringComparison.Ordinal);
        Assert.Contains("2 records: 1 definitions, 1 snapshots", await Done("tape", "cut", File("a.tape"), "--instruments", "ETH/USD", "--out", File("b.tape")), StringComparison.Ordinal);
        Assert.Contains("4 rows of 3 book messages", await Done("tape", "export", File("a.tape"), "--out", File("b.csv")), StringComparison.Ordinal);
        Assert.Equal(Csv.Length, (await System.IO.File.ReadAllTextAsync(File("b.csv"))).Length);
    }

    [Fact]
    public async Task Every_verb_prints_json()
    {
        var source = Write("a.csv", Csv + "gemini,BTCUSD,1,2,true,bid,1,1\n");
        var import = await Json("tape", "import", "--format", "tardis-l2", source, "--out", File("a.tape"), "--on-error", "skip", "--json");
        Assert.Equal(1, import.GetProperty("bad_lines").GetInt32());
        Assert.Equal(6, import.GetProperty("first_bad_lines")[0].GetProperty("line").GetInt32());
        var info = await Json("tape", "info", File("a.tape"), "--json");
        Assert.Equal(40m, info.GetProperty("overhead_bytes_per_record").GetDecimal());
        Assert.Equal("0.01", info.GetProperty("instruments")[0].GetProperty("tick").GetString());
        Assert.True((await Json("tape", "verify", File("a.tape"), "--json")).GetProperty("sound").GetBoolean());
        Assert.Equal(2, (await Json("tape", "cut", File("a.tape"), "--from", "2021-04-17T16:45:43.5Z", "--out", File("b.tape"), "--json")).GetProperty("kinds").GetProperty("book_snapshot").GetInt32());
        Assert.Equal(4, (await Json("tape", "export", File("a.tape"), "--out", File("b.csv"), "--json")).GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task A_torn_tail_is_reported_with_exit_code_one_and_cut_on_request()
    {
        await Done("tape", "import", "--format", "tardis-l2", Write("a.csv", Csv), "--out", File("a.tape"));
        var whole = await System.IO.File.ReadAllBytesAsync(File("a.tape"));
        await System.IO.File.WriteAllBytesAsync(File("a.tape"), whole[..^5]);

        var (code, output, _) = await Run("tape", "verify", File("a.tape"));
        Assert.Equal(1, code);
        Assert.Contains("Cut it with --cut", output, StringComparison.Ordinal);
        Assert.Contains("sound", await Done("tape", "verify", File("a.tape"), "--cut"), StringComparison.Ordinal);
        Assert.Contains("4 sound records", await Done("tape", "verify", File("a.tape")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_is_reported_with_its_place_and_never_cut()
    {
        await Done("tape", "import", "--format", "tardis-l2", Write("a.csv", Csv), "--out", File("a.tape"));
        var bytes = await System.IO.File.ReadAllBytesAsync(File("a.tape"));
        bytes[150] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File("a.tape"), bytes);

        var (code, output, _) = await Run("tape", "verify", File("a.tape"), "--cut");
        Assert.Equal(1, code);
        Assert.Contains("damaged: ", output, StringComparison.Ordinal);
        Assert.Contains("record 1", output, StringComparison.Ordinal);
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(File("a.tape")));
    }

    [Theory]
    [InlineData(2, "--format takes tardis-l2", "tape", "import", "--format", "csv", "a", "--out", "b")]
    [InlineData(2, "Option '--format' is required", "tape", "import", "a", "--out", "b")]
    [InlineData(2, "--on-error takes stop or skip", "tape", "import", "--format", "tardis-l2", "a", "--out", "b", "--on-error", "maybe")]
    [InlineData(2, "SYMBOL=BASE/QUOTE", "tape", "import", "--format", "tardis-l2", "a", "--out", "b", "--symbol", "x")]
    [InlineData(2, "--depth takes", "tape", "import", "--format", "kraken-v2", "a", "--out", "b", "--depth", "-1")]
    [InlineData(2, "--max-ratio takes", "tape", "import", "--format", "kraken-v2", "a", "--out", "b", "--max-ratio", "x")]
    [InlineData(1, "there is no such file", "tape", "import", "--format", "tardis-l2", "nowhere", "--out", "b")]
    [InlineData(1, "there is no such file", "tape", "import", "--format", "tardis-l2", "nowhere", "--out", "b", "--instruments", "none")]
    [InlineData(1, "There is no file", "tape", "info", "nowhere")]
    [InlineData(1, "There is no file", "tape", "verify", "nowhere")]
    [InlineData(1, "There is no file", "tape", "cut", "nowhere", "--out", "b")]
    [InlineData(1, "There is no file", "tape", "export", "nowhere", "--out", "b")]
    [InlineData(2, "is read and written at once", "tape", "import", "--format", "tardis-l2", "a", "--out", "./a", "--overwrite")]
    [InlineData(2, "is read and written at once", "tape", "cut", "a", "--out", "a")]
    [InlineData(2, "--from takes a time", "tape", "cut", "a", "--from", "noon", "--out", "b")]
    [InlineData(2, "--format takes tardis-l2", "tape", "export", "a", "--format", "xml", "--out", "b")]
    [InlineData(2, "is no verb", "tape", "rewind")]
    public async Task Wrong_input_ends_in_one_sentence(int expectedCode, string expected, params string[] args)
    {
        var (code, _, error) = await Run(args);
        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("info")]
    [InlineData("verify")]
    [InlineData("cut")]
    [InlineData("export")]
    [InlineData("generate")]
    public async Task Help_of_every_verb_ends_in_an_example(string verb) =>
        Assert.Contains($"Example:\n  parallax tape {verb}", await Done("tape", verb, "--help"), StringComparison.Ordinal);

    [Fact]
    public async Task An_existing_tape_is_kept_unless_it_may_be_overwritten()
    {
        var source = Write("a.csv", Csv);
        var kept = Write("kept.tape", "precious");
        var (code, _, error) = await Run("tape", "import", "--format", "tardis-l2", source, "--out", kept);
        Assert.Equal(1, code);
        Assert.Contains("exists already; --overwrite replaces it", error, StringComparison.Ordinal);
        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(kept));
        await Done("tape", "import", "--format", "tardis-l2", source, "--out", kept, "--overwrite");
        await Done("tape", "verify", kept);
    }

    [Fact]
    public async Task A_recording_may_stand_where_a_tape_is_expected()
    {
        var output = await Done("survey", "--format", "tardis-l2", Write("a.csv", Csv), "--json");
        Assert.Contains("\"rows\"", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string File(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    private static async Task<string> Done(params string[] args)
    {
        var (code, output, error) = await Run(args);
        Assert.True(code == 0, error);
        return output;
    }

    private static async Task<JsonElement> Json(params string[] args)
    {
        using var document = JsonDocument.Parse(await Done(args));
        return document.RootElement.Clone();
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await ParallaxCli.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
