namespace Parallax.Simulation.Drill.Invariants;

/// <summary>What was not as it must be.</summary>
/// <param name="Invariant">Its name, <c>sent-once</c>.</param>
/// <param name="What">What was found, for people.</param>
/// <param name="Time">True time, UTC nanoseconds.</param>
/// <param name="Step">The step after which it was seen.</param>
public sealed record Breach(string Invariant, string What, long Time, long Step);
