using System.Runtime.InteropServices;
using Parallax.Domain;
using Parallax.Journal.Framing;

namespace Parallax.MarketData.Records;

/// <summary>A public trade: 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct TradeRecord(long priceTicks, long quantityLots, Side aggressor, ulong tradeId)
{
    public const int Size = 24;

    public readonly long PriceTicks = priceTicks;

    private readonly long _signedLots = aggressor == Side.Buy ? quantityLots : ~quantityLots;

    /// <summary>The venue's trade number; zero when it gives none.</summary>
    public readonly ulong TradeId = tradeId;

    public long QuantityLots => _signedLots ^ (_signedLots >> 63);

    /// <summary>Who crossed the spread.</summary>
    public Side Aggressor => (Side)((ulong)_signedLots >> 63);

    public static RecordHeader Header(ushort instrument, long venueTime, long receivedTime) => new()
    {
        Kind = MarketRecordKind.Trade,
        Subject = instrument,
        VenueTime = venueTime,
        ReceivedTime = receivedTime,
    };

    public static ref readonly TradeRecord Read(ReadOnlySpan<byte> payload) => ref MemoryMarshal.AsRef<TradeRecord>(payload);

    public static ReadOnlySpan<byte> Payload(in TradeRecord trade) => MemoryMarshal.AsBytes(new ReadOnlySpan<TradeRecord>(in trade));
}
