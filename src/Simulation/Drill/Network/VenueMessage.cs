using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Network;

/// <summary>What the venue says about one order.</summary>
/// <param name="FilledLots">All that has traded of it when this was said: a gateway that was told less has missed something.</param>
public readonly record struct VenueMessage(OrderEvent Told, long FilledLots);
