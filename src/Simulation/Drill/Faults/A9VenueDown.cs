using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The venue is gone for a while: no order arrives, no question is answered, no book comes.</summary>
public sealed class A9VenueDown : Fault
{
    public override string Scenario => "A9";

    public override void Begin(DrillWorld world)
    {
        world.Venue.IsSilent = true;
        world.Exchange.Break();
        world.Feed.Break();
    }

    public override void End(DrillWorld world)
    {
        world.Venue.IsSilent = false;
        world.Exchange.Mend();
        world.Feed.Mend();
    }
}
