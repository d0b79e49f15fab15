using Parallax.Simulation.Drill.World;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.Network;

/// <summary>What the venue says of the account at one moment: fills of our own orders, and everything else as items of a statement.</summary>
internal sealed record AccountStatement(IReadOnlyList<VenueMessage> Fills, IReadOnlyList<Statement> Items)
{
    /// <param name="sinceTime">Trades and transfers later than this are told, true time.</param>
    public static AccountStatement Of(DrillVenue venue, long sinceTime)
    {
        var name = DrillListings.Venue;
        var fills = new List<VenueMessage>();
        var items = new List<Statement> { new Statement.Begun(name, sinceTime) };
        foreach (var order in venue.Orders.Values.OrderBy(order => order.ArrivalTime))
        {
            if (!order.IsOver)
            {
                var request = order.Request;
                items.Add(new Statement.OpenOrder(
                    name, request.Id, request.Id.ToString(), request.Instrument, request.Side, request.QuantityLots - order.FilledLots, request.LimitTicks));
            }

            if (order.TradedTime > sinceTime)
            {
                fills.AddRange(order.Fills.Select(fill => new VenueMessage(fill, order.FilledLots)));
            }
        }

        items.AddRange(venue.Others.Where(other => other.Time > sinceTime).Select(other => other.Item));
        items.AddRange(venue.Balances.Where(held => held.Value != 0m).Select(held => new Statement.Balance(name, held.Key, held.Value, 0m)));
        items.Add(new Statement.Ended(name, true, ""));
        return new AccountStatement(fills, items);
    }

    public static AccountStatement Failed(long sinceTime, string why) =>
        new([], [new Statement.Begun(DrillListings.Venue, sinceTime), new Statement.Ended(DrillListings.Venue, false, why)]);
}
