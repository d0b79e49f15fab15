using Parallax.Trading.Engine;

namespace Parallax.Reporting.Sessions;

/// <summary>Until the first opportunity, which cycle came closest to being one: what the page says instead of an empty table.</summary>
/// <remarks>
/// On the engine thread. It sees the best prices of the moment of a picture, not of every record, and looks at so many cycles a picture that
/// the thread is not kept from its work; then at the next ones. Once there was an opportunity it looks at nothing: the store tells the rest.
/// </remarks>
internal sealed class NearMissWatch
{
    private const int CyclesEachLook = 128;

    private NearMissView? _nearest;
    private int _next;

    /// <returns>The closest so far; <see langword="null"/> before all legs of a cycle had prices, and from the first opportunity on.</returns>
    public NearMissView? Look(Engine engine, long now)
    {
        if (engine.Totals.Opportunities > 0)
        {
            return _nearest = null;
        }

        var count = engine.CycleCount;
        for (var looked = 0; looked < Math.Min(count, CyclesEachLook); looked++)
        {
            _next = (_next + 1) % count;
            if (engine.TryEdgeBps(_next, isNet: true, out var net) && (_nearest is null || net > _nearest.NetBps) && engine.TryEdgeBps(_next, isNet: false, out var gross))
            {
                _nearest = new NearMissView(engine.CycleName(_next), gross, net, now);
            }
        }

        return _nearest;
    }
}
