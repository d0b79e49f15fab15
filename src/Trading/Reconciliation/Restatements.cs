using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Reconciliation;

/// <summary>A venue says what it really charged for a trade of ours. An input record (kind 76).</summary>
/// <param name="Order">Zero where only the venue's number of the trade is known.</param>
/// <param name="Fee">All of it, not what is added; negative is a rebate, zero takes it back.</param>
public readonly record struct FeeCorrection(ClientOrderId Order, ulong TradeId, Asset FeeAsset, decimal Fee)
{
    public const byte RecordKind = RecordKinds.InputFirst + 12;

    public static RecordHeader Header(long venueTime, long receivedTime) =>
        new() { Kind = RecordKind, VenueTime = venueTime, ReceivedTime = receivedTime };

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart()
        .UInt64(Order.Value).UInt64(TradeId).AssetOrNone(FeeAsset).Decimal(Fee).Written;

    /// <exception cref="MalformedRecordException">The payload is no such correction.</exception>
    public static FeeCorrection Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        return new FeeCorrection(new ClientOrderId(reader.UInt64()), reader.UInt64(), reader.AssetOrNone(), reader.Decimal());
    }
}

/// <summary>A venue takes a trade of ours back, as if it had never been. An input record (kind 77).</summary>
/// <param name="Order">Zero where only the venue's number of the trade is known.</param>
/// <param name="Reason">In the venue's words.</param>
public readonly record struct TradeReversal(ClientOrderId Order, ulong TradeId, string Reason)
{
    public const byte RecordKind = RecordKinds.InputFirst + 13;

    public static RecordHeader Header(long venueTime, long receivedTime) =>
        new() { Kind = RecordKind, VenueTime = venueTime, ReceivedTime = receivedTime };

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart().UInt64(Order.Value).UInt64(TradeId).Text(Reason).Written;

    /// <exception cref="MalformedRecordException">The payload is no such reversal.</exception>
    public static TradeReversal Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        return new TradeReversal(new ClientOrderId(reader.UInt64()), reader.UInt64(), reader.Text());
    }
}
