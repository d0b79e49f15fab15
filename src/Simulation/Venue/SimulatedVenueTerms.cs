using Parallax.Domain;
using Parallax.Simulation.Fills;

namespace Parallax.Simulation.Venue;

/// <summary>The assumptions of a simulated venue that are plain numbers.</summary>
public sealed record SimulatedVenueTerms
{
    public TakerFillTerms Fills { get; init; } = new();

    /// <summary>
    /// How long after sending the gateway waits for an answer before it reports the outcome as unknown; a later answer is still
    /// reported. Default ten seconds.
    /// </summary>
    public long DeadlineNanos { get; init; } = 10 * UtcNanos.PerSecond;

    /// <summary>How long after its arrival an order stays invisible to queries, as behind a venue's slow read path. Default none.</summary>
    public long QueryLagNanos { get; init; }

    /// <summary>Orders that queries can still ask about; older ones are forgotten, as a venue does. Default 65,536.</summary>
    public int RememberedOrders { get; init; } = 65_536;

    /// <exception cref="ArgumentOutOfRangeException">Says which term is off and what was found.</exception>
    public SimulatedVenueTerms Validated()
    {
        Fills.Validated();
        ArgumentOutOfRangeException.ThrowIfNegative(DeadlineNanos);
        ArgumentOutOfRangeException.ThrowIfNegative(QueryLagNanos);
        ArgumentOutOfRangeException.ThrowIfLessThan(RememberedOrders, 1);
        return this;
    }
}
