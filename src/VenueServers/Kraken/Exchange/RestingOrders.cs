using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>The clients' orders that rest on one market, each side best price first, then first come first.</summary>
internal sealed class RestingOrders
{
    private readonly List<Order> _bids = [];
    private readonly List<Order> _asks = [];

    public bool IsEmpty => _bids.Count == 0 && _asks.Count == 0;

    /// <summary>Best first. Changes while orders are added or removed.</summary>
    public IReadOnlyList<Order> Side(BookSide side) => Orders(side);

    public void Add(Order order)
    {
        var side = SideOf(order);
        var orders = Orders(side);
        var at = orders.FindIndex(other => IsBetter(side, order.Terms.LimitTicks!.Value, other.Terms.LimitTicks!.Value));
        orders.Insert(at < 0 ? orders.Count : at, order);
    }

    public void Remove(Order order) => Orders(SideOf(order)).Remove(order);

    /// <summary>What rests at a price, all clients together.</summary>
    public long LotsAt(BookSide side, long priceTicks)
    {
        var lots = 0L;
        foreach (var order in Orders(side))
        {
            lots += order.Terms.LimitTicks == priceTicks ? order.LeftLots : 0;
        }

        return lots;
    }

    public static BookSide SideOf(Order order) => order.Side == Domain.Side.Buy ? BookSide.Bid : BookSide.Ask;

    public static bool IsBetter(BookSide side, long price, long other) => side == BookSide.Bid ? price > other : price < other;

    private List<Order> Orders(BookSide side) => side == BookSide.Bid ? _bids : _asks;
}
