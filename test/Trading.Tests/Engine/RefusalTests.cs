using Parallax.Domain;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Tests.Engine;

/// <summary>Every opportunity that is not taken says why, with what was found and what is allowed.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void A_book_older_than_the_limit_refuses_with_its_age()
    {
        var hand = Limited(limits => limits with { BookAgeMillisMax = 300, LegCoherenceMillisMax = 5_000 }).Quiet();
        hand.After(301).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

        AssertRefused(hand, "book-age", 301m, 300m);
        hand.Book(HandFed.BtcUsd, [(99m, 101m)], [(100m, 10m)]).Book(HandFed.EthBtc, [(0.098m, 201m)], [(0.1m, 200m)]);
        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void A_book_exactly_as_old_as_the_limit_passes()
    {
        var hand = Limited(limits => limits with { BookAgeMillisMax = 300, LegCoherenceMillisMax = 300 }).Quiet();
        hand.After(300).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void Books_seen_too_far_apart_refuse_with_the_distance()
    {
        var hand = Limited(limits => limits with { BookAgeMillisMax = 5_000, LegCoherenceMillisMax = 100 }).Quiet();
        hand.After(150).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

        AssertRefused(hand, "leg-coherence", 150m, 100m);
    }

    [Fact]
    public void An_edge_below_the_minimum_refuses_with_its_exact_size()
    {
        var hand = Limited(limits => limits with { NetEdgeBpsMin = 672.21m }).Open();

        AssertRefused(hand, "net-edge", 672.2m, 672.21m);
        Assert.Equal((1_000m, HandFed.Profit), (hand.Only<OpportunityRefused>().Input, hand.Only<OpportunityRefused>().Profit));
    }

    [Fact]
    public void An_edge_equal_to_the_minimum_passes() => Assert.Single(Limited(limits => limits with { NetEdgeBpsMin = 672.2m }).Open().Orders);

    [Fact]
    public void A_plan_is_sized_below_the_largest_notional()
    {
        var hand = Limited(limits => limits with { NotionalMax = 250m }).Open();

        Assert.True(hand.Only<PlanOpened>().Input is <= 250m and > 200m);
        Assert.Equal(hand.Only<PlanOpened>().Input, hand.Reserved(HandFed.Usd));
    }

    [Fact]
    public void A_share_of_the_balance_is_never_spent()
    {
        var hand = Limited(limits => limits with { ReserveFraction = 0.4m }).Open();

        Assert.Equal(600m, hand.Only<PlanOpened>().Input);
    }

    [Fact]
    public void A_reserve_that_leaves_less_than_the_smallest_plan_refuses()
    {
        var hand = Limited(limits => limits with { ReserveFraction = 1m, NotionalMin = 10m }).Open();

        AssertRefused(hand, "reserve", 0m, 10m);
    }

    [Fact]
    public void Without_the_start_asset_nothing_is_planned()
    {
        var hand = new HandFed(settings => settings with { Capital = new Dictionary<Asset, decimal> { [HandFed.Eth] = 5m } }).Open();

        AssertRefused(hand, "balance", 0m, 0m);
        Assert.Empty(hand.Orders);
    }

    [Fact]
    public void A_balance_below_the_smallest_plan_refuses()
    {
        var hand = Limited(limits => limits with { NotionalMin = 1_001m }).Open();

        AssertRefused(hand, "notional-min", 1_000m, 1_001m);
    }

    [Fact]
    public void With_no_open_plans_allowed_the_limit_is_named()
    {
        var hand = Limited(limits => limits with { OpenPlansMax = 0 }).Open();

        AssertRefused(hand, "open-plans", 1m, 0m);
    }

    [Fact]
    public void Lots_too_coarse_for_any_profit_refuse()
    {
        var hand = new HandFed(settings => settings with { Capital = new Dictionary<Asset, decimal> { [HandFed.Usd] = 0.9m } }).Open();

        Assert.Equal("lots", hand.Only<OpportunityRefused>().Reason);
        Assert.Empty(hand.Orders);
    }

    [Fact]
    public void A_killed_engine_opens_nothing_until_it_may_resume()
    {
        var hand = new HandFed().Quiet().Command(InputKind.Kill, "operator");
        hand.Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);
        AssertRefused(hand, "kill", 1m, 0m);

        hand.Command(InputKind.Resume, "checked").Book(HandFed.EthUsd, [(11m, 201m)], [(11.1m, 200m)]);

        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void A_kill_stops_new_plans_but_the_running_one_settles()
    {
        var hand = new HandFed().Open().Command(InputKind.Kill, "operator").FillAll(1).FillAll(2).FillAll(3);

        Assert.Equal(PlanOutcome.Completed, hand.Only<PlanClosed>().Outcome);
        hand.After(10).Open().After(10).Quiet().After(10).Open();
        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void A_halted_engine_refuses_as_a_killed_one()
    {
        var hand = new HandFed().Open().FillPart(1, 3m).Fill(1, 1m).FillAll(2).FillAll(3).FillAll(4).FillAll(5);
        Assert.NotNull(hand.Engine.Executor.HaltReason);
        hand.After(10).Quiet().After(10).Open();

        Assert.Equal("kill", hand.All<OpportunityRefused>()[^1].Reason);
        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void An_opportunity_is_tried_once_and_again_only_after_its_edge_was_gone()
    {
        var hand = new HandFed().Open().Miss(1);
        hand.After(10).Book(HandFed.EthUsd, [(11m, 150m)], [(11.1m, 200m)]);
        Assert.Single(hand.Orders);

        hand.After(10).Quiet().After(10).Open();

        Assert.Equal(2, hand.Orders.Count);
        Assert.Equal("edge-gone", hand.Only<OpportunityClosed>().Why);
        Assert.Equal(1, hand.Only<OpportunityClosed>().Plan);
    }

    [Fact]
    public void A_book_we_traded_on_is_not_used_again_before_it_was_updated()
    {
        var hand = new HandFed().Open().FillAll(1).FillAll(2).FillAll(3);

        // The edge goes and comes back through ETH/USD alone; BTC/USD still shows what was taken there.
        hand.After(10).Book(HandFed.EthUsd, [(9m, 200m)], [(11.1m, 200m)]).After(10).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

        Assert.Equal("own-trade-unseen", hand.Only<OpportunityRefused>().Reason);
        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void Two_plans_never_share_a_market()
    {
        var hand = new HandFed().Open();
        hand.After(10).Quiet().After(10).Open();

        AssertRefused(hand, "instrument-busy", 0m, 0m);
        Assert.Single(hand.Orders);
    }

    [Fact]
    public void A_lost_book_closes_the_opportunity_and_says_so()
    {
        var hand = Limited(limits => limits with { OpenPlansMax = 0 }).Open().BookLost(HandFed.EthBtc);

        Assert.Equal("book-lost", hand.Only<OpportunityClosed>().Why);
        Assert.Equal("FeedLost", hand.Only<BookInvalidated>().Reason);
    }

    [Fact]
    public void A_crossed_book_is_no_opportunity()
    {
        var hand = new HandFed().Quiet().Book(HandFed.EthUsd, [(11m, 200m)], [(10.9m, 200m)]);

        Assert.Empty(hand.All<OpportunityOpened>());
        Assert.Empty(hand.Orders);
    }

    [Fact]
    public void Each_reason_is_written_once_in_an_opportunitys_life_and_repeats_are_counted_at_its_end()
    {
        var hand = Limited(limits => limits with { OpenPlansMax = 0 }).Open();
        for (var i = 1; i <= 4; i++)
        {
            hand.After(1).Book(HandFed.EthUsd, [(11m, 200m + i)], [(11.1m, 200m)]);
        }

        hand.After(1).Quiet();

        Assert.Single(hand.All<OpportunityRefused>());
        Assert.Equal(5, hand.Only<OpportunityClosed>().Refusals);
        Assert.Equal(1, hand.Engine.Totals.Refused["open-plans"]);
    }

    private static HandFed Limited(Func<RiskLimits, RiskLimits> change) =>
        new(settings => settings with { Limits = change(settings.Limits) });

    private static void AssertRefused(HandFed hand, string reason, decimal value, decimal threshold)
    {
        var refused = hand.Only<OpportunityRefused>();
        Assert.Equal((reason, value, threshold), (refused.Reason, refused.Value, refused.Threshold));
    }
}
