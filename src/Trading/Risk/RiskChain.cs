using Parallax.Trading.Risk.Limits;

namespace Parallax.Trading.Risk;

/// <summary>The limits in their fixed order; the first that fails decides. Pure: same limits, state and proposal, same verdict.</summary>
/// <remarks>Allocates nothing. See docs/concepts/risk.md.</remarks>
public sealed class RiskChain
{
    private readonly RiskLimits _limits;

    /// <exception cref="ArgumentException">A limit is out of range.</exception>
    public RiskChain(RiskLimits limits) => _limits = limits.Validated();

    public RiskLimits Limits => _limits;

    /// <summary>Judges a proposal.</summary>
    /// <param name="plan">What is to be executed when the proposal that describes it passes.</param>
    /// <param name="proposal">Input amount and start asset price positive.</param>
    public Verdict<T> Judge<T>(T plan, in RiskState state, in Proposal proposal) =>
        Judge(plan, state, proposal, SizeBound.Of(_limits, state, proposal.StartAssetPrice));

    /// <summary>The same where the bound is known already.</summary>
    /// <param name="bound">Of these limits, this state and the proposal's price.</param>
    internal Verdict<T> Judge<T>(T plan, in RiskState state, in Proposal proposal, SizeBound bound)
    {
        if (Refuses(state, proposal, out var refused))
        {
            return new Verdict<T>(refused);
        }

        if (IsTooSmall(proposal, bound, out refused))
        {
            return new Verdict<T>(refused);
        }

        return bound.InputAmountMax < proposal.InputAmount ? new Verdict<T>(bound) : new Verdict<T>(new Approved<T>(plan));
    }

    /// <summary>Whether every size is refused, and why: for sparing the search for one.</summary>
    /// <param name="proposal">Its edge and confidence are upper bounds, its scores lower bounds of what any size has; its amounts are not read.</param>
    public bool RefusesAnySize(in RiskState state, in Proposal proposal, out Refused refused) =>
        KillLimit.Refuses(state, out refused)
        || CircuitLimit.Refuses(state, out refused)
        || TradingStateLimit.Refuses(state, proposal, out refused)
        || QuietHoursLimit.Refuses(_limits, state, out refused)
        || DuplicateLimit.Refuses(state, out refused)
        || BookStateLimit.Refuses(proposal, out refused)
        || BookAgeLimit.Refuses(_limits, state, proposal, out refused)
        || LegCoherenceLimit.Refuses(_limits, proposal, out refused)
        || ClockSkewLimit.Refuses(_limits, proposal, out refused)
        || VenueHealthLimit.Refuses(_limits, state, out refused)
        || OutlierLimit.Refuses(_limits, state, out refused)
        || DepegLimit.Refuses(_limits, state, proposal, out refused)
        || SpreadLimit.Refuses(_limits, state, out refused)
        || VolatilityLimit.Refuses(_limits, state, out refused)
        || NetEdgeLimit.Refuses(_limits, proposal, out refused)
        || ConfidenceLimit.Refuses(_limits, proposal, out refused)
        || RiskScoreLimit.Refuses(_limits, proposal, out refused)
        || SlippageLimit.Refuses(_limits, proposal, out refused)
        || DailyLossLimit.Refuses(_limits, state, out refused)
        || HourlyLossLimit.Refuses(_limits, state, out refused)
        || LossStreakLimit.Refuses(_limits, state, out refused)
        || DrawdownLimit.Refuses(_limits, state, out refused);

    /// <summary>The second look, right before an order leaves: what may have changed since the decision.</summary>
    /// <param name="proposal">Its money is reserved: what is available is counted without it.</param>
    public bool RefusesToSend(in RiskState state, in Proposal proposal, out Refused refused) =>
        KillLimit.Refuses(state, out refused)
        || TradingStateLimit.Refuses(state, proposal, out refused)
        || BookStateLimit.Refuses(proposal, out refused)
        || BookAgeLimit.Refuses(_limits, state, proposal, out refused)
        || IsOverdrawn(state, out refused);

    /// <summary>The rest of the checks, in which the pace and the number of what is open count: a moment later each may be another.</summary>
    private bool Refuses(in RiskState state, in Proposal proposal, out Refused refused) =>
        RefusesAnySize(state, proposal, out refused)
        || OrderRateLimit.Refuses(_limits, state, proposal, out refused)
        || TurnoverLimit.Refuses(_limits, state, out refused)
        || OpenOrdersLimit.Refuses(_limits, state, proposal, out refused)
        || OpenPlansLimit.Refuses(_limits, state, out refused);

    private static bool IsOverdrawn(in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Balance, state.Available, 0m);
        return state.Available < 0m;
    }

    /// <summary>Whether what the limits leave of the proposal is below the least that is worth a plan.</summary>
    private bool IsTooSmall(in Proposal proposal, SizeBound bound, out Refused refused)
    {
        var isClipped = bound.InputAmountMax < proposal.InputAmount;
        var allowed = decimal.Max(0m, decimal.Min(bound.InputAmountMax, proposal.InputAmount)) * proposal.StartAssetPrice;
        refused = new Refused(isClipped ? bound.SetBy : RefusalReason.MinimumNotional, allowed, _limits.NotionalMin);
        return allowed < _limits.NotionalMin || allowed == 0m;
    }
}
