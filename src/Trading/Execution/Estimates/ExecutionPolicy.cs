namespace Parallax.Trading.Execution.Estimates;

/// <summary>In which order the legs of a plan are sent.</summary>
public enum ExecutionPolicy : byte
{
    /// <summary>One after the other, each sized by what the one before brought. Needs only the first leg's money.</summary>
    Sequential = 0,

    /// <summary>The leg with the thinnest book first, the others together, sized to its fill. Needs inventory for every leg.</summary>
    Hybrid = 1,

    /// <summary>All at once. Needs inventory for every leg.</summary>
    Simultaneous = 2,
}

/// <summary>How a policy is picked.</summary>
public enum PolicyChoosing : byte
{
    /// <summary>Always sequential; nothing is estimated.</summary>
    Sequential = 0,

    /// <summary>The one with the highest expected value of those the inventory covers.</summary>
    ExpectedValue = 1,
}

/// <summary>What is expected of one way to execute a plan; all in bps of its input.</summary>
/// <param name="FillProbability">That every leg fills as planned, 0 to 1.</param>
/// <param name="FailureCostBps">What coming home costs when one does not.</param>
public readonly record struct PolicyEstimate(ExecutionPolicy Policy, decimal EdgeBps, decimal FillProbability, decimal FailureCostBps)
{
    /// <summary>Edge × P(all legs fill) − P(failure) × failure cost.</summary>
    public decimal ValueBps => (EdgeBps * FillProbability) - ((1m - FillProbability) * FailureCostBps);

    /// <summary>Expected failure loss is within 30 % of the edge (strategies/risk.md section 5).</summary>
    public bool IsWithinLossBudget => (1m - FillProbability) * FailureCostBps <= 0.3m * EdgeBps;
}
