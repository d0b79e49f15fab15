using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Simulation.SeededMarket;

namespace Parallax.VenueServers.Kraken.Markets;

/// <summary>Where the quotes and trades of everybody else come from. Exchange thread only.</summary>
internal interface IMarketSource : IDisposable
{
    /// <summary>By the number that records carry as their subject.</summary>
    IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>The mispricing that lives at the record last read; <see langword="null"/> when none does or the source plants none.</summary>
    Mispricing? Living { get; }

    /// <summary>Reads the next record if it has happened.</summary>
    /// <param name="now">UTC nanoseconds.</param>
    /// <param name="record">Valid until the next call.</param>
    bool TryRead(long now, out MarketEvent record);

    /// <summary>
    /// After <see cref="TryRead"/> found nothing: when the next record happens, UTC nanoseconds; <see langword="null"/> when the source has
    /// ended and the market stands still.
    /// </summary>
    long? NextTime { get; }
}

/// <summary>A market record in its two parts.</summary>
internal readonly ref struct MarketEvent(in RecordHeader header, ReadOnlySpan<byte> payload)
{
    public readonly RecordHeader Header = header;

    public readonly ReadOnlySpan<byte> Payload = payload;
}
