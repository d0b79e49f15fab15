using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Risk;

/// <summary>What failure-scenarios.md asks of losses, breakers and switches, on an engine whose every input is given by hand.</summary>
public sealed class RiskScenarioTests
{
    /// <summary>Of <see cref="Lose"/>: 1,000 USD bought 9.9 BTC after the fee; sold at 99 less 1 % they bring 970.299.</summary>
    private const decimal Loss = 29.701m;

    private const long DayMillis = 86_400_000, HourMillis = 3_600_000;

    [Theory]
    [InlineData("29.701", RiskLevel.Halted)]
    [InlineData("29.702", RiskLevel.Restricted)]
    public void E3_trading_halts_at_the_daily_limit_and_not_a_tenth_of_a_cent_before(string limit, RiskLevel level)
    {
        var hand = Limited(limits => limits with { DailyLossMax = decimal.Parse(limit) });

        Lose(hand);

        Assert.Equal((level, Loss), (hand.Engine.Risk.Losses.Level, hand.Engine.Risk.Losses.DailyLoss));
        Assert.Equal(level, hand.Only<RiskLevelChanged>().To);
        Again(hand);
        Assert.Equal("trading-state", hand.All<OpportunityRefused>()[^1].Reason);
        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void E3_a_daily_halt_ends_with_the_day_and_never_before()
    {
        var hand = Limited(limits => limits with { DailyLossMax = Loss, StateHoldMillis = 0 });
        Lose(hand);
        var toMidnight = DayMillis - (hand.Now / UtcNanos.PerMillisecond % DayMillis);

        hand.After(toMidnight - 5_000);
        Again(hand);
        Assert.Equal(RiskLevel.Halted, hand.Engine.Risk.Losses.Level);
        hand.After(5_000);
        Again(hand);

        Assert.Equal(RiskLevel.Active, hand.Engine.Risk.Losses.Level);
        Assert.Equal(2, hand.All<PlanOpened>().Count);
        Assert.Equal(2, hand.All<RiskLevelChanged>().Count);
    }

    [Fact]
    public void E3_an_operator_lifts_a_daily_halt_with_a_reason()
    {
        var hand = Limited(limits => limits with { DailyLossMax = Loss });
        Lose(hand);

        hand.Command(RiskInput.Reset, "the fault is found");
        Again(hand);

        Assert.Equal(2, hand.All<PlanOpened>().Count);
        Assert.Equal((RiskLevel.Halted, RiskLevel.Active, "reset"), Of(hand.All<RiskLevelChanged>()[^1]));
    }

    [Fact]
    public void E3_a_drawdown_halt_outlasts_the_day()
    {
        var hand = Limited(limits => limits with { DrawdownMax = 0.029m, StateHoldMillis = 0 });
        Lose(hand);

        hand.After(DayMillis);
        Again(hand);

        Assert.Equal((RiskLevel.Halted, "drawdown"), (hand.Engine.Risk.Losses.Level, hand.Engine.Risk.Losses.Why));
        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void E4_a_restart_lifts_no_halt_and_forgets_no_loss()
    {
        var before = Limited(limits => limits with { DailyLossMax = Loss });
        Lose(before);

        var after = Limited(limits => limits with { DailyLossMax = Loss }).Remember(Folded(before));
        Again(after);

        Assert.Equal((RiskLevel.Halted, Loss, 1), (after.Engine.Risk.Losses.Level, after.Engine.Risk.Losses.DailyLoss, after.Engine.Risk.Losses.Streak));
        Assert.Equal("trading-state", after.Only<OpportunityRefused>().Reason);
        Assert.Empty(after.Orders);
    }

    [Fact]
    public void E4_what_is_stranded_counts_with_what_it_has_lost_since_also_after_a_restart()
    {
        var before = Limited(limits => limits with { DailyLossMax = 200m });
        Strand(before);
        var losses = before.Engine.Risk.Losses;
        var cost = before.Only<ResidualRecorded>().Cost;
        Assert.True(losses.Level < RiskLevel.Halted);

        before.After(1_500).Book(HandFed.BtcUsd, [(70m, 100m)], [(71m, 10m)]).After(1_000).Book(HandFed.BtcUsd, [(70m, 101m)], [(71m, 10m)]);

        Assert.Equal((9.9m * 70m) - cost, losses.Unrealised);
        Assert.Equal(RiskLevel.Halted, losses.Level);
        var after = Limited(limits => limits with { DailyLossMax = 200m }).Remember(Folded(before));
        Assert.Equal(RiskLevel.Halted, after.Engine.Risk.Losses.Level);
        Assert.Equal((HandFed.Btc, 9.9m), (Assert.Single(after.Engine.Risk.Exposure.Residuals).Asset, Assert.Single(after.Engine.Risk.Exposure.Residuals).Amount));
    }

    [Fact]
    public void E5_after_the_pause_one_probe_goes_out_and_its_failure_doubles_the_pause()
    {
        var hand = Limited(limits => limits with { BreakerFailuresMax = 2, BreakerPauseMillis = 30_000, BreakerPauseMillisMax = 240_000, BreakerProbes = 2 });
        Rejected(hand, 2);
        var venue = hand.Engine.Risk.Breakers[BreakerScope.Of(HandFed.Venue)];
        Assert.Equal(BreakerState.Open, venue.State);

        hand.After(30_000);
        Again(hand);
        Assert.Equal(3, hand.Orders.Count);
        Assert.Equal(BreakerState.Open, venue.Look(hand.Now));
        hand.Reject(3);

        Assert.Equal((BreakerState.Open, 60_000 * UtcNanos.PerMillisecond), (venue.State, venue.UntilNanos - hand.Now));
        hand.After(58_000);
        Again(hand);
        Assert.Equal("circuit-open", hand.All<OpportunityRefused>()[^1].Reason);
        Assert.Equal(3, hand.Orders.Count);
    }

    [Fact]
    public void A19_a_storm_of_rejections_stops_the_orders_at_once_and_a_probe_follows_after_the_pause()
    {
        var hand = Limited(limits => limits with { BreakerFailuresMax = 5, BreakerPauseMillis = 30_000 });

        Rejected(hand, 20);

        Assert.Equal(5, hand.Orders.Count);
        Assert.Contains(hand.All<OpportunityRefused>(), refused => refused.Reason == "circuit-open");
        Assert.Equal(["global", "strategy:cycles", "venue:hand"], hand.All<BreakerChanged>().Select(changed => changed.Scope).Order());
        hand.After(30_000);
        Again(hand);
        Assert.Equal(6, hand.Orders.Count);
    }

    [Fact]
    public void A19_an_order_that_came_back_unfilled_is_no_failure()
    {
        var hand = Limited(limits => limits with { BreakerFailuresMax = 2 });
        for (var i = 1; i <= 5; i++)
        {
            Again(hand).Miss(i);
        }

        Assert.Equal(5, hand.Orders.Count);
        Assert.Empty(hand.All<BreakerChanged>());
    }

    [Fact]
    public void An_open_breaker_is_open_after_a_restart()
    {
        var before = Limited(limits => limits with { BreakerFailuresMax = 2, BreakerPauseMillis = 30_000 });
        Rejected(before, 2);

        var after = Limited(limits => limits with { BreakerFailuresMax = 2, BreakerPauseMillis = 30_000 }).Remember(Folded(before));
        Again(after);

        Assert.Equal("circuit-open", after.Only<OpportunityRefused>().Reason);
    }

    [Fact]
    public void An_operator_opens_and_closes_a_breaker()
    {
        var hand = Limited(limits => limits);
        hand.Command(new BreakerCommand("venue:hand", IsTrip: true, "the venue announced trouble", "test"));
        Again(hand);
        Assert.Equal("circuit-open", hand.Only<OpportunityRefused>().Reason);

        hand.Command(new BreakerCommand("venue:hand", IsTrip: false, "it is over", "test"));
        Again(hand);

        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void A_plan_that_loses_its_limit_opens_the_breaker_of_its_strategy()
    {
        var hand = Limited(limits => limits with { PlanLossMax = Loss });

        Lose(hand);

        Assert.Equal(("strategy:cycles", BreakerState.Open, "plan-loss"), (hand.Only<BreakerChanged>().Scope, hand.Only<BreakerChanged>().State, hand.Only<BreakerChanged>().Why));
    }

    [Fact]
    public void B7_a_price_ten_times_off_is_no_opportunity()
    {
        var hand = Limited(limits => limits with { OutlierBpsMax = 2_000m }).Quiet().After(1_100).Quiet();

        hand.After(10).Book(HandFed.EthUsd, [(110m, 200m)], [(111m, 200m)]);

        Assert.Equal("outlier", hand.Only<OpportunityRefused>().Reason);
        Assert.True(hand.Only<OpportunityRefused>().Value > 90_000m);
        Assert.Empty(hand.Orders);
    }

    [Fact]
    public void The_last_hour_s_loss_stops_new_plans_for_an_hour()
    {
        var hand = Limited(limits => limits with { HourlyLossMax = Loss });
        Lose(hand);

        Again(hand);
        Assert.Equal("hourly-loss", hand.All<OpportunityRefused>()[^1].Reason);
        hand.After(HourMillis);
        Again(hand);

        Assert.Equal(2, hand.All<PlanOpened>().Count);
    }

    [Fact]
    public void A_cautious_engine_makes_plans_of_half_the_size()
    {
        var hand = Limited(limits => limits with { DailyLossMax = 50m, NotionalMax = 500m });
        hand.Open();
        Assert.InRange(hand.Only<PlanOpened>().Input, 400m, 500m);
        hand.FillAll(1).After(10).Book(HandFed.EthUsd, [(9m, 200m)], [(11.1m, 200m)]).After(10).Book(HandFed.BtcUsd, [(95m, 100m)], [(100m, 10m)]).Miss(2).FillAll(3);
        Assert.Equal(RiskLevel.Cautious, hand.Engine.Risk.Losses.Level);

        Again(hand);

        Assert.InRange(hand.All<PlanOpened>()[^1].Input, 200m, 250m);
    }

    [Fact]
    public void So_many_orders_a_minute_and_a_fifth_of_them_is_kept()
    {
        var hand = Limited(limits => limits with { OrdersPerMinuteMax = 5 });
        Again(hand).Miss(1);
        Again(hand).Miss(2);

        Again(hand);

        Assert.Equal(("order-rate", 5m, 4m), (hand.Only<OpportunityRefused>().Reason, hand.Only<OpportunityRefused>().Value, hand.Only<OpportunityRefused>().Threshold));
        hand.After(60_000);
        Again(hand);
        Assert.Equal(3, hand.Orders.Count);
    }

    [Fact]
    public void What_is_stranded_takes_room_from_the_exposure_of_its_asset()
    {
        var hand = Limited(limits => limits with { AssetExposureMax = 1_000m });
        Strand(hand);

        Assert.InRange(hand.Engine.Risk.Exposure.In(HandFed.Btc), 900m, 1_000m);
        Assert.Equal(hand.Engine.Risk.Exposure.In(HandFed.Btc), hand.Engine.Risk.Exposure.Total);
    }

    [Fact]
    public void D6_a_venue_that_takes_no_orders_has_no_health_also_when_it_said_so_before_its_first_market()
    {
        var hand = Limited(limits => limits with { VenueHealthMin = 0.5m });
        hand.Engine.Risk.OnVenueStatus(HandFed.Venue, isOpen: false);

        Again(hand);
        Assert.Equal(("venue-health", 0m), (hand.Only<OpportunityRefused>().Reason, hand.Only<OpportunityRefused>().Value));
        hand.Engine.Risk.OnVenueStatus(HandFed.Venue, isOpen: true);
        Again(hand);

        Assert.Single(hand.All<PlanOpened>());
    }

    [Fact]
    public void What_is_worked_off_frees_its_exposure_and_its_loss_is_remembered()
    {
        var hand = Limited(limits => limits);
        Strand(hand);
        var cost = hand.Only<ResidualRecorded>().Cost;

        hand.Engine.Risk.OnResidualWorked(Assert.Single(hand.Engine.Executor.Residuals.Open), cost - 5m, []);

        Assert.Equal(0m, hand.Engine.Risk.Exposure.Total);
        Assert.Equal((0, -5m), (hand.All<LossRecorded>()[^1].Plan, hand.All<LossRecorded>()[^1].Profit));
        Assert.Empty(Folded(hand).Residuals);
    }

    [Fact]
    public void A_plan_of_an_earlier_session_is_exposure_until_it_ends()
    {
        var hand = Limited(limits => limits).Open();
        var planned = hand.Engine.Executor.OpenPlans.Single().Planned;
        hand.Miss(1);
        Assert.Equal(0m, hand.Engine.Risk.Exposure.Total);

        hand.Engine.Risk.OnPlanTakenOver(77, planned);
        Assert.Equal(planned.Input, hand.Engine.Risk.Exposure.In(HandFed.Btc));
        hand.Engine.Risk.OnPlanClosed(77, PlanOutcome.Completed, HandFed.Usd, 1m, []);

        Assert.Equal(0m, hand.Engine.Risk.Exposure.Total);
    }

    [Fact]
    public void The_same_inputs_make_the_same_risk_decisions()
    {
        var (one, other) = (Limited(limits => limits with { DailyLossMax = Loss, BreakerFailuresMax = 2 }), Limited(limits => limits with { DailyLossMax = Loss, BreakerFailuresMax = 2 }));
        foreach (var hand in new[] { one, other })
        {
            Rejected(hand, 3);
            hand.After(31_000);
            Again(hand);
        }

        Assert.Equal(one.Journal.Count, other.Journal.Count);
        Assert.All(Enumerable.Range(0, one.Journal.Count), i => Assert.True(one.Journal[i].Bytes.SequenceEqual(other.Journal[i].Bytes)));
    }

    private static HandFed Limited(Func<RiskLimits, RiskLimits> change) => new(settings => settings with { Limits = change(settings.Limits) });

    /// <summary>The opportunity goes and comes back, on books that show nothing of ours any more.</summary>
    private static HandFed Again(HandFed hand) => hand.After(1_100).Quiet().After(10).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);

    private static void Rejected(HandFed hand, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var sent = hand.Orders.Count;
            Again(hand);
            if (hand.Orders.Count > sent)
            {
                hand.Reject(hand.Orders.Count);
            }
        }
    }

    /// <summary>The first leg fills, the second misses, and the way home costs.</summary>
    private static void Lose(HandFed hand) =>
        hand.Open().FillAll(1).After(10).Book(HandFed.EthUsd, [(9m, 200m)], [(11.1m, 200m)]).Miss(2).FillAll(3);

    /// <summary>The first leg fills, then no book takes anything: the plan ends with its BTC.</summary>
    private static void Strand(HandFed hand)
    {
        hand.Open().FillAll(1).After(10)
            .Book(HandFed.EthUsd, [(9m, 200m)], [(11.1m, 200m)])
            .Book(HandFed.BtcUsd, [(97m, 100m)], [(100m, 10m)])
            .BookLost(HandFed.EthBtc)
            .Miss(2).Miss(3);
        var answered = 3;
        while (hand.All<PlanClosed>().Count == 0)
        {
            if (hand.Orders.Count > answered)
            {
                hand.Miss(++answered);
            }
            else
            {
                hand.Wake();
            }
        }
    }

    private static RiskMemory Folded(HandFed hand)
    {
        var memory = new RiskMemory();
        for (var i = 0; i < hand.Journal.Count; i++)
        {
            memory.Take(hand.Journal[i]);
        }

        return memory;
    }

    private static (RiskLevel From, RiskLevel To, string Why) Of(RiskLevelChanged changed) => (changed.From, changed.To, changed.Why);
}
