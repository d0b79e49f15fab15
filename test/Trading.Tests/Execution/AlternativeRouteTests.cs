using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;
using Parallax.Trading.Tests.Reconciliation;

namespace Parallax.Trading.Tests.Execution;

/// <summary>What a plan holds after a failed leg goes home over other markets of the same venue where that brings more.</summary>
public sealed class AlternativeRouteTests
{
    private const ushort BtcUsdt = 3, UsdtUsd = 4;

    private static readonly Asset Usdt = new("USDT");

    [Fact]
    public void A9_What_another_way_home_brings_more_for_takes_it_in_a_plan_that_belongs_to_it_to_the_last_unit()
    {
        var hand = Stranded();

        var decided = hand.Only<LegDecided>();
        Assert.Equal(("hedge", 9.9m * 90m * 0.99m, 9.9m * 99m * 0.99m * 0.99m), (decided.Choice, decided.Unwind, decided.Hedge));
        Assert.Equal(PlanOutcome.Residual, hand.Only<PlanClosed>().Outcome);
        Assert.Equal(new ResidualTaken(1, 2, "hedge"), hand.Only<ResidualTaken>());
        Assert.Equal((BtcUsdt, Side.Sell, 9.9m), (hand.Orders[2].Instrument, hand.Orders[2].Side, hand.Quantity(3)));
        hand.FillAll(3);
        Assert.Equal((UsdtUsd, Side.Sell), (hand.Orders[3].Instrument, hand.Orders[3].Side));
        hand.FillAll(4);

        Assert.Equal(PlanOutcome.Completed, hand.All<PlanClosed>()[1].Outcome);
        Assert.Empty(hand.Engine.Executor.Residuals.Open);
        var usdt = 9.9m * 99m * 0.99m;
        var sold = decimal.Floor(usdt * 100m) / 100m;
        Assert.Equal((0m, usdt - sold, sold * 0.99m), (hand.Balance(HandFed.Btc), hand.Balance(Usdt), hand.Balance(HandFed.Usd)));
        Assert.Equal(hand.Balance(HandFed.Usd) - 1_000m, hand.All<PlanClosed>().Sum(closed => closed.Realised));
        Assert.Equal(new PlanName(1, 1), hand.All<PlanOpened>()[1].First);
        Assert.Equal(new PlanSettled(1, 1, PlanOutcome.Unwound, HandFed.Usd, 0m, 0), hand.Only<PlanSettled>());
        Assert.Equal([0m, hand.Balance(HandFed.Usd) - 1_000m], hand.All<PlanClosed>().Select(closed => closed.Result));
    }

    [Fact]
    public void A9_Where_it_is_not_allowed_the_plan_goes_back_the_way_it_came()
    {
        var hand = Stranded(settings => settings with { Execution = settings.Execution with { AlternativeRoutes = false } });

        Assert.Equal(("unwind", null), (hand.Only<LegDecided>().Choice, hand.Only<LegDecided>().Hedge));
        Assert.Equal(HandFed.BtcUsd, hand.Orders[2].Instrument);
    }

    [Fact]
    public void A9_Where_nothing_compares_with_it_it_may_lose_no_more_than_going_on_may()
    {
        var hand = Stranded(isBackLost: true);
        Assert.Equal(2, hand.Orders.Count);
        while (hand.Engine.Executor.OpenCount > 0)
        {
            hand.Wake();
        }

        Assert.Equal("hold", hand.Only<LegDecided>().Choice);
        Assert.Single(hand.Engine.Executor.Residuals.Open);
        var cheap = Stranded(settings => settings with { Execution = settings.Execution with { ContinueLossBpsMax = 400m } }, isBackLost: true);
        Assert.Equal(BtcUsdt, cheap.Orders[2].Instrument);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(0)]
    public void From_every_step_of_it_a_restart_ends_with_the_venues_books(decimal part)
    {
        var capital = new Dictionary<Asset, decimal> { [HandFed.Usd] = 1_000m };
        TruthfulVenue Venue() => new(capital, order => order.Id switch
        {
            { Session: 1, Plan: 1 } => order.Instrument == HandFed.BtcUsd ? 1m : 0m,
            { Session: 1, Attempt: 1 } => part,
            _ => 1m,
        });
        var whole = Opened(RestartTests.Reconciling);
        whole.SayLedger().After(10).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);
        Fail(whole, isBackLost: false);
        var truth = Venue();
        truth.Settle(whole);
        Assert.Contains(whole.All<LegDecided>(), decided => decided.Choice == "hedge");

        for (var records = 1; records <= whole.Journal.Count; records++)
        {
            var venue = Venue();
            var intents = Intents(whole, records);
            foreach (var request in whole.Orders.Where(order => intents.Contains(order.Id)))
            {
                venue.Take(request, whole.Engine.Markets.Instrument(request.Instrument));
            }

            var next = whole.Restarted(records, settings => settings with { Limits = settings.Limits with { NetEdgeBpsMin = 5_000m } });
            Books(next);
            venue.Settle(next);

            Assert.Equal((0, 0), (next.Engine.Executor.OpenCount, next.Engine.Executor.OrdersOut));
            Assert.All(venue.Account, held => Assert.Equal(held.Value, next.Balance(held.Key)));
            Assert.Empty(next.Engine.Reconciler.Drifts);
            Assert.Equal(next.Balance(HandFed.Usd) - 1_000m + next.Carried(), next.Results());
            // Whatever is not home is listed, but for dust.
            foreach (var asset in new[] { HandFed.Btc, Usdt })
            {
                var listed = next.Engine.Executor.Residuals.Open.Where(left => left.Holding.Asset == asset).Sum(left => left.Amount);
                Assert.True(next.Balance(asset) - listed is >= 0m and < 0.01m, $"after {records} records {listed} of {next.Balance(asset)} {asset} are listed");
            }
        }
    }

    private static HashSet<ClientOrderId> Intents(HandFed hand, int records)
    {
        var found = new HashSet<ClientOrderId>();
        for (var i = 0; i < records; i++)
        {
            if (hand.Journal[i].Header.Kind == (byte)DecisionKind.OrderIntent)
            {
                var reader = new PayloadReader(hand.Journal[i].Payload);
                found.Add(OrderIntent.Read(ref reader).Id);
            }
        }

        return found;
    }

    /// <summary>9.9 BTC were bought for 1,000 USD; ETH/BTC is gone, BTC/USD pays 90, and 99 USDT a BTC are worth as many USD.</summary>
    private static HandFed Stranded(Func<EngineSettings, EngineSettings>? change = null, bool isBackLost = false)
    {
        var hand = Opened(change).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]).FillAll(1);
        return Fail(hand, isBackLost).Miss(2);
    }

    private static HandFed Opened(Func<EngineSettings, EngineSettings>? change) => Books(new HandFed(
        change, more: [HandFed.Instrument("BTC", "USDT", 1m, 0.01m), HandFed.Instrument("USDT", "USD", 0.001m, 0.01m)]));

    private static HandFed Books(HandFed hand) => hand
        .Book(BtcUsdt, [(99m, 100m)], [(101m, 100m)])
        .Book(UsdtUsd, [(1m, 10_000m)], [(1.001m, 10_000m)])
        .Quiet();

    private static HandFed Fail(HandFed hand, bool isBackLost)
    {
        hand.After(10).BookLost(HandFed.EthBtc);
        return isBackLost ? hand.BookLost(HandFed.BtcUsd) : hand.Book(HandFed.BtcUsd, [(90m, 100m)], [(101m, 10m)]);
    }
}
