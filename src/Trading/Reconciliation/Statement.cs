using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Reconciliation;

/// <summary>One item of what a venue says of the account: the answer to <see cref="IOrderGateway.Survey"/>. An input record (kind 71).</summary>
/// <remarks>
/// An answer is <see cref="Begun"/>, items in any order, <see cref="Ended"/>: one at a time for each venue. An answer that breaks off is
/// ended as failed, or begun anew; while it is read, <see cref="Progress"/> says so. Fills of our own orders are no items: they come as <see cref="OrderEvent"/> records, before the end,
/// and may repeat what is known. Layout: docs/concepts/records.md.
/// </remarks>
public abstract record Statement
{
    public const byte RecordKind = RecordKinds.InputFirst + 7;

    /// <summary>The subject of a record that is about no instrument of the session.</summary>
    public const ushort NoInstrument = ushort.MaxValue;

    // The flags of the record.
    private const byte BegunType = 1, BalanceType = 2, OpenOrderType = 3, ForeignTradeType = 4, TransferType = 5, EndedType = 6, OwnTradeType = 7, ProgressType = 8;

    private Statement(VenueId venue) => Venue = venue;

    public VenueId Venue { get; }

    /// <summary>An answer begins.</summary>
    /// <param name="SinceTime">Trades and transfers later than this are told; venue's clock, UTC nanoseconds.</param>
    /// <param name="ListsTrades">Each of our own trades since then is an item, so that one which is missing says something.</param>
    public sealed record Begun(VenueId Venue, long SinceTime, bool ListsTrades = false) : Statement(Venue);

    /// <summary>What the venue holds for us. In a complete answer an asset without a balance is one of which it holds nothing.</summary>
    /// <param name="Total">What open orders hold is not taken off.</param>
    /// <param name="Held">The part of it that open orders hold.</param>
    public sealed record Balance(VenueId Venue, Asset Asset, decimal Total, decimal Held) : Statement(Venue);

    /// <summary>An order that is open at the venue, ours or not.</summary>
    /// <param name="Id">Zero where the order carries no id of ours.</param>
    /// <param name="Reference">The venue's own id of it.</param>
    /// <param name="Instrument"><see cref="NoInstrument"/> where the session does not trade it; lots and limit are zero then.</param>
    /// <param name="LimitTicks">Zero for an order without a limit.</param>
    public sealed record OpenOrder(
        VenueId Venue, ClientOrderId Id, string Reference, ushort Instrument, Side Side, long RemainingLots, long LimitTicks) : Statement(Venue);

    /// <summary>A trade of an order that carries no id of ours: somebody trades by hand, or with another program.</summary>
    /// <param name="Reference">The venue's number of the trade; the same trade may be told again.</param>
    /// <param name="BaseChange">What it did to the balance, fee apart; negative was sold.</param>
    /// <param name="Fee">In <paramref name="FeeAsset"/>, which is absent when nothing was charged; negative is a rebate.</param>
    public sealed record ForeignTrade(
        VenueId Venue, string Reference, Asset Base, decimal BaseChange, Asset Quote, decimal QuoteChange, Asset FeeAsset, decimal Fee) : Statement(Venue);

    /// <summary>A trade of an order of ours as the venue's history has it now; told besides its fill.</summary>
    /// <param name="Fee">In <paramref name="FeeAsset"/>, which is absent when nothing was charged; negative is a rebate.</param>
    public sealed record OwnTrade(VenueId Venue, ClientOrderId Order, ulong TradeId, Asset FeeAsset, decimal Fee) : Statement(Venue);

    /// <summary>A deposit or a withdrawal that took effect on the balance.</summary>
    /// <param name="Reference">The venue's number of it; the same one may be told again.</param>
    /// <param name="Change">Positive came in. What the venue charged for it is part of it.</param>
    public sealed record Transfer(VenueId Venue, string Reference, Asset Asset, decimal Change) : Statement(Venue);

