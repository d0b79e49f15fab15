using Parallax.Venues.Connectivity.WebSockets;

namespace Parallax.Venues.Kraken.Live;

/// <summary>A connection on which orders may be sent.</summary>
/// <param name="Token">Goes with every request. Never printed.</param>
/// <param name="Number">Counts connections: a request written for one is of no use on another.</param>
/// <param name="ClockOffset">Venue clock minus ours, nanoseconds.</param>
internal sealed record OrderLink(WebSocketConnection Connection, string Token, int Number, long ClockOffset)
{
    public override string ToString() => $"{nameof(OrderLink)} {Number}";
}
