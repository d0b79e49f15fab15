using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Every commit of the database takes long, and sometimes nobody hears of it.</summary>
public sealed class C6StoreSlow : Fault
{
    public override string Scenario => "C6";

    public long CommitNanos { get; init; } = 2_000_000_000;

    public bool LosesAnswers { get; init; }

    public override void Begin(DrillWorld world) => (world.Store.CommitNanos, world.Store.LosesAnswers) = (CommitNanos, LosesAnswers);

    public override void End(DrillWorld world) => (world.Store.CommitNanos, world.Store.LosesAnswers) = (0, false);
}
