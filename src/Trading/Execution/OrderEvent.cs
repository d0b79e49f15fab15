using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Execution;

public enum OrderEventType : byte
{
    /// <summary>The venue took the order for matching.</summary>
    Accepted = 1,

    /// <summary>The venue refused it; nothing was or will be traded.</summary>
    Rejected = 2,

    /// <summary>A trade of this order: a fact, deduplicated by <see cref="OrderEvent.TradeId"/>.</summary>
    Filled = 3,

    /// <summary>The rest will not trade: an immediate-or-cancel remainder, or a cancel that went through.</summary>
    Canceled = 4,

    /// <summary>No definite answer within the deadline: the order may be live.</summary>
    OutcomeUnknown = 5,

    /// <summary>The venue, asked by client order id, does not know the order.</summary>
    NotFound = 6,

    /// <summary>It was held back on our side before any of its bytes left: the venue has never heard of it. Not the venue's word but ours.</summary>
    NotSent = 7,
}

/// <summary>What a venue told us about one of our orders. An input record (kind 64): it is on the session's tape.</summary>
public readonly record struct OrderEvent
{
    public const byte RecordKind = RecordKinds.InputFirst;

    public required ClientOrderId Id { get; init; }

    public required OrderEventType Type { get; init; }

    public ushort Instrument { get; init; }

    public Side Side { get; init; }

    /// <summary>Fills only: price in ticks and quantity in lots.</summary>
    public Level Fill { get; init; }

    /// <summary>Fills only: what the venue charged, in <see cref="FeeAsset"/>; negative is a rebate.</summary>
    public decimal Fee { get; init; }

    /// <summary>Fills only; may be absent when the fee is zero.</summary>
    public Asset FeeAsset { get; init; }

    /// <summary>Fills only: the venue's number of this trade.</summary>
    public ulong TradeId { get; init; }

    /// <summary>Rejections: the venue's own text. <see cref="OrderEventType.NotSent"/>: why, as a stable code. Empty otherwise.</summary>
    public string Reason { get; init; }

    public RecordHeader Header(long venueTime, long receivedTime) => new()
    {
        Kind = RecordKind,
        Flags = (byte)Type,
        Subject = Instrument,
        VenueTime = venueTime,
        ReceivedTime = receivedTime,
    };

    public ReadOnlySpan<byte> Write(PayloadWriter writer) => writer.Restart()
        .UInt64(Id.Value)
        .Byte((byte)Side)
        .Int64(Fill.PriceTicks)
        .Int64(Fill.QuantityLots)
        .UInt64(TradeId)
        .Decimal(Fee)
        .Text(Type == OrderEventType.Filled && FeeAsset != default ? FeeAsset.Code : "")
        .Text(Reason ?? "")
        .Written;

    /// <exception cref="MalformedRecordException">The payload is not an order event.</exception>
    public static OrderEvent Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var id = new ClientOrderId(reader.UInt64());
        var side = (Side)reader.Byte();
        var fill = new Level(reader.Int64(), reader.Int64());
        var trade = reader.UInt64();
        var fee = reader.Decimal();
        var asset = reader.AssetOrNone();
        var reason = reader.Text();
        return new OrderEvent
        {
            Id = id,
            Type = (OrderEventType)record.Header.Flags,
            Instrument = record.Header.Subject,
            Side = side,
            Fill = fill,
            TradeId = trade,
            Fee = fee,
            FeeAsset = asset,
            Reason = reason,
        };
    }
}
