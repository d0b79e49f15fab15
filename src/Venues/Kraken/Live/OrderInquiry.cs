using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Asks REST what became of an order, by our id.</summary>
/// <remarks>
/// Open orders first, then closed ones: an order that ends between the two questions is then in the second list, while the other way round
/// it would be in neither.
/// </remarks>
internal sealed class OrderInquiry(KrakenRest rest)
{
    /// <summary>Trades on one page of the venue's history.</summary>
    private const int PageTrades = 50;
    private const int PagesMax = 20;

    /// <param name="now">Its fills are looked for in the hour before, UTC nanoseconds.</param>
    public async Task<OrderReport> AskAsync(ClientOrderId id, long now, CancellationToken cancellation)
    {
        var name = id.ToString();
        var open = await rest.OpenOrdersAsync(name, cancellation);
        if (open.Result is null)
        {
            return OrderReport.NoAnswer(id, Trouble(open));
        }

        // The filter is an argument that a venue may ignore; the rows say what they are.
        var order = open.Result.FirstOrDefault(one => one.ClientOrderId == name);
        if (order is null)
        {
            var closed = await rest.ClosedOrdersAsync(name, cancellation);
            if (closed.Result is null)
            {
                return OrderReport.NoAnswer(id, Trouble(closed));
            }

            order = closed.Result.FirstOrDefault(one => one.ClientOrderId == name);
        }

        return order is { ExecutedQuantity: > 0m }
            ? await WithTradesAsync(id, order, now, cancellation)
            : new OrderReport(id, order, [], null);
    }

    private async Task<OrderReport> WithTradesAsync(ClientOrderId id, OrderInfo order, long now, CancellationToken cancellation)
    {
        var found = new List<TradeInfo>();
        var start = (now / UtcNanos.PerSecond) - 3_600;
        for (var page = 0; page < PagesMax && found.Sum(trade => trade.Quantity) < order.ExecutedQuantity; page++)
        {
            var trades = await rest.TradesAsync(start, page * PageTrades, cancellation);
            if (trades.Result is null)
            {
                return OrderReport.NoAnswer(id, Trouble(trades));
            }

            found.AddRange(trades.Result.Where(trade => trade.OrderId == order.OrderId));
            if (trades.Result.Count < PageTrades)
            {
                break;
            }
        }

        return new OrderReport(id, order, found, null);
    }

    private static string Trouble<T>(RestAnswer<T> answer)
        where T : class =>
        answer.Malformed ?? string.Join(", ", answer.Errors);
}
