using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Venue;

/// <summary>What the venue saw of the account at one moment: the answer to one survey while it is on its way.</summary>
internal sealed class AccountPicture
{
    private readonly List<(OrderEvent Fill, long Time)> _fills = [];
    private readonly List<Statement> _items = [];
    private readonly long _time;

    private AccountPicture(long time) => _time = time;

    /// <param name="account">Without one the answer is a failed one.</param>
    /// <param name="orders">Oldest first; those that arrived later than <paramref name="sinceTime"/> and were not reported yet are told of.</param>
    public static AccountPicture Taken(
        VenueAccount? account, IReadOnlyList<Instrument> instruments, IEnumerable<VenueOrder> orders, long sinceTime, long time)
    {
        var picture = new AccountPicture(time);
        var venue = instruments.Count > 0 ? instruments[0].Id.Venue : new VenueId("none");
        picture._items.Add(new Statement.Begun(venue, sinceTime));
        foreach (var order in orders)
        {
            for (var i = 0; order.HasArrived && !order.IsTold && order.ArrivalTime > sinceTime && i < order.Fills.Length; i++)
            {
                picture._fills.Add((VenueReports.Filled(order, order.Fills[i]), order.ArrivalTime));
            }
        }

        picture._items.AddRange(account?.Balances(venue) ?? []);
        picture._items.Add(new Statement.Ended(venue, account is not null, account is null ? "this venue keeps no account" : ""));
        return picture;
    }

    public void Tell(long receivedTime, IOrderEventSink sink)
    {
        foreach (var (fill, time) in _fills)
        {
            sink.Take(fill, time, receivedTime);
        }

        foreach (var item in _items)
        {
            sink.Take(item, _time, receivedTime);
        }
    }
}
