using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The key is revoked while the program runs.</summary>
public sealed class D14KeyRevoked : Fault
{
    public override string Scenario => "D14";

    public override void Begin(DrillWorld world) => world.Exchange.Denial = VenueDenial.KeyRevoked;

    public override void End(DrillWorld world)
    {
        world.Exchange.Denial = null;
        world.Operator.Restart("with another key");
    }
}
