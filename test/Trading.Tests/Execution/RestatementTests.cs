using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;
using Parallax.Trading.Tests.Reconciliation;

namespace Parallax.Trading.Tests.Execution;

/// <summary>A venue says afterwards that a fee was another, or that a trade never was.</summary>
public sealed class RestatementTests
{
    [Fact]
    public void A16_A_fee_of_nothing_that_is_corrected_after_the_plan_restates_its_result_once()
    {
        var hand = new HandFed().Open().FillAll(1).FillAll(2).Accept(3).Fill(3, 98m, fee: 0m);
        Assert.Equal(1_078m - 1_000m, hand.Only<PlanClosed>().Realised);
        var told = new FeeCorrection(hand.Orders[2].Id, 3, HandFed.Usd, 10.78m);

        hand.Give(told).Give(told);

        Assert.Equal(1_067.22m, hand.Balance(HandFed.Usd));
        var restated = hand.Only<PlanRestated>();
        Assert.Equal((1, 1, 78m, HandFed.Profit, -10.78m), (restated.Session, restated.Plan, restated.Before, restated.After, restated.Worth));
        var posted = Assert.Single(hand.All<Posted>(), posted => posted.Reason == PostingReason.FeeCorrection);
        Assert.Equal((1, 3UL), (posted.Plan, posted.TradeId));
        Assert.Equal(HandFed.Profit, hand.Engine.Executor.Totals.Realised[HandFed.Usd]);
    }

