using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>Counts what each account asks, and refuses what is too much. Exchange thread only.</summary>
/// <remarks>
/// A call costs one, a history two, orders nothing here. In a pair an order costs one, and taking one back the more the younger it is:
/// https://docs.kraken.com/api/docs/guides/spot-ratelimits. A refused request costs nothing.
/// </remarks>
internal sealed class RateCounters(KrakenRates? rates)
{
    private readonly Dictionary<string, Counter> _calls = [];
    private readonly Dictionary<(string Key, ushort Market), Counter> _pairs = [];

    /// <returns>Kraken's words for too many; <see langword="null"/> when the call may go on.</returns>
    public string? Call(Account account, string method, long now)
    {
        var cost = method switch
        {
            "AddOrder" or "CancelOrder" or "CancelAll" => 0m,
            "TradesHistory" or "Ledgers" => 2m,
            _ => 1m,
        };
        return rates is null || Of(_calls, account.Key).TryAdd(cost, rates.CallsMax, rates.CallsPerSecond, now) ? null : "EAPI:Rate limit exceeded";
    }

    /// <returns>Kraken's words for too many; <see langword="null"/> when the order may go on.</returns>
    public string? Order(Account account, Market market, long now) => Pair(account, market, 1m, now);

    /// <returns>Kraken's words for too many; <see langword="null"/> when it may be canceled.</returns>
    public string? Cancel(Order order, long now)
    {
        var age = (now - order.OpenTime) / UtcNanos.PerSecond;
        var cost = age < 5 ? 8m : age < 10 ? 6m : age < 15 ? 5m : age < 45 ? 4m : age < 90 ? 2m : age < 300 ? 1m : 0m;
        return Pair(order.Account, order.Market, cost, now);
    }

    private string? Pair(Account account, Market market, decimal cost, long now) =>
        rates is null || Of(_pairs, (account.Key, market.Number)).TryAdd(cost, rates.PairMax, rates.PairPerSecond, now) ? null : "EOrder:Rate limit exceeded";

    private static Counter Of<T>(Dictionary<T, Counter> counters, T name)
        where T : notnull
    {
        if (!counters.TryGetValue(name, out var counter))
        {
            counters[name] = counter = new Counter();
        }

        return counter;
    }

    private sealed class Counter
    {
        private decimal _level;
        private long _asOf;

        public bool TryAdd(decimal cost, decimal max, decimal perSecond, long now)
        {
            _level = Math.Max(0m, _level - (perSecond * (now - _asOf) / UtcNanos.PerSecond));
            _asOf = now;
            if (_level + cost > max)
            {
                return false;
            }

            _level += cost;
            return true;
        }
    }
}
