namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>What <see cref="WebSocketConnection.Receive"/> came to.</summary>
public enum ReceiveStatus : byte
{
    /// <summary>A whole message, text or binary.</summary>
    Message = 0,

    /// <summary>No whole message within the time given. The connection is as it was.</summary>
    Timeout = 1,

    /// <summary>The connection is over: every further call says the same.</summary>
    Closed = 2,
}

/// <summary>A message, a timeout, or the end of the connection with its reason.</summary>
/// <param name="Code">Where closed: the peer's, ours, or <see cref="CloseCode.Abnormal"/>; otherwise zero.</param>
/// <param name="Reason">Where closed: one sentence for people, or what the peer gave; otherwise empty.</param>
public readonly record struct ReceiveResult(ReceiveStatus Status, ushort Code, string Reason)
{
    internal static ReceiveResult Message => new(ReceiveStatus.Message, 0, "");

    internal static ReceiveResult Timeout => new(ReceiveStatus.Timeout, 0, "");

    internal static ReceiveResult Closed(ushort code, string reason) => new(ReceiveStatus.Closed, code, reason);
}
