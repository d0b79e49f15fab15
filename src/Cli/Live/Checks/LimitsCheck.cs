using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Live.Checks;

/// <summary>Limits are always set; those in force now are shown, so that whoever arms has seen them.</summary>
internal sealed class LimitsCheck(LiveSession session) : IArmingCheck
{
    public async Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        var limits = (await session.AskAsync(engine => engine.Settings)).Limits;
        var passed = limits is { NotionalMax: > 0m, OpenPlansMax: > 0 };
        return new ArmingCheck("limits", passed, passed
            ? $"A plan spends up to {Decimals.Plain(limits.NotionalMax)}, earns {Decimals.Plain(limits.NetEdgeBpsMin)} bps or more; up to {limits.OpenPlansMax} plans at once."
            : "No plan may be opened by these limits: see limits.open-plans.");
    }
}
