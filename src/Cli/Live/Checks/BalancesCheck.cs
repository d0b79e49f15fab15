using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Live.Checks;

/// <summary>The venue's account was compared with the ledger, and they agree.</summary>
internal sealed class BalancesCheck(LiveSession session) : IArmingCheck
{
    public async Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        var (isReconciled, awaits, drifts) = await session.AskAsync(engine => (engine.Reconciler.IsReconciled, engine.Reconciler.Awaits, engine.Reconciler.Drifts.ToList())).WaitAsync(cancellation);
        return !isReconciled ? new ArmingCheck(
                "balances", false, awaits is null ? "The venue's account is not compared with the ledger yet; wait a few seconds." : $"The venue's account is not compared with the ledger yet: {awaits}.")
            : drifts.Count == 0 ? new ArmingCheck("balances", true, "The venue's account was compared with the ledger, and they agree.")
            : new ArmingCheck("balances", false, string.Join(", ", drifts.Select(one =>
                $"{one.Holding.Asset.Code}: {Decimals.Plain(one.Theirs)} at the venue, {Decimals.Plain(one.Ours)} in the ledger")) + ". Find out why before anything is traded.");
    }
}
