using Parallax.Simulation.Drill.World;
using Parallax.Trading.Ledger;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>The accounts of every asset sum to zero, and every balance equals the ledger's.</summary>
internal sealed class LedgerBalances : IInvariant
{
    public string Name => "ledger-balances";

    public string? Broken(DrillWorld world)
    {
        try
        {
            world.Engine?.Treasury.Check();
            return null;
        }
        catch (LedgerException wrong)
        {
            return wrong.Message;
        }
    }
}
