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
        $"{r.Header.Kind} {r.Header.Flags} {r.Header.Subject} {r.Header.VenueTime} {r.Header.ReceivedTime} {r.Header.Tag} "
        + (r.Header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta
            ? string.Join(' ', BookRecord.Levels(r.Payload).ToArray().OrderBy(l => l.Side).Select(l => $"{l.Side}:{l.PriceTicks}:{l.QuantityLots}"))
            : Convert.ToHexString(r.Payload)));
}
