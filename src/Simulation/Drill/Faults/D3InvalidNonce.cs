using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue refuses a request for its nonce: once, and it is tried once more; again, and somebody else uses the key.</summary>
public sealed class D3InvalidNonce : OrderTrouble
{
    public override string Scenario => "D3";

    /// <summary>One or two.</summary>
    public int Refusals { get; init; } = 2;

    public override void End(DrillWorld world)
    {
        if (Refusals > 1)
        {
            world.Operator.Restart("with a key of its own");
        }
    }

    protected override void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate) => fate.NonceRefusals = Refusals;
}
