using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the venue remembers of our orders before a session has begun.</summary>
public static class OwnOrderHistory
{
    private const int Page = 50;
    private const int PagesMax = 10;

    /// <summary>The session number of our newest orders that have closed.</summary>
    /// <param name="sinceTime">Only orders later than this matter: the journal has those before. UTC nanoseconds.</param>
    /// <returns>Zero when none of them is ours.</returns>
    /// <exception cref="VenueUnavailableException">The venue did not say.</exception>
    /// <remarks>Numbers rise with time and the newest come first, so the first page that has one of ours has the highest.</remarks>
    public static async Task<int> LastSessionAsync(KrakenRest rest, long sinceTime, CancellationToken cancellation)
    {
        var since = sinceTime / Domain.UtcNanos.PerSecond;
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await rest.ClosedOrdersAsync(since, page * Page, cancellation);
            var orders = answer.Result?.Rows ?? throw new VenueUnavailableException($"ClosedOrders: {answer.Trouble}");
            var own = orders.Select(order => OrderIds.TryParse(order.ClientOrderId, out var id) ? id.Session : 0).DefaultIfEmpty().Max();
            if (own > 0 || orders.Count < Page)
            {
                return own;
            }
        }

        throw new VenueUnavailableException($"the last {PagesMax * Page} orders of the account are all somebody else's");
    }
}
