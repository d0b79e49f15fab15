namespace Parallax.Trading.Risk.Limits;

/// <summary>A share of the balance is never spent: for fees, unwinding and what was forgotten.</summary>
internal static class ReserveCap
{
    /// <returns>In the start asset; negative when less than the reserve is available.</returns>
    public static decimal InputAmountMax(RiskLimits limits, in RiskState state) => state.Available - (limits.ReserveFraction * state.Balance);
}
