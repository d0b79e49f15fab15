using System.Globalization;
using Parallax.Domain;
using Parallax.Storage.Tables;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Storage.Projection.Folds;

/// <summary>Orders from intent to end, and their fills, by the rules of <see cref="OrderLife"/>: a fill is a fact, counted once per trade.</summary>
internal sealed class OrderFold(BatchTables tables, InstrumentNumbers instruments, OpportunityFold opportunities)
{
    private const string Sent = "sent", Accepted = "accepted", Partial = "partially-filled", Filled = "filled", Canceled = "canceled", Rejected = "rejected",
        Unknown = "unknown", NotFound = "not-found", NotSent = "not-sent";

    public void Take(in RecordPlace at, in OrderIntent intent)
    {
        var instrument = instruments.Of(at);
        var id = intent.Id.ToString();
        tables.Orders.Put(id, new OrderEntry(
            id, at.Sequence, at.Session, intent.Plan, intent.Leg, intent.Purpose.ToString().ToLowerInvariant(), instrument.Venue, instrument.Pair,
            SideText(intent.Side), intent.QuantityLots * instrument.LotSize, intent.LimitTicks * instrument.TickSize, TermText(intent.TimeInForce),
            Sent, 0m, IsPartial: false, at.Time, null, null));
    }

    /// <summary>An order that nothing intended is none of ours: the engine halts on it, which the audit shows.</summary>
    public void Take(in RecordPlace at, in OrderEvent told)
    {
        if (tables.Orders.Find(told.Id.ToString()) is not { } order)
        {
            return;
        }

        if (told.Type == OrderEventType.Filled)
        {
            Fill(at, told, order);
        }
        else if (Next(order.State, told.Type) is { } state)
        {
            Put(order with { State = state, Reason = told.Type is OrderEventType.Rejected or OrderEventType.NotSent ? told.Reason : order.Reason }, at.Time);
        }
    }

    /// <summary>The state that news leads to; null when it changes nothing.</summary>
    private static string? Next(string state, OrderEventType told) => (told, state) switch
    {
        (OrderEventType.Accepted, Sent or Unknown or NotFound) => Accepted,
        (OrderEventType.Rejected, Sent or Accepted or Unknown or NotFound) => Rejected,
        (OrderEventType.Canceled, Sent or Accepted or Partial or Unknown or NotFound) => Canceled,
        (OrderEventType.OutcomeUnknown, Sent) => Unknown,
        (OrderEventType.NotFound, Unknown) => NotFound,
        (OrderEventType.NotSent, Sent or Unknown) => NotSent,
        _ => null,
    };

    private void Fill(in RecordPlace at, in OrderEvent told, OrderEntry order)
    {
        var trade = told.TradeId.ToString(CultureInfo.InvariantCulture);
        // Only an order that has filled before can have this trade already.
        if (order.Filled > 0m && tables.Fills.Find((order.Id, trade)) is not null)
        {
            return;
        }

        var instrument = instruments.Of(at);
        var quantity = told.Fill.QuantityLots * instrument.LotSize;
        tables.Fills.Put((order.Id, trade), new FillEntry(
            order.Id, trade, at.Sequence, order.Session, order.Plan, order.Pair, SideText(told.Side), told.Fill.PriceTicks * instrument.TickSize, quantity,
            told.Fee, told.FeeAsset == default ? "" : told.FeeAsset.Code, at.Time));
        var filled = order.Filled + quantity;
        var isFinal = order.State is Filled or Canceled or Rejected;
        var state = isFinal ? order.State : filled < order.Quantity ? Partial : Filled;
        Put(order with { Filled = filled, State = state, IsPartial = filled < order.Quantity && order.Quantity - filled >= instrument.QuantityMin }, isFinal ? order.DoneTime : at.Time);
        if (tables.Plans.Find((order.Session, order.Plan)) is { } plan)
        {
            opportunities.Filled(plan.Session, plan.Opportunity);
        }
    }

    private void Put(OrderEntry order, long? time) =>
        tables.Orders.Put(order.Id, order with { DoneTime = order.State is Filled or Canceled or Rejected or NotFound or NotSent ? time : null });

    private static string SideText(Side side) => side == Side.Buy ? "buy" : "sell";

    private static string TermText(TimeInForce term) => term switch
    {
        TimeInForce.GoodTilCanceled => "good-til-canceled",
        TimeInForce.ImmediateOrCancel => "immediate-or-cancel",
        _ => "fill-or-kill",
    };
}
