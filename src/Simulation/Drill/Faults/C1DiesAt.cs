using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>The program dies at a named point: around a record, a flush or a send.</summary>
public sealed class C1DiesAt : Fault
{
    public override string Scenario => "C1";

    public required CrashPoint Point { get; init; }

    public override void Begin(DrillWorld world) => world.CrashPoints.Add(Point);

    public override string ToString() => $"{base.ToString()}, {Point}";
}
