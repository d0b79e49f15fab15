using Parallax.Journal.Framing;
using Parallax.MarketData.Records;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Keeps records as they came.</summary>
internal sealed class RecordList : IRecordSink
{
    public List<(RecordHeader Header, byte[] Payload)> Records { get; } = [];

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload) => Records.Add((header, payload.ToArray()));

    /// <summary>One line a record; book levels by side, in the order sent, since the order between the sides means nothing.</summary>
    public IEnumerable<string> Lines() => Records.Select(r =>
        $"{r.Header.Kind} {r.Header.Flags} {r.Header.Subject} {r.Header.VenueTime} {r.Header.ReceivedTime} {r.Header.Tag} {Payload(r.Header.Kind, r.Payload)}");

    private static string Payload(byte kind, byte[] payload)
    {
        switch (kind)
        {
            case MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta:
                return string.Join(' ', BookRecord.Levels(payload).ToArray().OrderBy(l => l.Side).Select(l => $"{l.Side}:{l.PriceTicks}:{l.QuantityLots}"));
            case MarketRecordKind.Trade:
                var trade = TradeRecord.Read(payload);
                return $"{trade.Aggressor}:{trade.PriceTicks}:{trade.QuantityLots}:{trade.TradeId}";
            default:
                return Convert.ToHexString(payload);
        }
    }
}
