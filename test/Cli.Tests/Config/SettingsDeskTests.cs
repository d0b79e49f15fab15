using System.Text.Json.Nodes;
using Parallax.Cli.Config;
using Parallax.Cli.Systems;
using Parallax.Cli.Tests.Systems;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Tests.Config;

/// <summary>Settings of a session that runs, changed by the rules of parallax.yaml (scenarios E6, E7, E8).</summary>
public sealed class SettingsDeskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-settings-").FullName;

    [Fact]
    public async Task E7_A_change_while_it_trades_holds_from_the_next_decision_and_the_tape_replays()
    {
        var report = await RunAsync(async (session, market, desk) =>
        {
            await market.UntilAsync(() => session.Current.Fills >= 3);
            var stopped = await desk.ChangeAsync(1, Values(("limits.min-edge-bps", "10000"), ("execution.residual-ms", "1000")), "a look", "cli", default);
            Assert.Equal((SettingsOutcome.Done, 2L), (stopped.Outcome, stopped.Version));
            Assert.StartsWith("Version 2: limits.min-edge-bps 0 → 10000, execution.residual-ms 5000 → 1000.", stopped.Sentence, StringComparison.Ordinal);
            await market.UntilAsync(() => session.Current.Refused.GetValueOrDefault("net-edge") > 0 && session.Current.OpenPlans.Count == 0);
            var fills = session.Current.Fills;

            var again = await desk.ChangeAsync(2, Values(("limits.min-edge-bps", "0")), "seen enough", "page", default);
            Assert.Equal(SettingsOutcome.Done, again.Outcome);
            await market.UntilAsync(() => session.Current.Fills > fills);
            Assert.Equal([3L, 2L], (await desk.ReadAsync(default)).Changes.Select(change => change.Version));
        });

        Assert.Equal([(2L, "cli", "a look"), (3L, "page", "seen enough")], Changes().Select(change => (change.Version, change.Who, change.Reason)));
        var replayed = JsonNode.Parse((await CommandLine.RunAsync("backtest", report.Tape!, "--json")).Output)!;
        Assert.Equal(report.SessionHash, (string)replayed["journal_hash"]!);
    }

    [Fact]
    public async Task E8_The_second_of_two_operators_learns_what_the_first_changed()
    {
        await RunAsync(async (session, market, desk) =>
        {
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            Assert.Equal(SettingsOutcome.Done, (await desk.ChangeAsync(1, Values(("limits.open-plans", "2"), ("limits.quiet-hours", "22:00-23:30")), "mine", "page", default)).Outcome);

            var late = await desk.ChangeAsync(1, Values(("limits.open-plans", "3")), "theirs", "cli", default);

            Assert.Equal((SettingsOutcome.Stale, 2L), (late.Outcome, late.Version));
            Assert.Contains("at version 2, not 1; since then: limits.open-plans ", late.Sentence, StringComparison.Ordinal);
            Assert.Contains("limits.quiet-hours none → 22:00-23:30", late.Sentence, StringComparison.Ordinal);
            Assert.Equal("2", Value(await desk.ReadAsync(default), "limits.open-plans"));
        });
        Assert.Single(Changes());
    }

    [Fact]
    public async Task What_is_kept_stands_in_the_file_and_in_the_audit_and_the_tape_replays()
    {
        var place = Path.Combine(_folder, "mine.yaml");
        await File.WriteAllTextAsync(place, "# mine\nlimits:\n  open-plans: 4 # four\n");
        var report = await SeededSession.RunAsync(_folder, async (session, market) =>
        {
            var desk = new SettingsDesk(session, new SettingsFile(ConfigFile.Read(place), new Dictionary<string, string>()));
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            Assert.Equal(place, (await desk.ReadAsync(default)).File);
            var kept = await desk.KeepAsync(1, Values(("limits.open-plans", "2"), ("risk.net-edge-bps-min", "7")), "calm", "cli", default);
            Assert.Equal((SettingsOutcome.Done, 2L), (kept.Outcome, kept.Version));
            Assert.EndsWith($" It stands in {place} for later sessions too; open plans keep what they began with.", kept.Sentence, StringComparison.Ordinal);
            Assert.Equal("# mine\nlimits:\n  open-plans: 2 # four\n  min-edge-bps: 7\n", await File.ReadAllTextAsync(place));

            await File.AppendAllTextAsync(place, "# theirs\n");
            var refused = await desk.KeepAsync(2, Values(("limits.open-plans", "3")), "more", "page", default);
            Assert.Equal((SettingsOutcome.NotKept, 3L), (refused.Outcome, refused.Version));
            Assert.EndsWith($" It holds until the session ends and was not written: {place} was changed since the session read it; set it there by hand.", refused.Sentence, StringComparison.Ordinal);
            Assert.Equal("3", Value(await desk.ReadAsync(default), "limits.open-plans"));
        });

        Assert.Equal(["settings-changed", "settings-written", "settings-changed", "settings-not-written"], Told().Where(told => told.Code.StartsWith("settings-", StringComparison.Ordinal)).Select(told => told.Code));
        Assert.Contains(Told(), told => told.Text == $"{place} has limits.open-plans 4 → 2, limits.min-edge-bps as usual → 7 for later sessions (cli): calm");
        var replayed = JsonNode.Parse((await CommandLine.RunAsync("backtest", report.Tape!, "--json")).Output)!;
        Assert.Equal(report.SessionHash, (string)replayed["journal_hash"]!);
    }

    [Fact]
    public async Task An_earlier_version_is_gone_back_to_by_another_change()
    {
        await RunAsync(async (session, market, desk) =>
        {
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            var began = (await desk.ReadAsync(default)).Settings.ToDictionary(one => one.Key, one => one.Value);
            await desk.ChangeAsync(1, Values(("limits.open-plans", "2"), ("limits.quiet-hours", "22:00-23:30")), "a", "cli", default);
            await desk.ChangeAsync(2, Values(("limits.open-plans", "3"), ("execution.policy", "expected-value")), "b", "cli", default);

            Assert.Equal(Values(("limits.open-plans", "2"), ("execution.policy", began["execution.policy"])), await desk.ValuesOfAsync(2, default));
            Assert.Null(await desk.ValuesOfAsync(3, default));
            Assert.Null(await desk.ValuesOfAsync(0, default));
            var back = await desk.ChangeAsync(3, (await desk.ValuesOfAsync(1, default))!, "as it was", "page", default);

            Assert.True(back.Outcome == SettingsOutcome.Done, back.Sentence);
            Assert.Equal(4, back.Version);
            Assert.Equal(began, (await desk.ReadAsync(default)).Settings.ToDictionary(one => one.Key, one => one.Value));
        });
    }

    [Theory]
    [InlineData("limits.min-edge-bps", "much", "limits.min-edge-bps takes a number from 0 to 10000 (bps); found 'much'")]
    [InlineData("limits.daily-loss", "-5", "limits.daily-loss takes a number from 0.00000001 to 1000000000000 (reporting currency); found '-5'")]
    [InlineData("limits.notional-min", "1000000", "limits.notional-min takes at most limits.notional-max, which is 100000; found '1000000'")]
    [InlineData("execution.policy", "fastest", "execution.policy takes one of sequential, expected-value; found 'fastest'")]
    [InlineData("limits.min-egde-bps", "3", "there is no setting 'limits.min-egde-bps'; the nearest is limits.min-edge-bps")]
    [InlineData("http.port", "9091", "http.port needs a restart")]
    [InlineData("execution.kill-policy", "hold", "execution.kill-policy needs a restart")]
    [InlineData("capital.USD", "5", "capital.USD needs a restart")]
    public async Task E6_One_wrong_value_is_named_and_nothing_is_applied(string key, string value, string saying)
    {
        await RunAsync(async (session, market, desk) =>
        {
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            var before = await desk.ReadAsync(default);

            var answer = await desk.ChangeAsync(1, Values(("limits.open-plans", "2"), (key, value)), "a test", "cli", default);

            Assert.Equal(SettingsOutcome.Wrong, answer.Outcome);
            Assert.Contains(saying, answer.Sentence, StringComparison.Ordinal);
            Assert.Equal(before.Settings.Select(one => (one.Key, one.Value)), (await desk.ReadAsync(default)).Settings.Select(one => (one.Key, one.Value)));
        });
        Assert.Empty(Changes());
    }

    [Fact]
    public async Task Every_setting_reads_as_a_value_that_it_takes_and_writing_it_back_changes_nothing()
    {
        await RunAsync(async (session, market, desk) =>
        {
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            var now = await desk.ReadAsync(default);

            Assert.All(now.Settings, one => Assert.True(SettingCatalog.Find(one.Key.Split('.'))!.IsLegal(one.Value), $"{one.Key} {one.Value}"));
            Assert.All(now.Settings, one => Assert.True(one.Choices.Count == 0 || one.Choices.Contains(one.Value), one.Key));
            var same = await desk.ChangeAsync(1, now.Settings.ToDictionary(one => one.Key, one => one.Value), "the same", "api", default);
            Assert.Equal((SettingsOutcome.Done, 1L), (same.Outcome, same.Version));
            Assert.StartsWith("Nothing is changed", same.Sentence, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_limit_of_the_catalog_may_change_and_reaches_the_engine()
    {
        await RunAsync(async (session, market, desk) =>
        {
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            var version = 1L;
            foreach (var (term, setting) in SettingCatalog.Limits)
            {
                var value = term.Conservative;
                var answer = await desk.ChangeAsync(version, Values((setting.Key, Decimals.Plain(value))), "all of them", "cli", default);
                Assert.True(answer.Outcome == SettingsOutcome.Done, answer.Sentence);
                version = answer.Version;
                Assert.Equal(value, term.Read(await session.AskAsync(engine => engine.Risk.Limits)));
            }
        });
    }

    [Fact]
    public void Every_owner_is_the_one_that_the_page_on_risk_names()
    {
        var page = File.ReadAllLines(Path.Combine(Testing.Repository.Root, "docs", "concepts", "risk.md"));
        var owners = page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Key: $"limits.{cells[1].Trim('`')}", Owner: cells[2])).Where(row => SettingCatalog.All.Any(setting => setting.Key == row.Key)).ToList();

        Assert.True(owners.Count > 30);
        Assert.All(owners, row => Assert.Equal((row.Key, row.Owner), (row.Key, SettingOwners.Of(row.Key))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<SessionReport> RunAsync(Func<LiveSession, LiveMarketFeed, SettingsDesk, Task> during) =>
        SeededSession.RunAsync(_folder, (session, market) => during(session, market, new SettingsDesk(session)));

    private static Dictionary<string, string> Values(params (string Key, string Value)[] values) => values.ToDictionary(one => one.Key, one => one.Value);

    private static string Value(SessionSettings settings, string key) => settings.Settings.Single(one => one.Key == key).Value;

    private List<Notable> Told()
    {
        var found = new List<Notable>();
        using var reader = JournalReader.Open(Path.Combine(_folder, "journal"));
        while (reader.TryRead(out var record))
        {
            if (Notable.TryRead(record, out var notable))
            {
                found.Add(notable);
            }
        }

        return found;
    }

    private List<SettingsChanged> Changes()
    {
        var found = new List<SettingsChanged>();
        using var reader = JournalReader.Open(Path.Combine(_folder, "journal"));
        while (reader.TryRead(out var record))
        {
            if (record.Header.Kind == (byte)DecisionKind.SettingsChanged)
            {
                var payload = new PayloadReader(record.Payload);
                found.Add(SettingsChanged.Read(ref payload));
            }
        }

        return found;
    }
}
