using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Parallax.Cli.Config;
using Parallax.Cli.Instance;
using Parallax.Cli.Systems;
using Parallax.Cli.Tests.Keys;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Keys;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.Cli.Tests.Live;

/// <summary>Live sessions on an account of a server on loopback: the key, the checks, the arming and the orders are those of a real one.</summary>
public sealed class LiveSystemTests : IDisposable
{
    private const string Words = "arm kraken to lose up to 100 USD";

    private static readonly VenueKey Key = new("canary-key-live-61d0", Convert.ToBase64String(Encoding.ASCII.GetBytes("canary-secret-live-of-sixty-four-bytes-that-nobody-may-ever-see-x")));

    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-live-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_is_sent_before_an_operator_arms_and_nothing_opened_after_he_disarms()
    {
        await using var server = await ServerAsync();
        await using var live = await StartAsync(server);
        var session = live.Session;

        await UntilAsync(live, () => session.Current.Refused.GetValueOrDefault("disarmed") >= 2);
        Assert.Equal((TradingState.Disarmed, 0L), (session.Current.State, session.Current.Fills));
        Assert.Equal(0L, await OrdersAsync(server));

        await UntilArmedAsync(live);
        await UntilAsync(live, () => session.Current.Fills >= 6);
        Assert.Equal(TradingState.Running, session.Current.State);

        Assert.True((await live.Arming.DisarmAsync("enough", "test", default)).IsDone);
        await UntilAsync(live, () => session.Current.OpenPlans.Count == 0);
        var orders = await OrdersAsync(server);
        var refused = session.Current.Refused.GetValueOrDefault("disarmed");
        await UntilAsync(live, () => session.Current.Refused.GetValueOrDefault("disarmed") > refused);
        Assert.Equal(orders, await OrdersAsync(server));

        var report = await live.StopAsync();
        Assert.Null(report.Fault);
        Assert.True(report.VenueBalances?.AreEqual, $"{report.VenueBalances}");
        var replayed = await CommandLine.RunAsync("backtest", report.Tape!, "--json");
        Assert.Equal(report.SessionHash, (string)JsonNode.Parse(replayed.Output)!["journal_hash"]!);
    }

    [Fact]
    public async Task What_simulated_sessions_came_to_is_what_a_live_one_begins_with()
    {
        var (tape, practice) = (Path.Combine(_folder, "market.tape"), Path.Combine(_folder, "practice"));
        await CommandLine.RunAsync("tape", "generate", "--seed", "7", "--minutes", "2", "--out", tape);
        var simulated = await CommandLine.RunAsync("backtest", tape, "--capital", "USD=10000", "--latency-ms", "0", "--journal", practice, "--json");
        Assert.NotEqual(0, (int)JsonNode.Parse(simulated.Output)!["plans"]!["completed"]!);

        await using var server = await ServerAsync();
        string written;
        await using (var live = await StartAsync(server, ("--practice", SettingCatalog.Practice.Key, practice)))
        {
            written = live.Session.Current.Journal;
            await UntilAsync(live, () => live.Session.Current.State == TradingState.Disarmed);
            await live.StopAsync();
        }

        var fold = new PracticeFold();
        var begun = new List<Opening.Practice>();
        using var journal = JournalReader.Open(written);
        while (journal.TryRead(out var record))
        {
            if (record.Header.Kind == Opening.RecordKind && Opening.Read(record) is Opening.Practice one)
            {
                begun.Add(one);
            }
        }

        using var taught = JournalReader.Open(practice);
        while (taught.TryRead(out var record))
        {
            fold.Take(record);
        }

        Assert.NotEmpty(begun);
        Assert.Equal(fold.Routes, begun);
    }

    [Fact]
    public async Task A_journal_of_practice_that_is_not_there_is_named()
    {
        await using var server = await ServerAsync();

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => StartAsync(server, ("--practice", SettingCatalog.Practice.Key, Path.Combine(_folder, "nowhere"))));

