using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>One WebSocket connection as the exchange sees it. Exchange thread only, but for the outbox.</summary>
/// <param name="id">As the status message shows it; beyond what a signed 64-bit number holds, as the venue's are.</param>
/// <param name="isPrivate">Connected to the private endpoint.</param>
internal sealed class Session(ulong id, bool isPrivate, Outbox outbox, FrameFaults faults)
{
    private bool _hasUnsent;

    public ulong Id { get; } = id;

    public bool IsPrivate { get; } = isPrivate;

    /// <summary>Whether a subscription was ever made: heartbeats begin with it.</summary>
    public bool HasSubscribed { get; set; }

    /// <summary>When something was last sent, UTC nanoseconds.</summary>
    public long LastSent { get; private set; }

    /// <summary>Messages handed to the connection, a duplicate twice; those that it took with it when it was cut are among them.</summary>
    public long Sent { get; private set; }

    public bool IsClosed => outbox.Closed.IsCancellationRequested;

    public bool IsOverflown => outbox.IsOverflown;

    /// <summary>The account whose token this connection used; <see langword="null"/> before.</summary>
    public Account? Account { get; set; }

    /// <summary>The token this connection used last, good for as long as it lasts.</summary>
    public string? Token { get; set; }

    /// <summary>The last sequence number of the executions channel; <see langword="null"/> while not subscribed.</summary>
    public ulong? ExecutionsSequence { get; set; }

    /// <summary>The last sequence number of the balances channel; <see langword="null"/> while not subscribed.</summary>
    public ulong? BalancesSequence { get; set; }

    /// <summary>Sends an answer or a private message: never touched by the frame faults.</summary>
    public void Send(ReadOnlySpan<byte> message, long now)
    {
        outbox.Add(message);
        LastSent = now;
        Sent++;
        _hasUnsent = true;
    }

    /// <summary>Sends market data, unless a fault befalls it.</summary>
    /// <param name="checksumAt">Where the last digit of the checksum stands; -1 when the message has none.</param>
    public void SendData(ReadOnlySpan<byte> message, int checksumAt, long now)
    {
        switch (faults.Next(checksumAt >= 0))
        {
            case FrameFault.None:
                Send(message, now);
                break;
            case FrameFault.Disconnect:
                Close();
                break;
            case FrameFault.Drop:
                break;
            case FrameFault.Duplicate:
                Send(message, now);
                Send(message, now);
                break;
            case FrameFault.Truncate:
                Send(message[..(message.Length / 2)], now);
                break;
            case FrameFault.Checksum:
                var wrong = message.ToArray();
                wrong[checksumAt] = (byte)(wrong[checksumAt] == '9' ? '0' : wrong[checksumAt] + 1);
                Send(wrong, now);
                break;
        }
    }

    /// <summary>Lets a fault befall the next book message.</summary>
    public void Order(FrameFault fault) => faults.Order(fault);

    public void Flush()
    {
        if (_hasUnsent)
        {
            _hasUnsent = false;
            outbox.Flush();
        }
    }

    public void Close() => outbox.Close();
}
