using Parallax.Domain;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Closed orders and trades of the account since a moment, read within a time; what is held stays for the next reading.</summary>
/// <param name="since">UTC seconds since 1970.</param>
/// <param name="now">UTC nanoseconds, never backwards.</param>
/// <param name="nanosMax">How long one reading may take.</param>
/// <param name="progress">Told after each page that another one follows: what is read, how much of it and of how much.</param>
internal sealed class AccountHistory(KrakenRest rest, long since, Func<long> now, long nanosMax, Action<string, int, int> progress)
{
    private const long Minute = 60 * UtcNanos.PerSecond;

    private HistoryList<OrderInfo>? _orders;
    private HistoryList<TradeInfo>? _trades;

    public long Since => since;

    /// <exception cref="VenueUnavailableException">The venue did not answer, or there is more than the time allows.</exception>
    public async Task<(IReadOnlyList<OrderInfo> Orders, IReadOnlyList<TradeInfo> Trades)> ReadAsync(CancellationToken cancellation)
    {
        var began = now();
        _orders ??= new("ClosedOrders", skip => rest.ClosedOrdersAsync(since, skip, cancellation), order => order.OrderId);
        _trades ??= new("TradesHistory", skip => rest.TradesAsync(since, skip, cancellation), trade => trade.TradeId);
        await _orders.ReadAsync(list => Between("closed orders", list.Rows.Count, list.Total, began));
        await _trades.ReadAsync(list => Between("trades", list.Rows.Count, list.Total, began));
        return (_orders.Rows, _trades.Rows);
    }

    private void Between(string what, int read, int total, long began)
    {
        progress(what, read, total);
        if (now() - began > nanosMax)
        {
            throw new VenueUnavailableException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{read} of {total} {what} since {new UtcNanos(since * UtcNanos.PerSecond)} are read after the {nanosMax / Minute} min that a survey may take (venues.kraken.survey-minutes); the next one goes on from there"));
        }
    }
}
