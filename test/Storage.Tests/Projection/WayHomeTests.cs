using Parallax.Domain;
using Parallax.Storage.Projection;
using Parallax.Storage.Queries;
using Parallax.Storage.Tests.Engines;
using Parallax.Storage.Tests.Journals;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Storage.Tests.Projection;

/// <summary>A plan and those that bring home what it left are one row and one result, which ends where the last of them does.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class WayHomeTests(Databases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Asset Usd = new("USD");

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_plan_that_left_something_is_no_loss_while_that_is_open(string database)
    {
        using var bed = Bed(database, 4).Project();
        var reader = bed.Store.Reader();

        var plan = Assert.Single(await reader.PlansAsync(new Page(10), openOnly: false, None));
        Assert.Equal(("residual", 0m, -5m), (plan.Outcome, plan.Realised, plan.Slippage));
        var figures = await reader.FiguresAsync("USD", 0, None);
        Assert.Equal((1, 0, 0, 0m, 0), (figures.Plans, figures.Wins, figures.Losses, figures.Realised, figures.Open));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Once_it_is_home_the_row_tells_one_result_at_the_time_of_its_end(string database)
    {
        using var bed = Bed(database, 7).Project();
        var reader = bed.Store.Reader();

        var plan = Assert.Single(await reader.PlansAsync(new Page(10), openOnly: false, None));
        Assert.Equal(("unwound", -1m, -6m, HandJournal.Start + (6 * HandJournal.Minute)), (plan.Outcome, plan.Realised, plan.Slippage, plan.ClosedTime));
        Assert.Equal(plan.Realised, plan.GrossProfit + plan.Fees + plan.Rounding + plan.Slippage);
        Assert.Equal(new PlanKey(1, 1), (await reader.PlanAsync(new PlanKey(1, 2), None))!.First);
        Assert.Equal([-1m], (await reader.EquityAsync("USD", 0, None)).Select(point => point.Realised));
        Assert.Equal(["ProfitEntry { Session = 1, Asset = USD, Realised = -1 }"], bed.Rows("profits"));
        foreach (var since in new[] { 0, HandJournal.Start })
        {
            var figures = await reader.FiguresAsync("USD", since, None);
            Assert.Equal((1, 0, 1, -1m, -1m, 5 * HandJournal.Minute), (figures.Plans, figures.Wins, figures.Losses, figures.LossSum, figures.Realised, figures.MeanDuration));
            Assert.Equal(1, figures.Outcomes["unwound"]);
            Assert.Equal(0, figures.Outcomes.GetValueOrDefault("residual"));
        }
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_a_venue_restates_of_a_way_home_changes_the_same_row(string database)
    {
        using var bed = Bed(database, 8).Project();
        var reader = bed.Store.Reader();

        Assert.Equal(("unwound", -1.5m), (await reader.PlanAsync(new PlanKey(1, 1), None)) is { } plan ? (plan.Outcome, plan.Realised) : default);
        Assert.Equal((1, -1.5m), (await reader.FiguresAsync("USD", 0, None)) is { } figures ? (figures.Losses, figures.Realised) : default);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public void Killed_at_every_step_it_is_counted_once(string database)
    {
        using var bed = Bed(database, 8);
        var crashes = bed.ProjectThroughCrashes(life => life + 1, new ProjectorOptions { BatchRecordsMax = 1 });

        Assert.True(crashes > 8, $"{crashes} crashes");
        Assert.Equal(bed.Rebuilt(), bed.Dump());
    }

    /// <summary>A plan spends 500 and leaves what a second one brings home for 499; its venue takes another 0.5 of that afterwards.</summary>
    private StoreBed Bed(string database, int records)
    {
        var bed = new StoreBed(databases, database);
        using var journal = new HandJournal(bed.Journal);
        var written = 0;
        Write(new SessionStarted(1, "test", ""));
        Write(Opened(1));
        Write(new PlanClosed(1, PlanOutcome.Residual, -500m, -505m, HandJournal.Start + HandJournal.Minute, new[] { new Remainder(new Asset("BTC"), 5m, 498m, false) }) { Carried = 500m });
        Write(new ResidualDeclared(1, 1, new(new Asset("BTC"), new VenueId("one")), 5m, Usd, 500m, 498m) { IsComingHome = true });
        Write(Opened(2) with { First = new PlanName(1, 1) });
        Write(new PlanClosed(2, PlanOutcome.Completed, 499m, 494m, HandJournal.Start + (4 * HandJournal.Minute), default) { Carried = -500m });
        Write(new PlanSettled(1, 1, PlanOutcome.Unwound, Usd, 0m, 0));
        Write(new PlanRestated(1, 2, ClientOrderId.Of(1, 2, 1), 7, 499m, 498.5m, -0.5m, "the fee of trade 7 is 1 USD and not 0.5 USD"));
        return bed;

        void Write<T>(T decision)
            where T : IDecision<T>
        {
            if (written++ < records)
            {
                journal.Write(decision);
            }
        }
    }

    private static PlanOpened Opened(int plan) => new(plan, 0, "USD>BTC>USD", Usd, 500m, 6m, -1m, 0m, 5m);
}
