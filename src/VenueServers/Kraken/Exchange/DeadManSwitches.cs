using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>Cancels every order of an account that has not been heard of in the time it named. Exchange thread only.</summary>
internal sealed class DeadManSwitches(Agenda agenda, Action<Order, long> cancel)
{
    private readonly Dictionary<string, long> _triggers = [];

    /// <summary>When everything of an account will be canceled, UTC nanoseconds; <see langword="null"/> when it will not.</summary>
    public long? Of(Account account) => _triggers.TryGetValue(account.Key, out var trigger) ? trigger : null;

    /// <param name="seconds">Zero turns it off.</param>
    /// <returns>When everything will be canceled, UTC nanoseconds; <see langword="null"/> when it is off.</returns>
    public long? Set(Account account, int seconds, long now)
    {
        if (seconds == 0)
        {
            _triggers.Remove(account.Key);
            return null;
        }

        var trigger = now + (seconds * UtcNanos.PerSecond);
        _triggers[account.Key] = trigger;
        agenda.Add(trigger, later => Fire(account, trigger, later));
        return trigger;
    }

    private void Fire(Account account, long trigger, long now)
    {
        if (_triggers.GetValueOrDefault(account.Key) != trigger)
        {
            // It was put off, or turned off.
            return;
        }

        _triggers.Remove(account.Key);
        foreach (var order in account.OpenOrders.Values.ToList())
        {
            cancel(order, now);
        }
    }
}
