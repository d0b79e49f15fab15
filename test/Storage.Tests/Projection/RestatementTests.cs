using Parallax.Domain;
using Parallax.Storage.Projection;
using Parallax.Storage.Queries;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Storage.Tests.Projection;

/// <summary>A venue changes a trade of a plan that had ended: its row and every sum over plans tell the result that holds now.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class RestatementTests(Databases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Asset Usd = new("USD");

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_plan_tells_the_restated_result_and_the_audit_the_one_before(string database)
    {
        using var bed = Bed(database).Project();
        var reader = bed.Store.Reader();

        var plan = await reader.PlanAsync(new PlanKey(1, 1), None);

        Assert.Equal(("completed", -1.5m, -10.5m), (plan!.Outcome, plan.Realised, plan.Slippage));
        Assert.Equal(plan.Realised, plan.GrossProfit + plan.Fees + plan.Rounding + plan.Slippage);
        Assert.Equal(
            [
                "1: The result of plan 1 of session 1 was restated from 4 to 3.25: the fee of trade 7 is 1 USD and not 0.25 USD",
                "2: The result of plan 1 of session 1 was restated from 3.25 to -1.5: trade 7 was reversed: bust",
            ],
            (await reader.AuditAsync(new Page(100), None)).Where(row => row.Text.Contains("of session 1 ", StringComparison.Ordinal)).Reverse().Select(row => $"{row.Session}: {row.Text}"));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Figures_count_a_plan_once_with_its_last_result_also_when_its_hour_is_a_tally(string database)
    {
        using var bed = Bed(database).Project();
        var reader = bed.Store.Reader();

        foreach (var since in new[] { 0, HandJournal.Start })
        {
            var figures = await reader.FiguresAsync("USD", since, None);
            Assert.Equal((2, 1, 1, 2m, -1.5m, 0.5m), (figures.Plans, figures.Wins, figures.Losses, figures.Gains, figures.LossSum, figures.Realised));
        }

        Assert.Equal([-1.5m, 2m], (await reader.EquityAsync("USD", 0, None)).Select(point => point.Realised));
        Assert.Equal(
            ["ProfitEntry { Session = 1, Asset = USD, Realised = -1.5 }", "ProfitEntry { Session = 2, Asset = USD, Realised = 2 }"], bed.Rows("profits"));
        Assert.Equal(
            [(1, "4"), (1, "3.25"), (1, "-1.5"), (2, "2")],
            bed.Rows("profit_snapshots").Select(row => (row[(row.IndexOf("Session = ", StringComparison.Ordinal) + 10)..][0] - '0', row[(row.LastIndexOf('=') + 2)..^2])));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Killed_at_every_step_a_restatement_is_counted_once(string database)
    {
        using var bed = Bed(database);
        var crashes = bed.ProjectThroughCrashes(life => life + 1, new ProjectorOptions { BatchRecordsMax = 1 });

        Assert.True(crashes > 10, $"{crashes} crashes");
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    /// <summary>Of two sessions with a plan each: the first one's is restated in its own session and in the next; a plan that no row knows is restated too.</summary>
    private StoreBed Bed(string database)
    {
        var bed = new StoreBed(databases, database);
        using var journal = new HandJournal(bed.Journal);
        journal.Write(new SessionStarted(1, "test", "")).Write(Opened(1)).Write(Closed(1, 4m))
            .Write(new PlanRestated(1, 1, ClientOrderId.Of(1, 1, 1), 7, 4m, 3.25m, -0.75m, "the fee of trade 7 is 1 USD and not 0.25 USD"))
            .Write(new SessionEnded(1, 1, 1))
            .Write(new SessionStarted(2, "test", "")).Write(Opened(1)).Write(Closed(1, 2m))
            .Write(new PlanRestated(1, 1, ClientOrderId.Of(1, 1, 1), 7, 3.25m, -1.5m, null, "trade 7 was reversed: bust"))
            .Write(new PlanRestated(9, 1, ClientOrderId.Of(9, 1, 1), 7, 3m, 2m, null, "of a session before this journal"));
        return bed;
    }

    private static PlanOpened Opened(int plan) => new(plan, 0, "USD>BTC>ETH>USD", Usd, 1_000m, 12m, -2m, -1m, 9m);

    private static PlanClosed Closed(int plan, decimal realised) => new(plan, PlanOutcome.Completed, realised, realised - 9m, HandJournal.Start, default);
}
