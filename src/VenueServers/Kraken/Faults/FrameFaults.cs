using Parallax.Simulation.Randomness;

namespace Parallax.VenueServers.Kraken.Faults;

/// <summary>What can befall a market data message; <see cref="FaultTerms"/> says what each does.</summary>
public enum FrameFault
{
    None,
    Disconnect,
    Checksum,
    Drop,
    Duplicate,
    Truncate,
}

/// <summary>Decides, message by message, which market data goes wrong. The same seed and sequence of messages give the same faults.</summary>
internal sealed class FrameFaults(FaultTerms terms, ulong seed, FaultCounts counts)
{
    private readonly SeededRandom _random = new(seed, stream: 0x50);
    private readonly bool _isQuiet = terms is { Disconnect: 0, Checksum: 0, Drop: 0, Duplicate: 0, Truncate: 0 };
    private FrameFault _ordered;

    /// <summary>Lets a fault befall the next book message, whatever chance says; one that still waits is replaced.</summary>
    public void Order(FrameFault fault) => _ordered = fault;

    public FrameFault Next(bool hasChecksum)
    {
        if (hasChecksum && _ordered != FrameFault.None)
        {
            var ordered = _ordered;
            _ordered = FrameFault.None;
            counts.Count(ordered);
            return ordered;
        }

        if (_isQuiet)
        {
            return FrameFault.None;
        }

        var fault = Draw(hasChecksum);
        counts.Count(fault);
        return fault;
    }

    private FrameFault Draw(bool hasChecksum)
    {
        var draw = _random.Unit();
        return (draw -= terms.Disconnect) < 0 ? FrameFault.Disconnect
            : (draw -= terms.Drop) < 0 ? FrameFault.Drop
            : (draw -= terms.Duplicate) < 0 ? FrameFault.Duplicate
            : (draw -= terms.Truncate) < 0 ? FrameFault.Truncate
            : hasChecksum && draw < terms.Checksum ? FrameFault.Checksum
            : FrameFault.None;
    }
}
