using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Reconciliation;

/// <summary>A plan whose legs are sent together goes on in its policy after a restart at any step, and sends no leg twice.</summary>
public sealed class ParallelRestartTests
{
    private static readonly Dictionary<Asset, decimal> Inventory = new() { [HandFed.Usd] = 1_000m, [HandFed.Btc] = 20m, [HandFed.Eth] = 200m };

    public static TheoryData<ExecutionPolicy, decimal, decimal, decimal> Fills()
    {
        var data = new TheoryData<ExecutionPolicy, decimal, decimal, decimal>();
        foreach (var policy in new[] { ExecutionPolicy.Simultaneous, ExecutionPolicy.Hybrid })
        {
            foreach (var (first, second, third) in new[] { (1m, 1m, 1m), (0.5m, 1m, 1m), (0m, 1m, 1m), (1m, 0m, 1m), (1m, 0.5m, 1m), (1m, 1m, 0m), (0.3m, 0.6m, 0m) })
            {
                data.Add(policy, first, second, third);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fills))]
    public void From_every_step_it_ends_with_the_venues_books_and_no_leg_is_sent_twice(ExecutionPolicy policy, decimal first, decimal second, decimal third)
    {
        var parts = new[] { first, second, third };
        var whole = Trade(policy, parts, out _);
        var resumed = 0;
        for (var records = At<PlanOpened>(whole); records <= whole.Journal.Count; records++)
        {
            // An intent that is the last thing a journal holds may have left or not.
            foreach (var hasLastLeft in whole.Journal[records - 1].Header.Kind == (byte)DecisionKind.OrderIntent ? new[] { true, false } : [true])
            {
                var venue = new TruthfulVenue(Inventory, Part(parts));
                var sent = Intents(whole, records);
                foreach (var request in whole.Orders.Where(order => sent.Contains(order.Id) && (hasLastLeft || order.Id != sent[^1])))
                {
                    venue.Take(request, whole.Engine.Markets.Instrument(request.Instrument));
                }

                var next = whole.Restarted(records, NoMore);
                next.Open();
                venue.Settle(next);

                Assert.Equal((0, 0), (next.Engine.Executor.OpenCount, next.Engine.Executor.OrdersOut));
                Assert.All(venue.Account, held => Assert.Equal(held.Value, next.Balance(held.Key)));
                Assert.Empty(next.Engine.Reconciler.Drifts);
                Assert.Equal(0m, next.Reserved(HandFed.Usd) + next.Reserved(HandFed.Btc) + next.Reserved(HandFed.Eth));
                resumed += next.All<PlanResumed>().Count;
                if (hasLastLeft)
                {
                    // A leg that reached the venue is never sent again as it was planned.
                    var legs = Legs(whole, records);
                    Assert.All(Legs(next, next.Journal.Count), leg => Assert.DoesNotContain(leg, legs));
                }

                if (parts is [1m, 1m, 1m] && hasLastLeft && sent.Count > 0)
                {
                    Assert.Equal([HandFed.BtcUsd, HandFed.EthBtc, HandFed.EthUsd], venue.Traded.Select(order => order.Instrument).Order());
                }
            }
        }

        Assert.True(resumed > 2);
    }

    [Theory]
    [InlineData(ExecutionPolicy.Simultaneous)]
    [InlineData(ExecutionPolicy.Hybrid)]
    public void It_keeps_its_policy_its_money_and_what_was_expected_of_it_over_two_restarts(ExecutionPolicy policy)
    {
        var first = Opened(policy);
        var (usd, btc, eth) = (first.Reserved(HandFed.Usd), first.Reserved(HandFed.Btc), first.Reserved(HandFed.Eth));
        var third = first.Restarted(change: NoMore).Quiet().Restarted().Quiet();

        Assert.Equal((usd, btc, eth), (third.Reserved(HandFed.Usd), third.Reserved(HandFed.Btc), third.Reserved(HandFed.Eth)));
        Assert.True(btc > 0m && eth > 0m);
        var (chosen, before) = (third.Only<PolicyChosen>(), first.Only<PolicyChosen>());
        Assert.Equal(before with { LegInputs = default }, chosen with { LegInputs = default });
        Assert.Equal(before.LegInputs.ToArray(), chosen.LegInputs.ToArray());
    }

