using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>Moves a plan's money: what is nearest to home first, so that most of it is out of the market soonest.</summary>
/// <remarks>
/// Each leg is sized by what was really received. After one that did not trade as planned, <see cref="LegFailure"/> decides between going
/// on and going back, on the books of that moment.
/// </remarks>
internal sealed class PlanMoves(OrderDesk desk, LegQuotes quotes, DecisionWriter journal, Deadlines deadlines, InventoryLegs inventory, Reservations reservations)
{
    public enum Next : byte
    {
        /// <summary>An order is out, or a book is waited for.</summary>
        Wait = 0,

        /// <summary>Nothing is left to be done.</summary>
        Close = 1,
    }

    public void SendFirst(Plan plan)
    {
        if (plan.Policy != ExecutionPolicy.Sequential)
        {
            inventory.SendFirst(plan);
            return;
        }

        var first = plan.Planned.Legs[0];
        desk.Send(plan, 0, OrderPurpose.Leg, new SizedOrder(first.Instrument, first.Side, first.QuantityLots, first.LimitTicks), plan.Planned.Input);
    }

    /// <summary>Takes up a plan of an earlier session in the policy it was sent with: what that session sent is not sent again.</summary>
    public void TakeUp(Plan plan, PolicyLeft left) => inventory.TakeUp(plan, left);

    /// <summary>Sends what the plan holds on its way, from where it is.</summary>
    public Next Proceed(Plan plan)
    {
        if (plan.Out.Count > 0)
        {
            return Next.Wait;
        }

        if (plan is { Policy: ExecutionPolicy.Hybrid, HasRestSent: false } && !desk.IsStopped && inventory.TrySendRest(plan, plan.FirstFilledLots))
        {
            return Next.Wait;
        }

        var waits = false;
        for (var node = plan.Planned.Nodes.Length - 1; node >= 1; node--)
        {
            var held = plan.Held(node);
            if ((held > 0m || (held < 0m && plan.Policy != ExecutionPolicy.Sequential)) && !plan.IsLeft(node))
            {
                switch (held > 0m ? TryMove(plan, node) : TryCover(plan, node))
                {
                    case Move.Sent:
                        return Next.Wait;
                    case Move.Waits:
                        waits = true;
                        break;
                }
            }
        }

        if (!waits)
        {
            return Next.Close;
        }

        LookLater(plan);
        return Next.Wait;
    }

    /// <summary>Looks at the plan again after a pause.</summary>
    public void LookLater(Plan plan) => deadlines.Set(journal.Now + plan.Terms.LookPauseNanos, plan.Number, PlanExecutor.Look);

    private Move TryMove(Plan plan, int node)
    {
        // Never more than there is: a venue that corrects an earlier plan's fee takes it from what this one holds.
        var amount = decimal.Min(plan.Held(node), reservations.Balance(new Holding(plan.Planned.Nodes[node], plan.Planned.Venue)));
        if (amount <= 0m)
        {
            Hold(plan, node, plan.Held(node), "the account holds none of it");
            return Move.Left;
        }

        if (quotes.IsDust(plan, node, amount))
        {
            plan.Leave(node, isDust: true);
            return Move.Left;
        }

        if (desk.IsStopped)
        {
            Hold(plan, node, amount, "trading was stopped");
            return Move.Left;
        }

        if (plan.Attempts >= plan.Terms.OrdersMax)
        {
            Hold(plan, node, amount, $"the plan has sent all of its {plan.Terms.OrdersMax} orders");
            return Move.Left;
        }

        if (plan.Misses(node) == 0 && !plan.IsUnwinding && quotes.TryPlanned(plan.Planned.Legs[node], amount, out var asPlanned))
        {
            desk.Send(plan, node, OrderPurpose.Leg, asPlanned, amount);
            return Move.Sent;
        }

        var ways = quotes.Decide(plan, node, amount);
        if (ways.Decision.Choice == LegFailureChoice.Hold && plan.IsPatient(journal.Now, plan.Terms.ResidualNanosMax))
        {
            // Books refill: a residual is declared only when it has had its time.
            return Move.Waits;
        }

        journal.Write(new LegDecided(
            plan.Number, (byte)node, plan.Planned.Nodes[node], amount, ways.Decision.Continue, ways.Decision.Unwind,
            ways.Decision.Choice.ToString().ToLowerInvariant(), ways.Why)
        {
            Hedge = ways.Decision.Hedge,
        });
        switch (ways.Decision.Choice)
        {
            case LegFailureChoice.Continue:
                desk.Send(plan, node, OrderPurpose.Requote, ways.Order, amount);
                return Move.Sent;
            case LegFailureChoice.Unwind:
                plan.IsUnwinding = true;
                desk.Send(plan, node, OrderPurpose.Unwind, ways.Order, amount);
                return Move.Sent;
            default:
                if (ways.Decision is { Choice: LegFailureChoice.Hedge, Hedge: { } worth })
                {
                    plan.TakeDetour(node, worth);
                }

                plan.Leave(node, isDust: false);
                return Move.Left;
        }
    }

    /// <summary>A leg that brought less than the next one spent: the difference came out of the inventory and is bought back.</summary>
    private Move TryCover(Plan plan, int node)
    {
        var missing = -plan.Held(node);
        if (quotes.IsRounding(plan, node, missing))
        {
            plan.Leave(node, isDust: true);
            return Move.Left;
        }

        if (!desk.IsStopped && plan.Attempts < plan.Terms.OrdersMax)
        {
            if (inventory.TryCover(plan, node))
            {
                return Move.Sent;
            }

            if (plan.IsPatient(journal.Now, plan.Terms.ResidualNanosMax))
            {
                return Move.Waits;
            }
        }

        Hold(plan, node, -missing, "what is missing cannot be bought back");
        return Move.Left;
    }

    /// <summary>What became of the money at one node.</summary>
    private enum Move : byte
    {
        Left = 0,
        Sent = 1,

        /// <summary>No book offers a way now; it is looked at again shortly.</summary>
        Waits = 2,
    }

    private void Hold(Plan plan, int node, decimal amount, string why)
    {
        plan.Leave(node, isDust: false);
        journal.Write(new LegDecided(plan.Number, (byte)node, plan.Planned.Nodes[node], amount, null, null, "hold", why));
    }
}