    [Fact]
    public void A13_A_fill_that_is_told_after_its_plan_had_ended_is_listed_as_left_behind()
    {
        var hand = new HandFed().Open().Miss(1);
        Assert.Equal(PlanOutcome.Missed, hand.Only<PlanClosed>().Outcome);

        hand.Fill(1, 10m);

        var left = Assert.Single(hand.Engine.Executor.Residuals.Open);
        Assert.Equal((HandFed.Btc, 9.9m, HandFed.Usd, 1_000m), (left.Holding.Asset, left.Amount, left.StartAsset, left.Cost));
        Assert.Equal(9.9m, Assert.Single(hand.Engine.Risk.Exposure.Residuals).Amount);
        // What it cost is carried until it is home.
        Assert.Equal(0m, hand.Engine.Executor.Totals.Realised[HandFed.Usd]);
        Assert.Equal((PlanOutcome.Residual, 0m, 1), (hand.Only<PlanSettled>().Outcome, hand.Only<PlanSettled>().Change, hand.Only<PlanSettled>().Open));
        Assert.Contains("after it was reported finished", hand.All<TradingHalted>()[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A16_A_correction_while_the_plan_runs_is_part_of_its_result()
    {
        var hand = new HandFed().Open().Accept(1).Fill(1, 10m, fee: 0m);
        hand.Give(new FeeCorrection(hand.Orders[0].Id, 1, HandFed.Btc, 0.1m));

        Assert.Equal(9.9m, hand.Balance(HandFed.Btc));
        Assert.Empty(hand.All<PlanRestated>());
        hand.FillPart(2, 99m).FillAll(3);
        Assert.Equal(PlanOutcome.Completed, hand.Only<PlanClosed>().Outcome);
        Assert.Equal(HandFed.Profit, hand.Only<PlanClosed>().Realised);
        Assert.Equal(0m, hand.Balance(HandFed.Btc));
    }

    [Fact]
    public void A16_A_fee_in_another_asset_is_given_back_and_charged_there()
    {
        var hand = new HandFed().Open().FillAll(1).FillAll(2).FillAll(3);

        hand.Give(new FeeCorrection(hand.Orders[2].Id, 3, HandFed.Eth, 0.01m));

        Assert.Equal((1_078m, 0m), (hand.Balance(HandFed.Usd), hand.Balance(HandFed.Eth)));
        var restated = hand.Only<PlanRestated>();
        Assert.Equal((HandFed.Profit, 78m, 10.78m - 0.11m), (restated.Before, restated.After, restated.Worth));
        Assert.Equal(0.01m, hand.Engine.Treasury.Ledger.Sum(Account.Fees, new Holding(HandFed.Eth, HandFed.Venue)).Value - 0.99m);
    }

    [Theory]
    [InlineData(10.7800001, false)]
    [InlineData(10.77, false)]
    [InlineData(10.8, true)]
    [InlineData(0, true)]
    public void A16_What_is_only_printed_with_fewer_digits_corrects_nothing(decimal fee, bool corrects)
    {
        var hand = new HandFed().Open().FillAll(1).FillAll(2).FillAll(3);

        hand.Give(new FeeCorrection(hand.Orders[2].Id, 3, HandFed.Usd, fee));

        Assert.Equal(corrects, hand.All<PlanRestated>().Count == 1);
    }

    [Fact]
    public void A16_The_history_of_a_survey_corrects_a_fee_of_a_session_before()
    {
        var first = RestartTests.Trading().FillAll(1).FillAll(2).Accept(3).Fill(3, 98m, fee: 0m);
        var second = first.Restarted().Quiet().SayLedger();
        var order = first.Orders[2].Id;

        Survey(second, 1_067.22m, new Statement.OwnTrade(HandFed.Venue, order, 3, HandFed.Usd, 10.78m));

        var restated = second.Only<PlanRestated>();
        Assert.Equal((1, 1, 78m, HandFed.Profit), (restated.Session, restated.Plan, restated.Before, restated.After));
        Assert.Equal(1_067.22m, second.Balance(HandFed.Usd));
        var third = second.Restarted().Quiet().SayLedger();
        Survey(third, 1_067.22m, new Statement.OwnTrade(HandFed.Venue, order, 3, HandFed.Usd, 10.78m));
        Assert.Empty(third.All<PlanRestated>());
        Assert.Empty(third.Engine.Reconciler.Drifts);
    }

    [Fact]
    public void A22_A_reversed_trade_of_a_plan_that_has_ended_restates_it_and_leaves_a_residual_with_its_mark()
    {
        var hand = new HandFed().Open().FillAll(1).FillAll(2).FillAll(3);
        var told = new TradeReversal(default, 3, "busted");

        hand.Give(told).Give(told);

        Assert.Equal((0m, 98.01m), (hand.Balance(HandFed.Usd), hand.Balance(HandFed.Eth)));
        var reversed = hand.Only<TradeReversed>();
        Assert.Equal((1, 98m, 1_078m, "busted"), (reversed.Plan, reversed.SpentAmount, reversed.ReceivedAmount, reversed.Reason));
        var restated = hand.Only<PlanRestated>();
        Assert.Equal((HandFed.Profit, -1_000m), (restated.Before, restated.After));
        var residual = Assert.Single(hand.Engine.Executor.Residuals.Open);
        Assert.Equal((HandFed.Eth, 98m, 1_067.22m, 98m * 11m), (residual.Holding.Asset, residual.Amount, residual.Cost, residual.Mark));
    }

    [Fact]
    public void A22_A_running_plan_whose_trade_is_reversed_sees_its_position_change_and_ends_with_exact_books()
    {
        var hand = new HandFed().Open().FillAll(1);

        hand.Give(new TradeReversal(hand.Orders[0].Id, 1, "busted"));
        Assert.Equal((1_000m, 0m), (hand.Balance(HandFed.Usd), hand.Balance(HandFed.Btc)));
        hand.Miss(2);

        Assert.Equal((PlanOutcome.Missed, 0m), (hand.Only<PlanClosed>().Outcome, hand.Only<PlanClosed>().Realised));
        Assert.Empty(hand.All<PlanRestated>());
        Assert.Equal(0m, hand.Reserved(HandFed.Usd));
    }

    [Fact]
    public void A22_A_trade_is_taken_for_reversed_only_when_several_complete_histories_over_some_time_miss_it()
    {
        var hand = Traded();
        var (first, second) = (Own(hand, 1), Own(hand, 2));
        var (eth, usd) = (98.01m, 0m);

        for (var answer = 0; answer < 12 && hand.All<TradeReversed>().Count == 0; answer++)
        {
            Survey(hand, [(HandFed.Usd, usd), (HandFed.Eth, eth)], first, second);
        }

        Assert.Equal(3UL, hand.Only<TradeReversed>().TradeId);
        Assert.True(hand.All<Reconciled>().Count(reconciled => reconciled.IsComplete) > 3);
        Survey(hand, [(HandFed.Usd, usd), (HandFed.Eth, eth)], first, second);
        Assert.Empty(hand.Engine.Reconciler.Drifts);
        Assert.Equal((usd, eth), (hand.Balance(HandFed.Usd), hand.Balance(HandFed.Eth)));
    }

    [Fact]
    public void A22_A_history_that_holds_the_trade_again_or_was_not_whole_proves_nothing()
    {
        var hand = Traded();
        for (var answer = 0; answer < 12; answer++)
        {
            if (answer % 3 == 2)
            {
                Survey(hand, 1_067.22m, Own(hand, 1), Own(hand, 2), Own(hand, 3));
            }
            else
            {
                Survey(hand, 1_067.22m, Own(hand, 1), Own(hand, 2));
            }
        }

        hand.Wake();
        hand.Say(new Statement.Begun(HandFed.Venue, 0, ListsTrades: true), new Statement.Ended(HandFed.Venue, false, "cut"));
        Assert.Empty(hand.All<TradeReversed>());
    }

    [Fact]
    public void What_was_reversed_and_not_yet_declared_is_listed_by_the_next_session_from_every_record()
    {
        var first = RestartTests.Trading().FillAll(1).FillAll(2).FillAll(3);
        var before = first.Journal.Count;
        first.Give(new TradeReversal(default, 3, "busted"));

        for (var records = before; records <= first.Journal.Count; records++)
        {
            var openings = first.Fold(records).Openings();
            var eth = openings.OfType<Opening.Balance>().Where(held => held.Holding.Asset == HandFed.Eth).Sum(held => held.Amount);
            Assert.Equal(eth - 0.01m, openings.OfType<Opening.Residual>().Sum(residual => residual.Amount));
            Assert.Equal(eth > 1m ? 2 : 3, openings.OfType<Opening.Trade>().Count());
        }
    }

    [Fact]
    public void What_a_late_fill_brought_and_was_not_yet_declared_is_listed_by_the_next_session_from_every_record()
    {
        var first = RestartTests.Trading().Miss(1);
        var before = first.Journal.Count;
        first.Fill(1, 10m);
        Assert.Equal(9.9m, first.Balance(HandFed.Btc));

        for (var records = before; records <= first.Journal.Count; records++)
        {
            var openings = first.Fold(records).Openings();
            var btc = openings.OfType<Opening.Balance>().Where(held => held.Holding.Asset == HandFed.Btc).Sum(held => held.Amount);
            var residuals = openings.OfType<Opening.Residual>().ToArray();
            Assert.Equal((btc, btc > 0m ? 1_000m : 0m), (residuals.Sum(residual => residual.Amount), residuals.Sum(residual => residual.Cost)));
        }
    }

    /// <summary>A plan that ended long after the session began and long before now.</summary>
    private static HandFed Traded() => new HandFed(RestartTests.Reconciling).Quiet().SayLedger().After(200_000).Quiet()
        .Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]).FillAll(1).FillAll(2).FillAll(3).After(200_000);

    private static Statement.OwnTrade Own(HandFed hand, int order)
    {
        var fee = hand.All<Posted>().Single(posted => posted.Order == hand.Orders[order - 1].Id).Lines.ToArray().Single(line => line.Account == Account.Fees);
        return new Statement.OwnTrade(HandFed.Venue, hand.Orders[order - 1].Id, (ulong)order, fee.Asset, fee.Amount);
    }

    /// <summary>Lets the next survey come and answers it with a history.</summary>
    private static void Survey(HandFed hand, decimal usd, params Statement[] trades) =>
        Survey(hand, [(HandFed.Usd, usd), (HandFed.Eth, hand.Balance(HandFed.Eth))], trades);

    private static void Survey(HandFed hand, (Asset Asset, decimal Amount)[] balances, params Statement[] trades)
    {
        var asked = hand.Surveys.Count;
        while (hand.Surveys.Count == asked)
        {
            hand.Wake();
        }

        hand.Say(
        [
            new Statement.Begun(HandFed.Venue, hand.Surveys[^1], ListsTrades: true),
            .. trades,
            .. balances.Select(held => new Statement.Balance(HandFed.Venue, held.Asset, held.Amount, 0m)),
            new Statement.Ended(HandFed.Venue, true, ""),
        ]);
    }
}
