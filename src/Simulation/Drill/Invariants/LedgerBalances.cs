using Parallax.Simulation.Drill.World;
using Parallax.Trading.Ledger;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>The accounts of every asset sum to zero, and every balance equals the ledger's. Looked at when something was posted.</summary>
internal sealed class LedgerBalances : IInvariant
{
    public string Name => "ledger-balances";

    public string? Broken(DrillWorld world)
    {
        if (!world.Told.HasPosted)
        {
            return null;
        }

        try
        {
            world.Told.HasPosted = false;
            world.Engine?.Treasury.Check();
            return null;
        }
        catch (LedgerException wrong)
        {
            return wrong.Message;
        }
    }
}
