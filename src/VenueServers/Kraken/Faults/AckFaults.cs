using Parallax.Domain;
using Parallax.Simulation.Randomness;

namespace Parallax.VenueServers.Kraken.Faults;

internal enum AckFault
{
    None,
    Reject,
    Delay,
    Lose,
}

/// <summary>Decides, order by order, which answers go wrong. The same seed and sequence of orders give the same faults.</summary>
internal sealed class AckFaults(FaultTerms terms, ulong seed, FaultCounts counts)
{
    private readonly SeededRandom _random = new(seed, stream: 0x51);
    private AckFault _ordered;

    /// <summary>Lets a fault befall the next order, whatever chance says.</summary>
    public void Order(AckFault fault) => _ordered = fault;

    public AckFault Next()
    {
        var draw = _random.Unit();
        var fault = _ordered != AckFault.None ? _ordered
            : (draw -= terms.Reject) < 0 ? AckFault.Reject
            : (draw -= terms.Delay) < 0 ? AckFault.Delay
            : (draw -= terms.LostAck) < 0 ? AckFault.Lose
            : AckFault.None;
        _ordered = AckFault.None;
        counts.Count(fault);
        return fault;
    }

    /// <summary>By how much a delayed answer is late.</summary>
    public long DelayNanos() => _random.Between(200, 1500) * UtcNanos.PerMillisecond;

    /// <summary>Whether a maintenance begins in this second.</summary>
    public bool BeginsMaintenance()
    {
        var begins = terms.Maintenance > 0 && _random.Chance(terms.Maintenance);
        if (begins)
        {
            counts.CountMaintenance();
        }

        return begins;
    }
}