        Assert.Equal($"execution.practice takes the folder of a journal; there is none at {Path.Combine(_folder, "nowhere")}.", refused.Message);
    }

    [Theory]
    [InlineData("yes", 3_600, 100, "It was not confirmed")]
    [InlineData("arm kraken to lose up to 1000 USD", 3_600, 100, "It was not confirmed")]
    [InlineData(Words, 30, 100, "1 minute to 24 hours")]
    [InlineData(Words, 90_000, 100, "1 minute to 24 hours")]
    [InlineData("arm kraken to lose up to 0 USD", 3_600, 0, "above zero")]
    public async Task Only_the_right_words_for_a_sensible_time_and_loss_arm(string words, int seconds, int lossMax, string why)
    {
        await using var server = await ServerAsync();
        await using var live = await StartAsync(server);
        await UntilAsync(live, () => live.Session.Current.State == TradingState.Disarmed);

        var answer = await live.Arming.ArmAsync(new ArmingRequest(TimeSpan.FromSeconds(seconds), lossMax, words, "trial"), "test", default);

        Assert.False(answer.IsDone);
        Assert.Contains(why, answer.Sentence, StringComparison.Ordinal);
        Assert.Equal(TradingState.Disarmed, live.Session.Current.State);
    }

    [Fact]
    public async Task A_killed_session_is_not_armed_and_a_restart_begins_disarmed()
    {
        await using var server = await ServerAsync();
        await using (var live = await StartAsync(server))
        {
            await UntilAsync(live, () => live.Session.Current.State == TradingState.Disarmed);
            await live.Session.KillAsync("stop", "test", default);
            var answer = await ArmAsync(live, Words);
            Assert.Contains("switch: Trading is stopped (stop)", answer.Sentence, StringComparison.Ordinal);

            await live.Session.ResumeAsync("go", "test", default);
            await UntilArmedAsync(live);
        }

        await using var again = await StartAsync(server);
        await UntilAsync(again, () => again.Session.Current.State == TradingState.Disarmed);
        Assert.Equal("never-armed", again.Session.Current.Arming?.WhyDisarmed);
    }

    [Theory]
    [InlineData(KrakenPermissions.Trading | KrakenPermissions.WithdrawFunds, "can withdraw funds")]
    [InlineData(KrakenPermissions.Trading & ~KrakenPermissions.ModifyTrades, "lacks modify-trades")]
    public async Task A_key_that_may_too_much_or_too_little_is_refused_at_the_start(KrakenPermissions permissions, string why)
    {
        await using var server = await ServerAsync(permissions);

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => StartAsync(server));

        Assert.Equal(ExitCodes.RefusedForSafety, refused.ExitCode);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_trace_of_the_secrets_is_left_anywhere()
    {
        const string Passphrase = "canary passphrase of the vault";
        await using var server = await ServerAsync();
        var vault = Path.Combine(_folder, "keys.json");
        var added = await CommandLine.RunAsync(new Typing(false, Key.Key, Key.Secret, Passphrase), ["keys", "add", "--vault", vault]);
        var config = Path.Combine(_folder, "parallax.yaml");
        await File.WriteAllTextAsync(config, $"keys: {{file: '{vault}'}}\nhttp: {{port: 0}}\nlimits: {{min-edge-bps: 1}}\n");
        var data = Path.Combine(_folder, "data");
        using var stop = new CancellationTokenSource();
        var running = CommandLine.RunAsync(
            new Typing(false, Passphrase), ["live", "--endpoint", server.Endpoint.ToString(), "--config", config, "--data", data], stop.Token);

        var told = new StringBuilder(added.Output + added.Error);
        using (var page = await PageAsync(data))
        {
            await UntilAsync(async () => (await page.GetStringAsync("/api/v1/status")).Contains("\"state\":\"disarmed\"", StringComparison.Ordinal));
            var arm = new { for_seconds = 600, loss_max = "100", confirmation = Words, reason = "canary run" };
            await UntilAsync(async () => (await page.PostAsJsonAsync("/api/v1/control/arm", arm)).IsSuccessStatusCode);
            foreach (var path in new[] { "/", "/metrics", "/health", "/health/ready", "/openapi/v1.json", "/api/v1/status", "/api/v1/balances", "/api/v1/books", "/api/v1/plans", "/api/v1/opportunities", "/api/v1/audit", "/api/v1/control/checklist" })
            {
                told.Append(await (await page.GetAsync(path)).Content.ReadAsStringAsync());
            }
        }

        await stop.CancelAsync();
        var run = await running;
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        told.Append(run.Output).Append(run.Error).Append(await File.ReadAllTextAsync("/proc/self/cmdline"));
        foreach (var canary in new[] { Key.Key, Key.Secret, Passphrase })
        {
            Assert.DoesNotContain(canary, told.ToString(), StringComparison.Ordinal);
            Assert.All(
                Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories),
                file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) < 0, file));
        }
    }

    private static async Task<long> OrdersAsync(KrakenServer server) => await server.ActivityAsync(CancellationToken.None) is var done ? done.OpenOrders + done.ClosedOrders : 0;

    private static async Task<HttpClient> PageAsync(string data)
    {
        RunningInstance? instance = null;
        await UntilAsync(() => Task.FromResult((instance = RunningInstance.Read(data)) is not null));
        var http = new HttpClient { BaseAddress = instance!.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", instance.ReadToken());
        return http;
    }

    private static Task<OperatorAnswer> ArmAsync(LiveSystem live, string words) =>
        live.Arming.ArmAsync(new ArmingRequest(TimeSpan.FromHours(1), 100m, words, "trial"), "test", default);

    /// <summary>Until every check passes: balances and clock are told a moment after the first books.</summary>
    private static async Task UntilArmedAsync(LiveSystem live) => await UntilAsync(async () => (await ArmAsync(live, Words)).IsDone);

    private static Task<KrakenServer> ServerAsync(KrakenPermissions permissions = KrakenPermissions.Trading) => KrakenServer.StartAsync(
        new KrakenServerOptions
        {
            Instruments = 12,
            MarketRate = 1_000,
            Accounts = [new KrakenAccount(Key.Key, Key.Secret, permissions, new Dictionary<Asset, decimal> { [new Asset("USD")] = 10_000m })],
            Market = new KrakenServerOptions().Market with { MispricingsPerMinute = 600, MispricingFeeBps = 26, MispricingMarginBps = (20, 80), BriefPercent = 0 },
            Rivals = new RivalTerms { FirstPercent = 0, AheadPercent = 0, SweepOfNextPercent = 0 },
        },
        TimeProvider.System,
        CancellationToken.None);

    private Task<LiveSystem> StartAsync(KrakenServer server, params (string Option, string Key, string Value)[] more) => LiveSystem.StartAsync(
        new LiveOptions
        {
            Settings = ParallaxSettings.Load(new SettingSources
            {
                Mode = LiveSystem.Mode,
                ModeDefaults = LiveSystem.Defaults,
                CommandLine =
                [
                    ("--endpoint", SettingCatalog.KrakenEndpoint.Key, server.Endpoint.ToString()),
                    ("--data", SettingCatalog.DataFolder.Key, _folder),
                    ("--min-edge", SettingCatalog.NetEdgeBpsMin.Key, "1"),
                    // The made-up market is made of jumps, which the guards would rightly distrust.
                    ("--volatility", "limits.volatility", "1000"),
                    ("--spread", "limits.spread-multiple", "1000"),
                    ("--orders", "limits.orders-per-minute", "10000"),
                    .. more,
                ],
            }),
            Key = Key,
            IsHeadless = true,
        },
        TimeProvider.System,
        CancellationToken.None);

    private static Task UntilAsync(LiveSystem live, Func<bool> holds) => UntilAsync(() =>
    {
        Assert.False(live.Completion.IsCompleted, "The session ended by itself.");
        return Task.FromResult(holds());
    });

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await holds())
        {
            Assert.False(deadline.IsCancellationRequested, "Two minutes, and it did not come.");
            await Task.Delay(20);
        }
    }
}