    [Fact]
    public void A_hybrid_plan_whose_first_order_had_filled_sends_the_others_together_sized_to_its_fill()
    {
        var first = Opened(ExecutionPolicy.Hybrid).FillPart(1, 5m);

        // Told of the fill and of the end; the other two intents are lost with the process.
        var second = first.Restarted(At<OrderIntent>(first, 2), NoMore).Quiet();
        Assert.Empty(second.Orders);
        second.SayLedger();

        Assert.Equal([HandFed.EthBtc, HandFed.EthUsd], second.Orders.Select(order => order.Instrument));
        Assert.Equal((49.5m, 49m), (second.Quantity(1), second.Quantity(2)));
    }

    [Fact]
    public void What_an_attempt_taught_counts_once_whichever_session_ends_it()
    {
        var second = Opened(ExecutionPolicy.Simultaneous).Restarted(change: NoMore).Open();
        var venue = new TruthfulVenue(Inventory, _ => 0m);

        venue.Settle(second);

        var learned = Assert.Single(second.Engine.Executor.Estimates.Routes);
        Assert.Equal(("USD>BTC>ETH>USD/simultaneous", 1, 0), (learned.Name, learned.Attempts, learned.Fills));
        Assert.Contains(learned, second.Fold().Openings());
    }

    /// <summary>A reconciled session that sends one plan and, with a truthful venue, ends it.</summary>
    private static HandFed Trade(ExecutionPolicy policy, decimal[] parts, out TruthfulVenue venue)
    {
        var hand = Opened(policy);
        venue = new TruthfulVenue(Inventory, Part(parts));
        venue.Settle(hand);
        Assert.Equal(0, hand.Engine.Executor.OpenCount);
        return hand;
    }

    private static HandFed Opened(ExecutionPolicy policy)
    {
        var hand = new HandFed(
            settings => RestartTests.Reconciling(settings) with
            {
                Capital = Inventory,
                Execution = settings.Execution with { PolicyChoosing = PolicyChoosing.ExpectedValue },
            },
            policy == ExecutionPolicy.Simultaneous ? null
                :
                [
                    .. Inventory.Select(held => new Opening.Balance(new Holding(held.Key, HandFed.Venue), held.Value)),
                    new Opening.Route("USD>BTC>ETH>USD/simultaneous", 20, 0, 20_000m),
                ]);
        hand.Quiet().SayLedger().After(10).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);
        Assert.Equal(RouteEstimates.TextOf(policy), hand.Only<PolicyChosen>().Policy);
        return hand;
    }

    /// <summary>The next session finishes what there is and opens nothing.</summary>
    private static EngineSettings NoMore(EngineSettings settings) => settings with { Limits = settings.Limits with { NetEdgeBpsMin = 5_000m } };

    private static Func<OrderRequest, decimal> Part(decimal[] parts) => order => order.Id is { Session: 1, Attempt: <= 3 } ? parts[order.Instrument] : 1m;

    private static List<ClientOrderId> Intents(HandFed hand, int records) => [.. Sent(hand, records).Select(intent => intent.Id)];

    private static List<byte> Legs(HandFed hand, int records) => [.. Sent(hand, records).Where(intent => intent.Purpose == OrderPurpose.Leg).Select(intent => intent.Leg)];

    private static IEnumerable<OrderIntent> Sent(HandFed hand, int records) => hand.All<OrderIntent>().Where((_, i) => At<OrderIntent>(hand, i + 1) < records);

    /// <summary>Records before the n-th of a kind.</summary>
    private static int At<T>(HandFed hand, int n = 1)
        where T : IDecision<T>
    {
        for (var i = 0; i < hand.Journal.Count; i++)
        {
            if (hand.Journal[i].Header.Kind == (byte)T.Kind && --n == 0)
            {
                return i;
            }
        }

        throw new InvalidOperationException("There are not so many.");
    }
}
