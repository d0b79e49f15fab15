using System.Text.Json;
using System.Text.Json.Nodes;
using Parallax.Cli.Operating;
using Spectre.Console;

namespace Parallax.Cli.Tests.Operating;

public sealed class StatusVerbTests : IAsyncLifetime
{
    private SessionServer _session = null!;

    public async Task InitializeAsync() => _session = await SessionServer.StartAsync();

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public async Task The_newest_session_is_shown()
    {
        var run = await RunAsync();

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.StartsWith("Parallax demo · running · session 3 · up 12 min 4 s", run.Output, StringComparison.Ordinal);
        Assert.Contains("+123.45 USD in 60 plans; won 83 %, completed 75 %, mean 182 ms", run.Output, StringComparison.Ordinal);
        Assert.Contains("refused 250 book-age, 17 net-edge", run.Output, StringComparison.Ordinal);
        Assert.Contains("29 of 30 live", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"kraken +online +12 ms +412 µs +-1\.2 ms +1,234,567 +2 +1", run.Output);
        Assert.Contains("decision p50 5.0 µs, p99 –", run.Output, StringComparison.Ordinal);
        Assert.Contains("the store is 7 behind", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"3-61 +USD>BTC>ETH>USD +998\.12 USD +\+1\.23 +1 of 3 +500 ms", run.Output);
    }

    [Fact]
    public void The_screen_fits_eighty_columns()
    {
        var text = Rendered(SessionServer.Sample(), 80);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));

        // Nothing was broken to fit.
        Assert.Matches(@"kraken +online +12 ms +412 µs +-1\.2 ms +1,234,567 +2 +1", text);
        Assert.Matches("venue +state +frame +trip +clock +messages +reconnects +bad sums", text);
    }

    [Fact]
    public void A_stopped_session_says_why()
    {
        var status = SessionServer.Sample();
        (status["state"], status["state_reason"]) = ("killed", "spreads [look] wrong");

        Assert.Contains("spreads [look] wrong", Rendered(status, 80), StringComparison.Ordinal);
    }

    [Fact]
    public void Balances_that_differ_and_what_plans_left_are_named_with_the_verb_that_settles_them()
    {
        var status = SessionServer.Sample();
        status["residuals"] = 2;
        status["differences"] = JsonNode.Parse("""[{"asset": "BTC", "venue": "kraken", "ledger": 1.5, "at_venue": 0.00000001}]""");

        var text = Rendered(status, 120);

        Assert.Contains("BTC at kraken: the ledger has 1.5, the venue 0.00000001; parallax accept-balance BTC", text, StringComparison.Ordinal);
        Assert.Contains("2 residuals of plans; parallax residuals", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_has_just_started_is_shown_with_what_it_has()
    {
        var status = JsonNode.Parse("""{"mode": "paper", "state": "starting", "session": 1, "today": null, "new_field": {"x": 1}}""")!.AsObject();

        Assert.Contains("the store has not answered yet", Rendered(status, 80), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_answer_itself()
    {
        var run = await RunAsync("--json");

        Assert.True(JsonNode.DeepEquals(_session.Status, JsonNode.Parse(run.Output)));
    }

    [Fact]
    public async Task An_address_needs_no_data_folder()
    {
        var run = await CommandLine.RunAsync("status", "--url", _session.Address.ToString());

        Assert.Equal(ExitCodes.Done, run.ExitCode);
    }

    [Fact]
    public async Task A_session_that_does_not_answer_can_still_be_stopped()
    {
        await _session.StopServingAsync();

        (await RunAsync()).IsOneSentence(ExitCodes.Failed, "nothing listens on", "parallax kill");
    }

    [Fact]
    public async Task Another_program_on_the_port_is_recognised()
    {
        foreach (var name in _session.Status.Select(field => field.Key).ToList())
        {
            _session.Status.Remove(name);
        }

        (await RunAsync()).IsOneSentence(ExitCodes.Failed, "no Parallax session");
    }

    [Theory]
    [InlineData("9090")]
    [InlineData("ftp://127.0.0.1")]
    public async Task An_address_is_a_web_address(string url) =>
        (await CommandLine.RunAsync("status", "--url", url)).IsOneSentence(ExitCodes.WrongUsage, "--url", $"'{url}'");

    [Fact]
    public async Task Watching_prints_lines_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop, lines: 2);
        using var error = new StringWriter();

        var exitCode = await ParallaxCli.RunAsync(["status", "--watch", "--data", _session.Folder], output, error, cancellation: stop.Token);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Empty(error.ToString());
        Assert.StartsWith(
            "2026-11-21T12:00:00Z demo running · PnL today +123.45 USD · 1 plans · 1 open · 29 of 30 books live · kraken online\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_as_json_prints_an_object_a_line()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop, lines: 2);
        using var error = new StringWriter();

        await ParallaxCli.RunAsync(["status", "--watch", "--json", "--data", _session.Folder], output, error, cancellation: stop.Token);

        Assert.All(
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Equal("demo", JsonDocument.Parse(line).RootElement.GetProperty("mode").GetString()));
    }

    [Theory]
    [InlineData(999, "999 ns")]
    [InlineData(1_000, "1.0 µs")]
    [InlineData(-1_234_567, "-1.2 ms")]
    [InlineData(59_900_000_000, "60 s")]
    [InlineData(61_000_000_000, "1 min 1 s")]
    [InlineData(90_000_000_000_000, "1 d 1 h")]
    public void A_span_is_printed_with_the_digits_that_matter(long nanos, string text) => Assert.Equal(text, Words.Span(nanos));

    [Theory]
    [InlineData("1234.567", "+1,234.56")]
    [InlineData("-0.00012345", "-0.0001235")]
    [InlineData("0", "0")]
    [InlineData("-1.005", "-1.01")]
    [InlineData("0.5", "+0.5")]
    public void A_gain_is_never_printed_larger_nor_a_loss_smaller(string amount, string text) => Assert.Equal(text, Words.Signed(decimal.Parse(amount)));

    private static string Rendered(JsonObject status, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(StatusScreen.Of(SessionStatus.Parse(status.ToJsonString())));
        return text.ToString();
    }

    private Task<CommandLine.Run> RunAsync(params string[] more) => CommandLine.RunAsync(["status", "--data", _session.Folder, .. more]);

    /// <summary>Presses Ctrl-C after some lines.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop, int lines) : StringWriter
    {
        private int _left = lines;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (--_left == 0)
            {
                stop.Cancel();
            }
        }
    }
}
