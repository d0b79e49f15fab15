namespace Parallax.Trading.Risk.Limits;

/// <summary>Nothing while trading is halted; only what reduces while it is restricted.</summary>
internal static class TradingStateLimit
{
    public static bool Refuses(in RiskState state, in Proposal proposal, out Refused refused)
    {
        refused = new Refused(RefusalReason.TradingState, (decimal)state.Level, (decimal)RiskLevel.Cautious);
        return state.Level >= RiskLevel.Halted || (state.Level == RiskLevel.Restricted && !proposal.IsReduceOnly);
    }
}
