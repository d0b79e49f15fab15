using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.Latency;

/// <summary>Latencies drawn, message by message, from quantiles of recorded round trips.</summary>
/// <remarks>
/// Draws are independent, so a later order may arrive first: orders travel on their own requests. Entry and response have streams of
/// their own: changing one distribution leaves the draws of the other as they were.
/// </remarks>
public sealed class QuantileLatency(LatencyQuantiles entry, LatencyQuantiles response, ulong seed) : ILatencyModel
{
    private readonly SeededRandom _entryRandom = new(seed, stream: 0x10);
    private readonly SeededRandom _responseRandom = new(seed, stream: 0x11);

    public long EntryNanos() => entry.At((int)_entryRandom.Below(1_000_001));

    public long ResponseNanos() => response.At((int)_responseRandom.Below(1_000_001));
}
