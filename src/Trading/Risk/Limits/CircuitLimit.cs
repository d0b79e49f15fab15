namespace Parallax.Trading.Risk.Limits;

/// <summary>Nothing new while a breaker on the way is open, or half-open with its probe out.</summary>
internal static class CircuitLimit
{
    public static bool Refuses(in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.CircuitOpen, 1m, 0m);
        return state.Breaker == BreakerState.Open;
    }
}
