using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue bans our address: neither orders nor questions nor books.</summary>
public sealed class D5Banned : Fault
{
    public override string Scenario => "D5";

    public override void Begin(DrillWorld world)
    {
        world.Exchange.Denial = VenueDenial.Banned;
        world.Feed.Break();
    }

    public override void End(DrillWorld world)
    {
        world.Exchange.Denial = null;
        world.Feed.Mend();
        world.Operator.Restart("from an address that is not banned");
    }
}
