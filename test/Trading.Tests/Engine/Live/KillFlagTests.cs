using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Tests.Engine.Live;

/// <summary>Stopping wins at the last instruction: a kill between an order's intent and its sending is seen.</summary>
public sealed class KillFlagTests
{
    [Theory]
    [InlineData(KillPolicy.Hold, 1, 0, PlanOutcome.Missed)]
    [InlineData(KillPolicy.Hold, 2, 1, PlanOutcome.Residual)]
    [InlineData(KillPolicy.Hold, 3, 2, PlanOutcome.Residual)]
    [InlineData(KillPolicy.Finish, 1, 0, PlanOutcome.Missed)]
    [InlineData(KillPolicy.Finish, 2, 3, PlanOutcome.Completed)]
    public async Task E1_a_kill_between_intent_and_submit_sends_nothing_and_a_replay_gives_the_same_journal(
        KillPolicy policy, int intent, int sent, PlanOutcome outcome)
    {
        await using var hand = new LiveHand(kill: policy);
        var intents = 0;
        var killed = Task.CompletedTask;
        hand.Start(onDecided: kind =>
        {
            if (kind == (byte)DecisionKind.OrderIntent && ++intents == intent)
            {
                killed = hand.Thread.KillAsync(new OperatorCommand("now", "test"));
            }
        });
        hand.Define().Quiet().Pay();
        await hand.UntilAsync(engine => engine.IsKilled && engine.Executor is { OpenCount: 0, PlanCount: 1 }, "the plan ended");
        await killed;

        Assert.Equal(sent, hand.Venue.Submitted);
        Assert.Equal(0m, await hand.Thread.AskAsync(Reserved));
        var end = await hand.StopAsync();
        var told = LiveJournal.Of(hand.JournalFolder);
        Assert.Equal(outcome, Assert.Single(told.All<PlanClosed>()).Outcome);
        Assert.Equal(policy == KillPolicy.Hold || intent == 1 ? 1 : 0, told.NotSent.Count);
        Assert.All(told.NotSent, unsent => Assert.Equal("killed", unsent.Reason));
        Assert.Equal(end.SessionHash, hand.Replay());
    }

    [Fact]
    public async Task An_order_that_was_held_back_is_none_that_a_restart_asks_for()
    {
        await using var hand = new LiveHand(kill: KillPolicy.Hold);
        hand.Start(onDecided: kind =>
        {
            if (kind == (byte)DecisionKind.OrderIntent)
            {
                hand.Kill.Raise();
            }
        });
        hand.Define().Quiet().Pay();
        await hand.UntilAsync(engine => engine.Executor is { OpenCount: 0, PlanCount: 1 }, "the plan ended");
        await hand.StopAsync();

        var fold = LiveJournal.Of(hand.JournalFolder).Fold;

        Assert.All(fold.Openings().OfType<Opening.Order>(), order => Assert.True(order.HasEnded));
    }

    [Fact]
    public async Task A_resume_does_not_lower_a_flag_that_a_later_kill_has_raised()
    {
        await using var hand = new LiveHand(kill: KillPolicy.Hold).Start().Define().Quiet();
        await hand.Thread.KillAsync(new OperatorCommand("one", "test"));
        // The second kill's record has not come yet when the engine takes the resume.
        hand.Kill.Raise();

        await hand.Thread.ResumeAsync(new OperatorCommand("over", "test"));

        Assert.True(hand.Kill.IsUp);
        Assert.False(await hand.Thread.AskAsync(engine => engine.IsKilled));
    }

    [Fact]
    public async Task A_resume_lowers_the_flag_and_orders_leave_again()
    {
        await using var hand = new LiveHand(kill: KillPolicy.Hold).Start().Define().Quiet();
        await hand.Thread.KillAsync(new OperatorCommand("on", "test"));
        Assert.True(hand.Kill.IsUp);

        await hand.Thread.ResumeAsync(new OperatorCommand("off", "test"));
        hand.Pay();

        await hand.UntilAsync(engine => engine.Executor.Totals.Fills == 3, "the plan was filled");
        Assert.False(hand.Kill.IsUp);
    }

    private static decimal Reserved(Trading.Engine.Engine engine)
    {
        var holding = new Holding(HandFed.Usd, HandFed.Venue);
        return engine.Treasury.Reservations.Balance(holding) - engine.Treasury.Reservations.Available(holding);
    }
}
