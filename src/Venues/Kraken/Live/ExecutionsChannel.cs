using Parallax.Domain;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The subscription to our executions: whether it stands, and whether a message of it was missed.</summary>
/// <remarks>
/// Its messages carry a sequence of their own. A gap costs the subscription, not the connection: it is left and taken again, and only when
/// the venue will not have that, or says nothing, is the connection of no use any more.
/// </remarks>
internal sealed class ExecutionsChannel
{
    private const long AnswerNanos = 5 * UtcNanos.PerSecond;

    private ulong? _asked;
    private long _askedTime;
    private ulong _lastSequence;

    /// <summary>Whether it is subscribed to and nothing was missed since.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Whether it has to be left and taken again.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whatever there was is of a connection that has ended.</summary>
    public void Forget()
    {
        _asked = null;
        _lastSequence = 0;
        IsLive = IsLost = false;
    }

    /// <param name="request">The number of the subscription that is sent.</param>
    public void AskedFor(ulong request, long now)
    {
        _asked = request;
        _askedTime = now;
        _lastSequence = 0;
        IsLive = IsLost = false;
    }

    /// <returns>Whether it is the answer to our last subscription.</returns>
    public bool TryAnswer(SubscriptionReply reply)
    {
        if (reply.Method != "subscribe" || _asked is null || reply.RequestId != _asked)
        {
            return false;
        }

        _asked = null;
        IsLive = reply.IsSuccess;
        return true;
    }

    /// <summary>Whether a subscription has waited too long for its answer.</summary>
    public bool IsUnanswered(long now) => _asked is not null && now - _askedTime > AnswerNanos;

    /// <summary>Notes a message's number.</summary>
    /// <param name="missed">Which messages were missed before it; <see langword="null"/> when none was.</param>
    /// <returns>Whether what it tells is news. Facts of a subscription that is being replaced are.</returns>
    public bool Take(ExecutionsMessage message, out string? missed)
    {
        missed = null;
        if (message.IsSnapshot)
        {
            _lastSequence = message.Sequence;
            return true;
        }

        if (!IsLive)
        {
            return true;
        }

        if (message.Sequence <= _lastSequence)
        {
            return false;
        }

        if (message.Sequence != _lastSequence + 1)
        {
            missed = $"Executions {_lastSequence + 1} to {message.Sequence - 1} were missed.";
            IsLive = false;
            IsLost = true;
        }

        _lastSequence = message.Sequence;
        return true;
    }
}
