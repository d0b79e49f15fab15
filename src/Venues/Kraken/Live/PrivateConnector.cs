using Parallax.Domain;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Connectivity.WebSockets;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Opens connections to the private feed: each waits its turn, then fetches a token, then connects.</summary>
/// <param name="reconnects">Pauses between connections; not shared with another connection.</param>
internal sealed class PrivateConnector(Uri endpoint, KrakenRest rest, ReconnectPolicy reconnects, UtcClock clock)
{
    /// <summary>Why the last attempt or connection ended; <see langword="null"/> before one did. Any thread.</summary>
    public string? LastEnd { get; private set; }

    /// <summary>As the policy of reconnecting counts time: on an axis that all connections to the venue share.</summary>
    private TimeSpan Elapsed => new(clock.NowNanos / TimeSpan.NanosecondsPerTick);

    /// <returns><see langword="null"/> when that failed or was stopped; the next turn comes later.</returns>
    public async Task<(WebSocketConnection Connection, SessionToken Token)?> OpenAsync(CancellationToken stop)
    {
        try
        {
            while (reconnects.TryBegin(Elapsed) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock.Provider, stop);
            }

            var answer = await rest.WebSocketsTokenAsync(stop);
            if (answer.Result is not { } token)
            {
                Lost(answer.Trouble);
                return null;
            }

            var connection = await Task.Run(() => WebSocketConnection.Connect(endpoint, new WebSocketOptions(), stop), stop);
            reconnects.Opened(Elapsed);
            return (connection, token);
        }
        catch (ConnectFailedException failed)
        {
            Lost(failed.Message);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }

        return null;
    }

    /// <summary>An attempt failed, or the connection has ended.</summary>
    public void Lost(string why)
    {
        LastEnd = why;
        reconnects.Lost(Elapsed);
    }
}
