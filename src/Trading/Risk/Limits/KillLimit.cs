namespace Parallax.Trading.Risk.Limits;

/// <summary>Nothing new while the kill switch is set.</summary>
internal static class KillLimit
{
    public static bool Refuses(in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Kill, 1m, 0m);
        return state.IsKilled;
    }
}
