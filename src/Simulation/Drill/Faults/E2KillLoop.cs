using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>An operator stops trading and lets it go on, again and again.</summary>
public sealed class E2KillLoop : Fault
{
    public override string Scenario => "E2";

    public int Times { get; init; } = 100;

    public override void Begin(DrillWorld world)
    {
        var pause = (UntilNanos - FromNanos) / (2 * Times);
        for (var i = 1; i < Times; i++)
        {
            world.Agenda.After(2 * i * pause, () => Act(world, world.Operator.Kill));
            world.Agenda.After(((2 * i) + 1) * pause, () => Act(world, world.Operator.Resume));
        }
    }

    public override void End(DrillWorld world) => world.Operator.Resume("the loop is over");

    private static void Act(DrillWorld world, Action<string> command)
    {
        if (!world.IsCalm)
        {
            command("loop");
        }
    }
}
