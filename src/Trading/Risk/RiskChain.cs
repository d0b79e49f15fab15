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
    public Verdict<T> Judge<T>(T plan, in RiskState state, in Proposal proposal)
    {
        if (Refuses(state, proposal, out var refused))
        {
            return new Verdict<T>(refused);
        }

        var bound = SizeBound.Of(_limits, state, proposal.StartAssetPrice);
        if (IsTooSmall(proposal, bound, out refused))
        {
            return new Verdict<T>(refused);
        }

        return bound.InputAmountMax < proposal.InputAmount ? new Verdict<T>(bound) : new Verdict<T>(new Approved<T>(plan));
    }

    /// <summary>Whether every size is refused, and why: for sparing the search for one.</summary>
    /// <param name="proposal">Its edge is an upper bound of what any size has; its amounts are not read.</param>
    public bool RefusesAnySize(in RiskState state, in Proposal proposal, out Refused refused) =>
        KillLimit.Refuses(state, out refused)
        || BookAgeLimit.Refuses(_limits, state, proposal, out refused)
        || LegCoherenceLimit.Refuses(_limits, proposal, out refused)
        || ClockSkewLimit.Refuses(_limits, proposal, out refused)
        || NetEdgeLimit.Refuses(_limits, proposal, out refused);

    /// <summary>The second look, right before an order leaves: what may have changed since the decision.</summary>
    public bool RefusesToSend(in RiskState state, in Proposal proposal, out Refused refused) =>
        KillLimit.Refuses(state, out refused)
        || BookAgeLimit.Refuses(_limits, state, proposal, out refused);

    private bool Refuses(in RiskState state, in Proposal proposal, out Refused refused) =>
        RefusesAnySize(state, proposal, out refused)
        || OpenPlansLimit.Refuses(_limits, state, out refused);

    /// <summary>Whether what the limits leave of the proposal is below the least that is worth a plan.</summary>
    private bool IsTooSmall(in Proposal proposal, SizeBound bound, out Refused refused)
    {
        var isClipped = bound.InputAmountMax < proposal.InputAmount;
        var allowed = decimal.Max(0m, decimal.Min(bound.InputAmountMax, proposal.InputAmount)) * proposal.StartAssetPrice;
        refused = new Refused(isClipped ? bound.SetBy : RefusalReason.MinimumNotional, allowed, _limits.NotionalMin);
        return allowed < _limits.NotionalMin || allowed == 0m;
    }
}
