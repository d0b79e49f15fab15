using System.Net;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>A WebSocket that could not be opened: no such name, refused, not trusted, not upgraded, too late. The message says which and where.</summary>
public sealed class ConnectFailedException : IOException
{
    public ConnectFailedException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    internal ConnectFailedException(string message, HttpStatusCode status) : base(message) => Status = status;

    /// <summary>The server's answer where it answered but did not upgrade: 429 asks for patience, 403 may be a ban; otherwise <see langword="null"/>.</summary>
    public HttpStatusCode? Status { get; }
}
