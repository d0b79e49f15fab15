using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Execution;

/// <summary>What a plan had to leave behind is listed until a book pays for it, or until an operator decides.</summary>
public sealed class ResidualTests
{
    private const long LookNanos = UtcNanos.PerSecond;

    [Fact]
    public void A_residual_goes_home_by_itself_as_soon_as_a_book_pays_what_it_cost()
    {
        var hand = Left(LookNanos);
        hand.Book(HandFed.BtcUsd, [(99m, 100m)], [(101m, 10m)]);
        Look(hand);
        Assert.Equal(2, hand.Orders.Count);

        hand.Book(HandFed.BtcUsd, [(103m, 100m)], [(104m, 10m)]);
        Look(hand);

        Assert.Equal((Side.Sell, 4.95m), (hand.Orders[2].Side, hand.Quantity(3)));
        Assert.Equal(new ResidualTaken(1, 2, "pays"), hand.Only<ResidualTaken>());
        hand.FillAll(3);
        Assert.Equal((PlanOutcome.Completed, 4.95m * 103m * 0.99m), (hand.All<PlanClosed>()[1].Outcome, hand.All<PlanClosed>()[1].Realised));
        Assert.Equal(500m + (4.95m * 103m * 0.99m), hand.Balance(HandFed.Usd));
        Assert.Empty(hand.Engine.Executor.Residuals.Open);
    }

    [Fact]
    public void An_operator_brings_one_home_at_a_loss()
    {
        var hand = Left(0).Book(HandFed.BtcUsd, [(90m, 100m)], [(91m, 10m)]);

        hand.Give(new ResidualCommand(1, ResidualWish.WorkOff, new OperatorCommand("enough", "cli"))).FillAll(3);

        Assert.Equal(500m + (4.95m * 90m * 0.99m), hand.Balance(HandFed.Usd));
        Assert.Equal("operator: enough", hand.Only<ResidualTaken>().Why);
    }

    [Fact]
    public void An_operator_keeps_one_as_inventory()
    {
        var hand = Left(0).Give(new ResidualCommand(1, ResidualWish.WriteOff, new OperatorCommand("we want it", "cli")));

        Assert.Empty(hand.Engine.Executor.Residuals.Open);
        Assert.Equal(4.95m, hand.Balance(HandFed.Btc));
        Assert.Equal(2, hand.Orders.Count);
        Assert.Equal(new ResidualRecorded(HandFed.Btc, 0m, 0m), hand.All<ResidualRecorded>()[^1]);
        Assert.Empty(hand.Engine.Risk.Exposure.Residuals);
    }

    [Fact]
    public void What_could_not_be_sold_of_it_is_a_residual_again()
    {
        var hand = Left(0).Book(HandFed.BtcUsd, [(99m, 100m)], [(101m, 10m)]);
        hand.Give(new ResidualCommand(1, ResidualWish.WorkOff, new OperatorCommand("enough", "cli"))).FillPart(3, 2m).BookLost(HandFed.BtcUsd);
        while (hand.Engine.Executor.OpenCount > 0)
        {
            if (hand.Orders.Count > 3 && hand.Engine.Executor.OrdersOut > 0)
            {
                hand.Miss(hand.Orders.Count);
            }
            else
            {
                hand.Wake();
            }
        }

        var left = Assert.Single(hand.Engine.Executor.Residuals.Open);
        Assert.Equal((2, 2.95m), (left.Number, left.Amount));
    }

    [Fact]
    public void Nothing_goes_home_while_trading_is_stopped()
    {
        var hand = Left(LookNanos).Command(InputKind.Kill, "drill").Book(HandFed.BtcUsd, [(110m, 100m)], [(111m, 10m)]);
        Look(hand);
        Assert.Equal(2, hand.Orders.Count);

        hand.Command(InputKind.Resume, "checked");
        Look(hand);

        Assert.Equal(3, hand.Orders.Count);
    }

    [Theory]
    [InlineData(InputKind.Kill)]
    [InlineData(InputKind.Drain)]
    public void Not_even_an_operator_brings_one_home_while_trading_is_stopped_or_ends(byte stop)
    {
        var hand = Left(0).Command(stop, "drill").Book(HandFed.BtcUsd, [(110m, 100m)], [(111m, 10m)]);

        hand.Give(new ResidualCommand(1, ResidualWish.WorkOff, new OperatorCommand("now", "cli")));

        Assert.Equal(2, hand.Orders.Count);
        Assert.Single(hand.Engine.Executor.Residuals.Open);
    }

    [Fact]
    public void A_crash_while_it_goes_home_forgets_neither_the_money_nor_the_order()
    {
        var hand = Left(LookNanos).Book(HandFed.BtcUsd, [(103m, 100m)], [(104m, 10m)]);
        Look(hand);
        for (var records = 1; records <= hand.Journal.Count; records++)
        {
            var openings = hand.Fold(records).Openings();
            var balance = openings.OfType<Opening.Balance>().Where(left => left.Holding.Asset == HandFed.Btc).Sum(left => left.Amount);
            var listed = openings.OfType<Opening.Residual>().Sum(left => left.Amount);
            var held = openings.OfType<Opening.RunningPlan>().Sum(plan => plan.Changes.Where(change => change.Holding.Asset == HandFed.Btc).Sum(change => change.Amount));
            Assert.True(balance == listed + held, $"after {records} records {balance} BTC are owned, {listed} listed, {held} held by plans");
        }
    }

    /// <summary>A plan that bought 4.95 BTC for 500 USD and found no way on or back.</summary>
    private static HandFed Left(long look)
    {
        var hand = new HandFed(settings => settings with { Execution = settings.Execution with { ResidualLookNanos = look } }).Open().FillPart(1, 5m);
        hand.BookLost(HandFed.BtcUsd).BookLost(HandFed.EthBtc).Miss(2);
        while (hand.All<PlanClosed>().Count == 0)
        {
            hand.Wake();
        }

        Assert.Single(hand.Engine.Executor.Residuals.Open);
        return hand;
    }

    private static void Look(HandFed hand)
    {
        var until = hand.Now + LookNanos;
        while (hand.Engine.Deadlines.Next <= until)
        {
            hand.Wake();
        }
    }
}
