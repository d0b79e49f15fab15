using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Execution;

/// <summary>Legs are sent one after the other, together, or the thinnest first: as the expected value and the inventory say.</summary>
public sealed class PolicyTests
{
    private static readonly Dictionary<Asset, decimal> Inventory = new() { [HandFed.Usd] = 1_000m, [HandFed.Btc] = 20m, [HandFed.Eth] = 200m };

    [Fact]
    public void Without_inventory_for_every_leg_a_plan_is_sequential()
    {
        var hand = Choosing(new() { [HandFed.Usd] = 1_000m }).Open();

        Assert.Equal("sequential", hand.Only<PolicyChosen>().Policy);
        Assert.Single(hand.Orders);
    }

    [Fact]
    public void With_inventory_for_every_leg_all_are_sent_at_once_and_all_their_money_is_set_aside()
    {
        var hand = Choosing(Inventory).Open();

        Assert.Equal(3, hand.Orders.Count);
        Assert.Equal((1_000m, 9.9m, 98m), (hand.Reserved(HandFed.Usd), hand.Reserved(HandFed.Btc), hand.Reserved(HandFed.Eth)));
        var chosen = hand.Only<PolicyChosen>();
        Assert.Equal(("simultaneous", 8_500m, 672.2m, 20m), (chosen.Policy, chosen.FillBps, chosen.EdgeBps, chosen.FailureCostBps));
        Assert.Equal((672.2m * 0.85m) - (0.15m * 20m), chosen.ValueBps);
    }

    [Fact]
    public void Legs_that_fill_together_earn_what_was_expected_in_whatever_order_they_are_told()
    {
        var hand = Choosing(Inventory).Open().FillAll(3).FillAll(1).FillAll(2);

        var closed = hand.Only<PlanClosed>();
        Assert.Equal((PlanOutcome.Completed, HandFed.Profit), (closed.Outcome, closed.Realised));
        Assert.Equal(0m, hand.Reserved(HandFed.Usd) + hand.Reserved(HandFed.Btc) + hand.Reserved(HandFed.Eth));
        Assert.Equal((20m, 200m + 0.01m), (hand.Balance(HandFed.Btc), hand.Balance(HandFed.Eth)));
    }

    [Fact]
    public void A_first_leg_that_missed_is_bought_back_from_the_start_asset()
    {
        var hand = Choosing(Inventory).Open().FillAll(2).FillAll(3).After(10)
            .Book(HandFed.BtcUsd, [(99m, 100m)], [(101m, 30m)]).Miss(1);

        Assert.Equal((HandFed.BtcUsd, Side.Buy, 10m), (hand.Orders[3].Instrument, hand.Orders[3].Side, hand.Quantity(4)));
        hand.FillAll(4);
        Assert.Equal(20m, hand.Balance(HandFed.Btc));
        Assert.Equal(1_067.22m - 1_010m, hand.Only<PlanClosed>().Realised);
    }

    [Fact]
    public void A_middle_leg_that_missed_goes_on_or_back_and_nothing_stays_short()
    {
        var hand = Choosing(Inventory).Open().FillAll(1).FillAll(3).Miss(2);
        while (hand.Engine.Executor.OpenCount > 0)
        {
            if (hand.Engine.Executor.OrdersOut > 0)
            {
                hand.FillAll(hand.Orders.Count);
            }
            else
            {
                hand.After(1_000).Quiet().Wake();
            }
        }

        Assert.Empty(hand.Engine.Executor.Residuals.Open);
        Assert.True(decimal.Abs(hand.Balance(HandFed.Btc) - 20m) < 0.2m && decimal.Abs(hand.Balance(HandFed.Eth) - 200m) < 0.2m);
    }

