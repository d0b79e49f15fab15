namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>Status codes of a close frame that we send or report.</summary>
/// <remarks>RFC 6455, section 7.4.</remarks>
public static class CloseCode
{
    public const ushort Normal = 1000;
    public const ushort GoingAway = 1001;
    public const ushort ProtocolError = 1002;

    /// <summary>The peer's close frame held no code. Reported, never sent.</summary>
    public const ushort None = 1005;

    /// <summary>The connection ended without a close frame. Reported, never sent.</summary>
    public const ushort Abnormal = 1006;

    /// <summary>A message longer than <see cref="WebSocketOptions.MessageBytesMax"/>.</summary>
    public const ushort TooLarge = 1009;

    /// <summary>Whether a close frame may hold this code.</summary>
    public static bool IsOnTheWire(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
