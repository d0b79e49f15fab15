using Parallax.Domain;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Arming;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine.Opportunities;

/// <summary>One look at an open opportunity: may anything be traded, at what size, and do the limits agree? It ends in a plan or in a refusal.</summary>
/// <remarks>Engine thread only. Allocates nothing where the answer is a refusal that is written already.</remarks>
internal sealed class OpportunityEvaluation(
    EngineSettings settings,
    Markets markets,
    Reservations reservations,
    PlanSizer sizer,
    TradingGates gates,
    RiskView view,
    RiskChain risk,
    ArmingState arming,
    PlanOpening opening,
    Refusals refusals)
{
    /// <summary>Edges come rounded down to eight decimals.</summary>
    private const decimal EdgeStepBps = 0.00000001m;

    private readonly Asset[] _startAssets = [.. settings.StartAssets];

    public void Evaluate(OpportunityLife life)
    {
        var cycle = StartOf(life);
        if (gates.Refuses(cycle, out var refused))
        {
            refusals.Write(life, cycle, refused);
            return;
        }

        if (!markets.TryPrice(cycle.Start, settings.ReportingAsset, out var price) || price == 0m)
        {
            refusals.Write(life, cycle, new Refused(RefusalReason.NoReportingPrice, 0m, 0m));
            return;
        }

        var start = new Holding(cycle.Start, markets.VenueOf(cycle));
        view.LookAt(cycle);
        var state = view.StateOf(life, start);
        var bound = SizeBound.Of(settings.Limits, state, price);
        var inputMax = decimal.Max(0m, bound.InputAmountMax);
        if (WouldBeRefusedAgain(life, cycle, state, price, inputMax))
        {
            life.Refuse();
            return;
        }

        var isSized = sizer.TrySize(cycle, inputMax, out var sized);
        life.SizedMax = life.Refusals == 0 ? sizer.SizedMax : life.SizedMax;
        if (!isSized)
        {
            refusals.Write(life, cycle, Unsized(life, sized.Outcome, bound));
            return;
        }

        life.SeeProfit(sized.Profit);
        var proposal = view.Propose(life, cycle, state, price, sized.Spent, sized.Profit, sized.Profit / sized.Spent * 10_000m);
        var verdict = risk.Judge(sized, state, proposal, bound);
        if (verdict.TryApproved(out var approved)
            ? arming.Refuses(out refused) || !opening.TryOpen(life, cycle, approved, start, state, proposal, out refused)
            : verdict.TryRefused(out refused))
        {
            refusals.Write(life, cycle, refused, sized.Spent, sized.Profit);
        }
    }

    /// <summary>The cycle from the first start asset that has money; from its first one when none has.</summary>
    private Cycle StartOf(OpportunityLife life)
    {
        var cycle = life.Cycle;
        foreach (var asset in _startAssets)
        {
            if (cycle.Assets.Contains(asset) && reservations.Available(new Holding(asset, markets.VenueOf(cycle))) > 0m)
            {
                return cycle.StartingAt(asset);
            }
        }

        return cycle;
    }

    /// <summary>The top of the books pays, but no order on the venue's grid does, or there is nothing to spend.</summary>
    private Refused Unsized(OpportunityLife life, SizingOutcome outcome, SizeBound bound)
    {
        if (bound.InputAmountMax <= 0m)
        {
            return new Refused(bound.SetBy, bound.InputAmountMax, settings.Limits.NotionalMin);
        }

        var reason = outcome switch
        {
            SizingOutcome.EmptyBook => RefusalReason.EmptyBook,
            SizingOutcome.NoFeasibleLots => RefusalReason.Lots,
            _ => RefusalReason.NoEdgeOnDepth,
        };
        return new Refused(reason, life.BestNetBps, 0m);
    }

    /// <summary>
    /// Whether sizing can bring nothing new: whatever the size, a limit refuses for a reason that is written already, and the books hold
    /// no more than when the opportunity was sized before. An open opportunity sees thousands of changes of its books; this spares nearly
    /// all of their searches.
    /// </summary>
    private bool WouldBeRefusedAgain(OpportunityLife life, Cycle cycle, in RiskState state, decimal price, decimal inputMax)
    {
        // Beyond the best prices the edge only falls, and lots only take from it.
        if (life.Refusals == 0
            || !risk.RefusesAnySize(state, view.Propose(life, cycle, state, price, inputMax, 0m, life.LastNetBps + EdgeStepBps), out var refused)
            || !life.WasRefused(refused.Reason))
        {
            return false;
        }

        var profitMax = sizer.ProfitMax(cycle, inputMax);
        if (profitMax <= life.SizedMax)
        {
            return true;
        }

        life.SizedMax = profitMax;
        return false;
    }
}