    [Fact]
    public void What_cannot_be_bought_back_is_a_residual_below_zero()
    {
        var hand = Choosing(Inventory).Open().FillAll(2).FillAll(3).BookLost(HandFed.BtcUsd).Miss(1);
        while (hand.Engine.Executor.OpenCount > 0)
        {
            hand.Wake();
        }

        Assert.Equal(-9.9m, Assert.Single(hand.Engine.Executor.Residuals.Open).Amount);
        Assert.Equal(PlanOutcome.Residual, hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void A_hybrid_plan_sends_the_thinnest_leg_first_and_sizes_the_others_to_its_fill()
    {
        var hand = Choosing(Inventory, taught: new Opening.Route("USD>BTC>ETH>USD/simultaneous", 20, 0, 20_000m)).Open();
        Assert.Equal("hybrid", hand.Only<PolicyChosen>().Policy);
        // All of BTC/USD within the limit is taken, half of the others.
        Assert.Equal(HandFed.BtcUsd, Assert.Single(hand.Orders).Instrument);

        hand.FillPart(1, 5m);

        Assert.Equal(3, hand.Orders.Count);
        Assert.Equal((49.5m, 49m), (hand.Quantity(2), hand.Quantity(3)));
        hand.FillAll(3).FillAll(2);
        Assert.Equal(PlanOutcome.Completed, hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void A_hybrid_plan_whose_first_leg_missed_sends_nothing_else()
    {
        var hand = Choosing(Inventory, taught: new Opening.Route("USD>BTC>ETH>USD/simultaneous", 20, 0, 20_000m)).Open().Miss(1);

        Assert.Single(hand.Orders);
        Assert.Equal(PlanOutcome.Missed, hand.Only<PlanClosed>().Outcome);
    }

    [Fact]
    public void An_expected_value_below_the_least_refuses_with_both_numbers()
    {
        var hand = new HandFed(settings => settings with
        {
            Execution = settings.Execution with { PolicyChoosing = PolicyChoosing.ExpectedValue, ExpectedValueBpsMin = 600m },
        }).Open();

        var refused = hand.Only<OpportunityRefused>();
        Assert.Equal(("expected-value", (672.2m * 0.75m) - 2.5m, 600m), (refused.Reason, refused.Value, refused.Threshold));
        Assert.Empty(hand.Orders);
        Assert.Equal(0m, hand.Reserved(HandFed.Usd));
    }

    [Fact]
    public void What_was_learned_is_known_after_a_restart()
    {
        var hand = Choosing(new() { [HandFed.Usd] = 1_000m }).Open().Miss(1);
        var learned = Assert.Single(hand.Engine.Executor.Estimates.Routes);
        Assert.Equal((1, 0), (learned.Attempts, learned.Fills));

        var next = hand.Restarted().Quiet().Restarted().Quiet();

        Assert.Equal(learned, Assert.Single(next.Engine.Executor.Estimates.Routes));
    }

    [Fact]
    public void Practice_tells_what_to_expect_of_a_route_before_it_was_tried_and_makes_no_session_before_this_one()
    {
        var hand = new HandFed(
            settings => settings with { Execution = settings.Execution with { PolicyChoosing = PolicyChoosing.ExpectedValue } },
            [new Opening.Practice(new Opening.Route("USD>BTC>ETH>USD/sequential", 32, 0, 3_200m))]).Open();

        // 32 attempts count as 16, beside the 4 of the prior: 3 fills of 20, and failures that cost 1,600 and 10 bps in all.
        var chosen = hand.Only<PolicyChosen>();
        Assert.Equal((1_500m, (1_600m + 10m) / 17m), (chosen.FillBps, chosen.FailureCostBps));
        Assert.Contains(hand.All<Posted>(), posted => posted.Reason == PostingReason.Deposit);
        Assert.Empty(hand.Engine.Executor.Estimates.Routes);
    }

    [Fact]
    public void A_journal_of_simulated_sessions_tells_what_came_of_each_route()
    {
        var fold = new PracticeFold();
        foreach (var session in (HandFed[])[new HandFed().Open().Miss(1), new HandFed().Open().FillAll(1).FillAll(2).FillAll(3)])
        {
            for (var i = 0; i < session.Journal.Count; i++)
            {
                fold.Take(session.Journal[i]);
            }
        }

        Assert.Equal(new Opening.Practice(new Opening.Route("USD>BTC>ETH>USD/sequential", 2, 1, 0m)), Assert.Single(fold.Routes));
    }

    private static HandFed Choosing(Dictionary<Asset, decimal> capital, Opening.Route? taught = null) => new(
        settings => settings with { Capital = capital, Execution = settings.Execution with { PolicyChoosing = PolicyChoosing.ExpectedValue } },
        taught is null
            ? null
            : [.. capital.Select(held => new Opening.Balance(new Holding(held.Key, HandFed.Venue), held.Value)), taught]);
}
