using System.Net;
using Parallax.Cli.Config;
using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Tests.Config;

public sealed class ParallaxSettingsTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_anything_the_engine_has_its_own_defaults()
    {
        var settings = ParallaxSettings.Load(new SettingSources());

        Assert.Equal(new RiskLimits(), settings.Limits);
        Assert.Equal(new ExecutionSettings(), settings.Execution);
        Assert.Equal(new FeeTerms(0.0026m, FeeMode.Receive), settings.Fees.Default);
        Assert.Equal(3, settings.LegsMax);
        Assert.Equal(9090, settings.Http.Port);
        Assert.Equal(IPAddress.Loopback, settings.Http.Bind);
        Assert.Equal(Path.Combine("parallax-data", "demo"), settings.DataFolderOf("demo"));
        Assert.Empty(settings.Notes);
    }

    [Fact]
    public void A_file_says_what_the_engine_is_told()
    {
        var settings = Load("""
            capital: {USD: 10000, BTC: 0.5}
            start-assets: [USD]
            fees:
              bps: 10
              pairs:
                BTC/USD: {bps: 4, mode: quote}
            limits: {min-edge-bps: 2.5, open-plans: 1}
            execution: {query-pause-ms: 1500, history-every-ms: 0}
            venues: {kraken: {endpoint: "http://127.0.0.1:8080", symbols: [BTC/USD, ETH/BTC], depth: 25, survey-minutes: 5}}
            journal: {flush: os}
            recording: {enabled: off}
            """);

        var engine = settings.Engine("paper", session: 4).Validated();
        Assert.Equal([new Asset("USD"), new Asset("BTC")], engine.Capital.Keys);
        Assert.Equal(0.5m, engine.Capital[new Asset("BTC")]);
        Assert.Equal(new Asset("USD"), engine.ReportingAsset);
        Assert.Equal(new FeeTerms(0.0004m, FeeMode.Quote), engine.Fees.ByPair["BTC/USD"]);
        Assert.Equal(2.5m, engine.Limits.NetEdgeBpsMin);
        Assert.Equal(1, engine.Limits.OpenPlansMax);
        Assert.Equal(1_500_000_000L, engine.Execution.QueryPauseNanos);
        Assert.Equal(0L, engine.Execution.HistoryEveryNanos);
        Assert.Equal(5, settings.Kraken.SurveyMinutes);
        Assert.Equal(4, engine.Session);
        Assert.Equal(25, settings.Kraken.Depth);
        Assert.Equal(["BTC/USD", "ETH/BTC"], settings.Kraken.Symbols);
        Assert.Equal(new Uri("http://127.0.0.1:8080"), settings.Kraken.Endpoint);
        Assert.Equal(Journal.Files.FlushPolicy.Os, settings.JournalFlush);
        Assert.False(settings.IsRecording);
    }

    [Theory]
    [InlineData("PARALLAX__LIMITS__MINEDGEBPS")]
    [InlineData("PARALLAX__LIMITS__MIN_EDGE_BPS")]
    [InlineData("parallax__limits__minEdgeBps")]
    [InlineData("PARALLAX__RISK__NETEDGEBPSMIN")]
    public void The_environment_wins_over_the_file_however_it_spells_the_key(string variable)
    {
        Assert.Equal(7m, Load("limits: {min-edge-bps: 2}", (variable, "7")).Limits.NetEdgeBpsMin);
    }

    [Theory]
    [InlineData("limits: {minEdgeBps: 2}")]
    [InlineData("limits.min-edge-bps: 2")]
    [InlineData("Limits: {min_edge_bps: 2}")]
    [InlineData("risk: {netEdgeBpsMin: 2}")]
    public void A_file_may_spell_a_key_in_kebab_or_camel_case(string yaml) => Assert.Equal(2m, Load(yaml).Limits.NetEdgeBpsMin);

    [Fact]
    public void Assets_and_pairs_keep_their_names()
    {
        var settings = Load("capital: {ETH.S: 3}", ("PARALLAX__CAPITAL__USDT", "5"), ("PARALLAX__FEES__PAIRS__BTC_USDT__BPS", "8"));

        Assert.Equal([new Asset("ETH.S"), new Asset("USDT")], settings.Capital.Keys);
        Assert.Equal(0.0008m, settings.Fees.ByPair["BTC/USDT"].Rate);
    }

    [Fact]
    public void The_command_line_wins_over_all_and_a_mode_over_nothing_but_the_catalog()
    {
        var sources = _folder.Sources("http: {port: 2}\nlegs-max: 4", ("PARALLAX__HTTP__PORT", "3")) with
        {
            Mode = "demo",
            ModeDefaults = new Dictionary<string, string> { ["limits.min-edge-bps"] = "1", ["legs-max"] = "5" },
            CommandLine = [("--port", "http.port", "4")],
        };

        var settings = ParallaxSettings.Load(sources);

        Assert.Equal(4, settings.Http.Port);
        Assert.Equal(4, settings.LegsMax);
        Assert.Equal(1m, settings.Limits.NetEdgeBpsMin);
        Assert.Equal("default of demo", SettingSet.Read(sources).All().Single(value => value.Key == "limits.min-edge-bps").Origin.ToString());
    }

    [Fact]
    public void Every_mistake_is_listed_with_its_place_its_key_and_what_is_allowed()
    {
        var wrong = Assert.Throws<UserErrorException>(() => Load(
            "capital: {USD: -5}\nlimits:\n  min-edge: 3\nhttp:\n  port: 99999\nfees: 26\n",
            ("PARALLAX__LIMITS__OPENPLANS", "many")));

        string[] lines = [.. wrong.Message.Split('\n').Skip(1).Select(line => line.Trim())];
        Assert.Equal(5, lines.Length);
        Assert.EndsWith("parallax.yaml line 1: capital.USD takes a number from 0 to 1000000000000 (the asset); found '-5'.", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("line 3: there is no setting 'limits.min-edge'; the nearest is limits.min-edge-bps.", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("line 5: http.port takes a whole number from 0 to 65535; found '99999'.", lines[2], StringComparison.Ordinal);
        Assert.Contains("line 6: there is no setting 'fees'; it holds fees.bps, fees.mode", lines[3], StringComparison.Ordinal);
        Assert.Equal("PARALLAX__LIMITS__OPENPLANS in the environment: limits.open-plans takes a whole number from 0 to 1000 (plans); found 'many'.", lines[4]);
    }

    [Theory]
    [InlineData("limits: {notional-min: 20, notional-max: 10}", "limits.notional-min takes at most limits.notional-max, which is 10; found '20'")]
    [InlineData("limits: {notional-max: 5}", "limits.notional-max takes at least limits.notional-min, which is 10; found '5'")]
    [InlineData("limits:\n  min-edge-bps: 1\n  minEdgeBps: 2", "line 3: limits.min-edge-bps is set twice, here and on line 2")]
    [InlineData("capital: {U S D: 1}", "'U S D' is no asset code")]
    [InlineData("fees: {pairs: {BTCUSD: {bps: 1}}}", "'BTCUSD' is no pair")]
    [InlineData("venues: {kraken: {depth: 20}}", "one of 10, 25, 100, 500, 1000; found '20'")]
    [InlineData("venues: {kraken: {endpoint: 'ftp://x'}}", "http:// or https://")]
    [InlineData("venues: {kraken: {symbols: [BTCUSD]}}", "a list of pairs")]
    [InlineData("http: {bind: localhost}", "an IP address, such as 127.0.0.1; found 'localhost'")]
    [InlineData("http: {bind: '1'}", "an IP address")]
    [InlineData("recording: {enabled: 2}", "on or off; found '2'")]
    [InlineData("store: {address: 'mysql://h/d'}", "postgres://user@host:5432/database")]
    [InlineData("http: {token: 'file:absent.txt'}", "there is no file")]
    [InlineData("http: {token: 'file:'}", "the path of a file")]
    [InlineData("data: {folder: ''}", "the path of a folder")]
    [InlineData("capital: [USD, EUR]", "there is no setting 'capital'; it holds capital.ASSET")]
    [InlineData("a: {b: {c: {d: {e: {f: {g: {h: {i: {j: 1}}}}}}}}}", "at most 8 levels")]
    [InlineData("legs-max: 3\n---\nlegs-max: 4", "one document")]
    public void A_mistake_is_one_sentence(string yaml, string sentence)
    {
        var wrong = Assert.Throws<UserErrorException>(() => Load(yaml));

        Assert.Contains(sentence, wrong.Message, StringComparison.Ordinal);
        Assert.Contains("parallax.yaml line ", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void Aliases_of_aliases_do_not_fill_the_memory()
    {
        var levels = Enumerable.Range(1, 7).Select(i => $"a{i}: &a{i} {{x: *a{i - 1}, y: *a{i - 1}, z: *a{i - 1}, v: *a{i - 1}, w: *a{i - 1}}}");

        var wrong = Assert.Throws<UserErrorException>(() => Load($"a0: &a0 {{x: 1, y: 2, z: 3, v: 4, w: 5}}\n{string.Join('\n', levels)}\n"));

        Assert.Contains("at most 8 levels and 10000 settings", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_whose_settings_are_commented_out_is_no_mistake() => Assert.Equal(new RiskLimits(), Load("limits:\n#  open-plans: 3\n").Limits);

    [Fact]
    public void A_page_that_others_can_reach_is_remarked_on() => Assert.Contains("other machines", Assert.Single(Load("http: {bind: 0.0.0.0}").Notes), StringComparison.Ordinal);

    private ParallaxSettings Load(string yaml, params (string Name, string Value)[] environment) => ParallaxSettings.Load(_folder.Sources(yaml, environment));
}
