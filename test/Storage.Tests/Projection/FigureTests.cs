using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Storage.Projection.Folds;
using Parallax.Storage.Queries;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Storage.Tests.Projection;

/// <summary>What the page asks every second is answered from tallies, and equals what the journal adds up to.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class FigureTests(Databases databases)
{
    private static readonly SeededJournal Journal = SeededJournal.TwoSessions.Value;

    private static CancellationToken None => CancellationToken.None;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Figures_since_any_moment_are_what_the_journal_adds_up_to(string database)
    {
        using var bed = Projected(database, Journal.Records.Count);
        var reader = bed.Store.Reader();
        var times = JournalFold.All<PlanClosed>(bed).Select(at => at.Header.ReceivedTime)
            .Concat(JournalFold.All<OpportunityOpened>(bed).Where((_, i) => i % 20 == 0).Select(at => at.Header.ReceivedTime)).ToList();
        var moments = times.SelectMany(time => new[] { time, time + 1, Tallies.HourOf(time), Tallies.HourOf(time) + Tallies.Hour }).Append(0).Distinct();
        foreach (var since in moments)
        {
            foreach (var asset in new[] { "USD", "USDT", "EUR" })
            {
                AssertSame(JournalFold.Figures(bed, asset, since), await reader.FiguresAsync(asset, since, None));
            }
        }

        var all = await reader.FiguresAsync("USD", 0, None);
        Assert.True(all is { Wins: > 0, Losses: > 0, Detected: > 0, Sized: > 0, WithinRisk: > 0, Filled: > 0 } && all.Filled < all.WithinRisk, all.ToString());
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_plan_that_runs_is_open_and_counts_as_such(string database)
    {
        var opening = Enumerable.Range(0, Journal.Records.Count).First(i => Journal.Records[i].Header.Kind == (byte)DecisionKind.PlanOpened);
        using var bed = Projected(database, opening + 1);
        var reader = bed.Store.Reader();

        var open = Assert.Single(await reader.PlansAsync(new Page(10), openOnly: true, None));

        Assert.Equal((null, null, null), (open.ClosedTime, open.Outcome, open.Realised));
        AssertSame(JournalFold.Figures(bed, open.StartAsset, 0), await reader.FiguresAsync(open.StartAsset, 0, None));
        Assert.Equal(1, (await reader.FiguresAsync(open.StartAsset, long.MaxValue - Tallies.Hour, None)).Open);
        Assert.Empty(await reader.EquityAsync(open.StartAsset, 0, None));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_equity_curve_has_a_point_for_each_closed_plan(string database)
    {
        using var bed = Projected(database, Journal.Records.Count);
        var closed = PlanResult.All(bed).Where(plan => plan.StartAsset == "USD").ToList();
        foreach (var since in closed.Select(plan => plan.ClosedTime).Append(0))
        {
            Assert.Equal(
                closed.Where(plan => plan.ClosedTime >= since).Select(plan => new EquityPoint(plan.ClosedTime, plan.Plan.Session, plan.Plan.Number, plan.Realised)),
                await bed.Store.Reader().EquityAsync("USD", since, None));
        }
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Activity_counts_the_minutes(string database)
    {
        using var bed = Projected(database, Journal.Records.Count);
        var seen = JournalFold.Opportunities(bed);
        var plans = JournalFold.All<PlanOpened>(bed).Where(at => at.Value.First is null).ToList();
        var minutes = seen.Select(row => Tallies.MinuteOf(row.OpenedTime)).Concat(plans.Select(at => Tallies.MinuteOf(at.Header.ReceivedTime))).Distinct().Order();
        var expected = minutes.Select(minute => new MinuteCount(
            minute,
            seen.Count(row => Tallies.MinuteOf(row.OpenedTime) == minute),
            seen.Count(row => Tallies.MinuteOf(row.OpenedTime) == minute && row.Refusal is not null),
            plans.Count(at => Tallies.MinuteOf(at.Header.ReceivedTime) == minute))).ToList();

        Assert.True(expected.Count >= 4);
        Assert.Equal(expected, await bed.Store.Reader().ActivityAsync(0, None));
        Assert.Equal(expected[2..], await bed.Store.Reader().ActivityAsync(expected[2].Minute + 1, None));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Sessions_kills_resumes_and_halts_are_in_the_audit(string database)
    {
        using var bed = new StoreBed(databases, database);
        using (var writer = JournalWriter.Open(bed.Journal))
        {
            Journal.Append(writer, 0);
            var time = Journal.Records[Journal.Records.Count - 1].Header.ReceivedTime;
            writer.Append(InputKind.Header(InputKind.Kill, time + 1), new PayloadWriter().Text("drill").Written);
            writer.Append(InputKind.Header(InputKind.Resume, time + 2), new PayloadWriter().Text("drill is over").Written);
            new DecisionWriter(writer) { Now = time + 3 }.Write(new TradingHalted("order px01 is none of ours"));
        }

        var audit = await bed.Project().Store.Reader().AuditAsync(new Page(100), None);

        Assert.Equal(
            ["halted The engine stopped trading: order px01 is none of ours", "resume Trading goes on: drill is over", "kill Trading was stopped: drill", "session-ended", "session-started backtest", "session-ended", "session-started backtest"],
            audit.Where(row => row.Action is "session-started" or "session-ended" or "kill" or "resume" || row.Text.Contains("px01", StringComparison.Ordinal))
                .Select(row => row.Action == "session-ended" ? row.Action : $"{row.Action} {row.Text}"));
        Assert.Equal(2, audit[0].Session);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Pages_follow_each_other_without_a_gap(string database)
    {
        using var bed = Projected(database, Journal.Records.Count);
        var reader = bed.Store.Reader();
        var pages = new List<OpportunityRow>();
        for (long? before = null; ; before = pages[^1].Sequence)
        {
            var page = await reader.OpportunitiesAsync(new Page(37, before), None);
            pages.AddRange(page);
            if (page.Count < 37)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Reverse(JournalFold.Opportunities(bed)), pages);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.OpportunitiesAsync(new Page(0), None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.OpportunitiesAsync(new Page(1_001), None));
        Assert.Null(await reader.PlanAsync(new PlanKey(9, 9), None));
        Assert.Equal((long)bed.LastSequence(), (await reader.PositionAsync(None)).Sequence);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Snapshots_are_the_balances_at_the_end_of_each_minute(string database)
    {
        using var bed = Projected(database, Journal.Records.Count);
        var balances = new Dictionary<(int Session, string Asset), decimal>();
        var expected = new Dictionary<(int, long, string), string>();
        foreach (var (session, header, posted) in JournalFold.All<Posted>(bed))
        {
            foreach (var line in posted.Lines.ToArray().Where(line => line.Account == Trading.Ledger.Account.Holdings))
            {
                balances[(session, line.Asset.Code)] = balances.GetValueOrDefault((session, line.Asset.Code)) + line.Amount;
                expected[(session, Tallies.MinuteOf(header.ReceivedTime), line.Asset.Code)] = Decimals.Plain(balances[(session, line.Asset.Code)]);
            }
        }

        var found = bed.Rows("balance_snapshots");

        Assert.True(expected.Keys.Select(key => key.Item2).Distinct().Count() >= 4);
        Assert.Equal(
            expected.Select(at => $"BalanceSnapshotEntry {{ Session = {at.Key.Item1}, Minute = {at.Key.Item2}, Asset = {at.Key.Item3}, Venue = seeded, Amount = {at.Value} }}")
                .Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal));
    }

    private static void AssertSame(Figures expected, Figures found)
    {
        Assert.Equal(expected.Outcomes.OrderBy(one => one.Key, StringComparer.Ordinal), found.Outcomes.OrderBy(one => one.Key, StringComparer.Ordinal));
        Assert.Equal(expected.Refusals.OrderBy(one => one.Key, StringComparer.Ordinal), found.Refusals.OrderBy(one => one.Key, StringComparer.Ordinal));
        Assert.Equal(expected with { Outcomes = found.Outcomes, Refusals = found.Refusals }, found);
    }

    private StoreBed Projected(string database, int records)
    {
        var bed = new StoreBed(databases, database);
        Journal.Write(bed.Journal, to: records);
        return bed.Project();
    }
}
