using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The subscription to the account's balances. Beside the orders: none waits for it, and a gap asks for another snapshot.</summary>
internal sealed class BalancesChannel
{
    private ulong? _asked;
    private long _stale;

    /// <summary>The venue's own view of what can be spent.</summary>
    public AccountBalances Account { get; } = new();

    /// <summary>Whether a message was missed and it has to be left and taken again.</summary>
    public bool IsLost => Account.IsLost && _asked is null;

    /// <summary>Updates that were told before, those after a gap, and those of the subscription before.</summary>
    public long Ignored => Account.Ignored + _stale;

    /// <summary>Whatever was known is of a connection that has ended.</summary>
    public void Forget()
    {
        _asked = null;
        Account.Forget();
    }

    /// <param name="request">The number of the subscription that is sent, for the first time on this connection or again.</param>
    public void AskedFor(ulong request)
    {
        _asked = request;
        Account.Forget();
    }

    /// <remarks>A venue that refuses leaves us where we were without the channel: orders go on, balances stay unknown.</remarks>
    /// <returns>Whether it is the answer to our last subscription.</returns>
    public bool TryAnswer(SubscriptionReply reply)
    {
        if (reply.Method != "subscribe" || _asked is null || reply.RequestId != _asked)
        {
            return false;
        }

        _asked = null;
        return true;
    }

    /// <param name="now">When the message was received, UTC nanoseconds.</param>
    public void Take(BalancesMessage message, long now)
    {
        if (message.IsSnapshot || _asked is null)
        {
            Account.Take(message, now);
        }
        else
        {
            // Until the request is answered, updates are those of the subscription before.
            _stale++;
        }
    }
}
