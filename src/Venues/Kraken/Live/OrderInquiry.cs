using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Asks REST what became of an order, by our id.</summary>
/// <remarks>
/// Open orders first, then closed ones: an order that ends between the two questions is then in the second list, while the other way round
/// it would be in neither. An order names its fills; they are asked for by their ids, however old they are.
/// </remarks>
internal sealed class OrderInquiry(KrakenRest rest, MarketNamesReader markets)
{
    /// <summary>Trades on one page of the venue's history.</summary>
    private const int PageTrades = 50;
    private const int PagesMax = 20;

    /// <summary>UNSURE: how many trades one question may name, from memory.</summary>
    private const int NamedTradesMax = 20;

    /// <param name="now">Where an order does not name its fills, they are looked for in the hour before. UTC nanoseconds.</param>
    public async Task<OrderReport> AskAsync(ClientOrderId id, long now, CancellationToken cancellation)
    {
        var name = id.ToString();
        var open = await rest.OpenOrdersAsync(name, cancellation);
        if (open.Result is null)
        {
            return OrderReport.NoAnswer(id, open.Trouble);
        }

        // The filter is an argument that a venue may ignore; the rows say what they are.
        var order = open.Result.FirstOrDefault(one => one.ClientOrderId == name);
        if (order is null)
        {
            var closed = await rest.ClosedOrdersAsync(name, cancellation);
            if (closed.Result is null)
            {
                return OrderReport.NoAnswer(id, closed.Trouble);
            }

            order = closed.Result.FirstOrDefault(one => one.ClientOrderId == name);
        }

        if (order is null)
        {
            return new OrderReport(id, null, [], null);
        }

        var (names, trouble) = await markets.ReadAsync(cancellation);
        if (names is null)
        {
            return OrderReport.NoAnswer(id, trouble);
        }

        var report = order.ExecutedQuantity <= 0m ? new OrderReport(id, order, [], null)
            : order.TradeIds.Count > 0 ? await NamedTradesAsync(id, order, cancellation)
            : await RecentTradesAsync(id, order, now, cancellation);
        return report with { Instrument = names.Number(order.Pair) };
    }

    private async Task<OrderReport> NamedTradesAsync(ClientOrderId id, OrderInfo order, CancellationToken cancellation)
    {
        var found = new List<TradeInfo>();
        foreach (var some in order.TradeIds.Chunk(NamedTradesMax))
        {
            var trades = await rest.TradesAsync(some, cancellation);
            if (trades.Result is null)
            {
                return OrderReport.NoAnswer(id, trades.Trouble);
            }

            found.AddRange(trades.Result.Where(trade => trade.OrderId == order.OrderId));
        }

        return new OrderReport(id, order, found, null);
    }

    private async Task<OrderReport> RecentTradesAsync(ClientOrderId id, OrderInfo order, long now, CancellationToken cancellation)
    {
        var found = new List<TradeInfo>();
        var start = (now / UtcNanos.PerSecond) - 3_600;
        for (var page = 0; page < PagesMax && found.Sum(trade => trade.Quantity) < order.ExecutedQuantity; page++)
        {
            var trades = await rest.TradesAsync(start, page * PageTrades, cancellation);
            if (trades.Result?.Rows is not { } rows)
            {
                return OrderReport.NoAnswer(id, trades.Trouble);
            }

            found.AddRange(rows.Where(trade => trade.OrderId == order.OrderId));
            if (rows.Count < PageTrades)
            {
                break;
            }
        }

        return new OrderReport(id, order, found, null);
    }
}
