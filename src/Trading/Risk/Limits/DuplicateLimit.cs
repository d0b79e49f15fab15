namespace Parallax.Trading.Risk.Limits;

/// <summary>An opportunity becomes a plan once.</summary>
internal static class DuplicateLimit
{
    public static bool Refuses(in RiskState state, out Refused refused)
    {
        refused = new Refused(RefusalReason.Duplicate, 1m, 0m);
        return state.IsDuplicate;
    }
}
