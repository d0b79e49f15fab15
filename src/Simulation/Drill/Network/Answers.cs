using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Network;

/// <summary>In which words and order the venue tells what became of an order.</summary>
internal static class Answers
{
    /// <summary>As it is, and in the order in which it happened: what the answer to a question says.</summary>
    public static IEnumerable<VenueMessage> Of(DrillOrder order) => Of(order, default);

    /// <summary>As the fate of the order bends it.</summary>
    public static IEnumerable<VenueMessage> Of(DrillOrder order, OrderFate fate)
    {
        if (order.RejectReason is { } reason)
        {
            yield return Plain(order, OrderEventType.Rejected, reason);
            yield break;
        }

        if (fate.CanceledFirst)
        {
            yield return Plain(order, OrderEventType.Canceled) with { FilledLots = 0 };
        }

        if (!fate.FillsFirst)
        {
            yield return Plain(order, OrderEventType.Accepted);
        }

        var filled = 0L;
        foreach (var fill in order.Fills)
        {
            filled += fill.Fill.QuantityLots;
            yield return new VenueMessage(fill, filled);
        }

        if (fate.FillsFirst)
        {
            yield return Plain(order, OrderEventType.Accepted);
        }

        if (order.IsOver && order.FilledLots < order.Request.QuantityLots && !fate.CanceledFirst)
        {
            yield return Plain(order, OrderEventType.Canceled);
        }

        if (fate.OpensAgain)
        {
            yield return Plain(order, OrderEventType.Accepted);
        }
    }

    private static VenueMessage Plain(DrillOrder order, OrderEventType type, string reason = "") => new(
        new OrderEvent { Id = order.Request.Id, Type = type, Instrument = order.Request.Instrument, Side = order.Request.Side, Reason = reason },
        order.FilledLots);
}
