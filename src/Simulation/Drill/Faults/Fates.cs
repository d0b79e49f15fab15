using Parallax.Journal.Framing;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>What the faults of a world make of an order, a question or a quote on its way; nothing once the world is calm.</summary>
public sealed class Fates(DrillWorld world)
{
    private readonly Fault[] _all = [.. world.Faults];

    internal OrderFate Of(in OrderRequest request)
    {
        var fate = default(OrderFate);
        foreach (var fault in Awake)
        {
            fault.OnOrder(world, request, ref fate);
        }

        return fate;
    }

    internal QueryFate OfQuery()
    {
        var fate = default(QueryFate);
        foreach (var fault in Awake)
        {
            fault.OnQuery(world, ref fate);
        }

        return fate;
    }

    internal QuoteFate OfQuote(in RecordHeader header)
    {
        var fate = default(QuoteFate);
        foreach (var fault in Awake)
        {
            fault.OnQuote(world, header, ref fate);
        }

        return fate;
    }

    private ReadOnlySpan<Fault> Awake => world.IsCalm ? [] : _all;
}
