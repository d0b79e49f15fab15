using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Venue;

/// <summary>Puts what happened at the simulated venue into the words of order events.</summary>
internal static class VenueReports
{
    /// <summary>Tells all that became of an order, in the order in which a venue would.</summary>
    public static void Tell(in Due due, IOrderEventSink sink)
    {
        var order = due.Order!;
        order.IsTold = true;
        if (order.RejectReason is { } reason)
        {
            sink.Take(Plain(due, OrderEventType.Rejected) with { Reason = reason }, due.VenueTime, due.Time);
            return;
        }

        sink.Take(Plain(due, OrderEventType.Accepted), due.VenueTime, due.Time);
        for (var i = 0; i < order.Fills.Length; i++)
        {
            sink.Take(Filled(order, order.Fills[i]), order.ArrivalTime, due.Time);
        }

        if (order.FilledLots < order.Request.QuantityLots)
        {
            sink.Take(Plain(due, OrderEventType.Canceled), due.VenueTime, due.Time);
        }
    }

    public static OrderEvent Filled(VenueOrder order, in VenueFill fill) => new()
    {
        Id = order.Request.Id,
        Type = OrderEventType.Filled,
        Instrument = order.Request.Instrument,
        Side = order.Request.Side,
        Fill = fill.Level,
        Fee = fill.Fee,
        FeeAsset = fill.FeeAsset,
        TradeId = fill.TradeId,
        Reason = "",
    };

    /// <summary>A report that says no more than its type.</summary>
    public static OrderEvent Plain(in Due due, OrderEventType type) => new()
    {
        Id = due.Id,
        Type = type,
        Instrument = due.Order?.Request.Instrument ?? 0,
        Side = due.Order?.Request.Side ?? Side.Buy,
        Reason = "",
    };
}
