using Parallax.Domain;
using Parallax.Reporting.Funnel;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Reporting.Tests;

/// <summary>The funnel is read out of the journal alone: how far each opportunity got, what refused the others, and which came nearest.</summary>
public sealed class FunnelFoldTests
{
    [Fact]
    public void Each_opportunity_counts_as_far_as_it_got()
    {
        using var journal = new AJournal();
        journal.Session(AJournal.Instrument("BTC", 1m))
            .Write(new OpportunityOpened(1, "USD>BTC>USD", 1m))
            .Write(new OpportunityOpened(2, "USD>BTC>USD", 1m)).Write(new OpportunityRefused(2, "net-edge", 0.5m, 1m, 100m, 0.1m))
            .Open(3)
            .Event(3, 1, OrderEventType.Filled, ticks: 100, lots: 5, trade: 1);

        var report = Report(journal);

        Assert.Equal((3, 2, 1, 1, 1), (report.Detected, report.NetPositive, report.WithinRisk, report.Sent, report.Filled));
        Assert.Equal([("book-age", 1L), ("net-edge", 1L)], report.Reasons.Select(reason => (reason.Key, reason.Value)));
    }

    [Fact]
    public void The_nearest_miss_is_the_one_whose_number_was_nearest_to_its_threshold_and_says_what_it_would_have_made()
    {
        using var journal = new AJournal();
        journal.Session()
            .Write(new OpportunityOpened(1, "USD>BTC>USD", 1m)).Write(new OpportunityRefused(1, "kill", 0m, 0m, 100m, 9m))
            .Write(new OpportunityOpened(2, "USD>ETH>USD", 1m)).Write(new OpportunityRefused(2, "book-age", 700m, 500m, 0m, 0m))
            .Write(new OpportunityOpened(3, "USD>LTC>USD", 1m)).Write(new OpportunityRefused(3, "net-edge", 0.9m, 1m, 100m, 0.009m))
            .Write(new OpportunityRefused(3, "balance", 1m, 100m, 0m, 0m))
            .Write(new RefusalFollowedUp(3, "net-edge", 100m, new[] { new FollowUp(50, 0.01m), new FollowUp(250, null) }));

        var nearest = Report(journal).Nearest;

        Assert.Equal([("net-edge", 0.1m), ("book-age", 0.4m), ("kill", null)], nearest.Select(miss => (miss.Reason, miss.Distance)));
        Assert.Equal([new FollowUp(50, 0.01m), new FollowUp(250, null)], nearest[0].Looks);
        Assert.Empty(nearest[1].Looks);
    }

    [Fact]
    public void A_miss_is_told_in_the_asset_that_its_plan_would_have_begun_with()
    {
        using var journal = new AJournal();
        journal.Session()
            .Write(new OpportunityOpened(1, "USD>BTC>EUR>USD", 1m)).Write(new OpportunityRefused(1, "net-edge", 0.9m, 1m, 100m, 0.01m, new Asset("EUR")))
            .Write(new OpportunityOpened(2, "USD>BTC>EUR>USD", 1m)).Write(new OpportunityRefused(2, "net-edge", 0.8m, 1m, 100m, 0.01m));

        Assert.Equal(["EUR", "USD"], Report(journal).Nearest.Select(miss => miss.Start));
    }

    [Fact]
    public void What_was_predicted_of_plans_stands_against_what_came()
    {
        using var journal = new AJournal();
        journal.Session()
            .Write(new PolicyChosen(1, "sequential", 8_000m, 8m, 10m, 4m, default)).Open(1).Close(1)
            .Write(new PolicyChosen(2, "sequential", 8_500m, 8m, 10m, 4m, default)).Open(2).Close(2, -1m, new Remainder(AJournal.Btc, 1m, null, false))
            .Write(new PolicyChosen(3, "sequential", 9_000m, 8m, 10m, 4m, default)).Open(3)
            .Open(4).Close(4);

        var predicted = Report(journal).Predicted;

        // The third has not ended, of the fourth nothing was predicted.
        Assert.Equal((2, (0.04m + 0.7225m) / 2m), (predicted.Count, predicted.Brier));
        Assert.Equal((0.825m, 0.5m), (predicted.Buckets[8].Predicted, predicted.Buckets[8].Met));
    }

    [Fact]
    public void An_opportunity_that_became_a_plan_is_no_miss()
    {
        using var journal = new AJournal();
        journal.Session(AJournal.Instrument("BTC", 1m)).Open(1);

        Assert.Empty(Report(journal).Nearest);
    }

    [Fact]
    public void Without_a_time_only_the_newest_session_counts_and_with_one_everything_since()
    {
        using var journal = new AJournal();
        journal.Session().Write(new OpportunityOpened(1, "USD>BTC>USD", 1m)).Session().Write(new OpportunityOpened(1, "USD>ETH>USD", 1m));
        var folds = new[] { new FunnelFold(null), new FunnelFold(0), new FunnelFold(long.MaxValue) };
        using var reader = journal.Reader();
        while (reader.TryRead(out var record))
        {
            foreach (var fold in folds)
            {
                fold.Take(record);
            }
        }

        Assert.Equal([1, 2, 0], folds.Select(fold => fold.Report(5).Detected));
        Assert.All(folds, fold => Assert.Equal(2, fold.Report(5).Session));
    }

    private static FunnelReport Report(AJournal journal)
    {
        var fold = new FunnelFold(null);
        using var reader = journal.Reader();
        while (reader.TryRead(out var record))
        {
            fold.Take(record);
        }

        return fold.Report(5);
    }
}
