using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>From an approved size to an open plan: its policy, its money set aside, the second judgement, the plan written out, the first order.</summary>
internal sealed class PlanOpening(
    Reservations reservations, PolicyChooser policies, PlanSizer sizer, RiskView view, RiskChain risk, RiskBook book, PlanExecutor executor)
{
    /// <param name="approved">What the sizer sized last.</param>
    /// <param name="start">Where the plan's money comes from.</param>
    /// <param name="state">With which it was approved.</param>
    /// <param name="proposal">What was approved, on the books of now.</param>
    /// <returns>False when it may not be executed after all; nothing is set aside then.</returns>
    public bool TryOpen(OpportunityLife life, Cycle cycle, Approved<SizedPath> approved, Holding start, in RiskState state, in Proposal proposal, out Refused refused)
    {
        var sized = approved.Value;
        PolicyEstimate? estimate = null;
        if (policies.IsChoosing)
        {
            if (!policies.TryChoose(cycle.Name, cycle.Assets, start.Venue, sized, out var best, out var valueMin))
            {
                refused = new Refused(RefusalReason.ExpectedValue, best.ValueBps, valueMin);
                return false;
            }

            estimate = best;
        }

        var reservation = executor.NextReservation;
        var lines = policies.LinesOf(estimate?.Policy ?? ExecutionPolicy.Sequential, cycle.Assets, start.Venue, sized);
        if (reservations.Reserve(reservation, lines, out _) != ReservationResult.Ok)
        {
            refused = new Refused(RefusalReason.Balance, reservations.Available(start), sized.Spent);
            return false;
        }

        if (risk.RefusesToSend(view.Again(state, start), proposal, out refused))
        {
            reservations.Withdraw(reservation);
            return false;
        }

        var plan = approved.As((Sizer: sizer, Cycle: cycle, life.Number), static (it, path) => it.Sizer.Plan(it.Cycle, it.Number, path));
        book.OnPlanOpened((int)reservation.Value, plan.Value, proposal.StartAssetPrice, life.Route);
        life.Plan = executor.Open(plan, estimate);
        return true;
    }
}
