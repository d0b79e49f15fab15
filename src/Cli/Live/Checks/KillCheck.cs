using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Live.Checks;

/// <summary>Stopping wins: what was stopped is resumed first, by its own command.</summary>
internal sealed class KillCheck(IOperatedSession session) : IArmingCheck
{
    public Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        var now = session.Current;
        return Task.FromResult(now.State switch
        {
            TradingState.Killed => new ArmingCheck("switch", false, $"Trading is stopped ({now.StateReason}); first: parallax resume --reason …"),
            TradingState.Halted => new ArmingCheck("switch", false, $"The engine halted itself: {now.StateReason}."),
            TradingState.Draining => new ArmingCheck("switch", false, "The session is ending."),
            TradingState.Starting => new ArmingCheck("switch", false, "The session is starting; wait for the first books."),
            _ => new ArmingCheck("switch", true, "Trading is not stopped."),
        });
    }
}
