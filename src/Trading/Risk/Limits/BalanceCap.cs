namespace Parallax.Trading.Risk.Limits;

/// <summary>A plan spends no more than is there and not promised to another plan.</summary>
internal static class BalanceCap
{
    /// <returns>In the start asset; negative when more is promised than there is.</returns>
    public static decimal InputAmountMax(in RiskState state) => state.Available;
}