    /// <summary>An answer is on its way, before it begins: a long history is being read.</summary>
    /// <param name="What">What is read, in words: <c>trades</c>.</param>
    /// <param name="Known">So many are read by now.</param>
    /// <param name="Total">So many there are.</param>
    public sealed record Progress(VenueId Venue, string What, int Known, int Total) : Statement(Venue);

    /// <summary>An answer ends.</summary>
    /// <param name="IsComplete">Every item was told. Otherwise nothing may be concluded from what is missing.</param>
    /// <param name="Why">What failed, in words without secrets; empty when nothing did.</param>
    public sealed record Ended(VenueId Venue, bool IsComplete, string Why) : Statement(Venue);

    public RecordHeader Header(long venueTime, long receivedTime) => new()
    {
        Kind = RecordKind,
        Flags = Type,
        Subject = this is OpenOrder order ? order.Instrument : NoInstrument,
        VenueTime = venueTime,
        ReceivedTime = receivedTime,
    };

    public ReadOnlySpan<byte> Write(PayloadWriter writer)
    {
        writer.Restart().Text(Venue.Name);
        return this switch
        {
            Begun { ListsTrades: true } begun => writer.Int64(begun.SinceTime).UInt16(1).Written,
            Begun begun => writer.Int64(begun.SinceTime).Written,
            Balance balance => writer.Text(balance.Asset.Code).Decimal(balance.Total).Decimal(balance.Held).Written,
            OpenOrder open => writer.UInt64(open.Id.Value).Text(open.Reference).Byte((byte)open.Side)
                .Int64(open.RemainingLots).Int64(open.LimitTicks).Written,
            ForeignTrade trade => writer.Text(trade.Reference).Text(trade.Base.Code).Decimal(trade.BaseChange)
                .Text(trade.Quote.Code).Decimal(trade.QuoteChange)
                .AssetOrNone(trade.FeeAsset).Decimal(trade.Fee).Written,
            Transfer transfer => writer.Text(transfer.Reference).Text(transfer.Asset.Code).Decimal(transfer.Change).Written,
            OwnTrade trade => writer.UInt64(trade.Order.Value).UInt64(trade.TradeId)
                .AssetOrNone(trade.FeeAsset).Decimal(trade.Fee).Written,
            Progress progress => writer.Text(progress.What).Int32(progress.Known).Int32(progress.Total).Written,
            Ended ended => writer.Bool(ended.IsComplete).Text(ended.Why).Written,
            _ => throw new ArgumentOutOfRangeException(nameof(writer), GetType().Name, "No such item."),
        };
    }

    /// <exception cref="MalformedRecordException">The record is no item of a statement.</exception>
    public static Statement Read(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        var venue = reader.Venue();
        return record.Header.Flags switch
        {
            BegunType => new Begun(venue, reader.Int64(), reader.HasMore && reader.UInt16() == 1),
            BalanceType => new Balance(venue, reader.Asset(), reader.Decimal(), reader.Decimal()),
            OpenOrderType => new OpenOrder(
                venue, new ClientOrderId(reader.UInt64()), reader.Text(), record.Header.Subject, reader.Side(), reader.Int64(), reader.Int64()),
            ForeignTradeType => new ForeignTrade(
                venue, reader.Text(), reader.Asset(), reader.Decimal(), reader.Asset(), reader.Decimal(), reader.AssetOrNone(), reader.Decimal()),
            TransferType => new Transfer(venue, reader.Text(), reader.Asset(), reader.Decimal()),
            EndedType => new Ended(venue, reader.Bool(), reader.Text()),
            OwnTradeType => new OwnTrade(venue, new ClientOrderId(reader.UInt64()), reader.UInt64(), reader.AssetOrNone(), reader.Decimal()),
            ProgressType => new Progress(venue, reader.Text(), reader.Int32(), reader.Int32()),
            var other => throw new MalformedRecordException($"No item of a statement has type {other}."),
        };
    }

    private byte Type => this switch
    {
        Begun => BegunType,
        Balance => BalanceType,
        OpenOrder => OpenOrderType,
        ForeignTrade => ForeignTradeType,
        Transfer => TransferType,
        OwnTrade => OwnTradeType,
        Progress => ProgressType,
        _ => EndedType,
    };
}
