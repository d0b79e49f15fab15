using System.Security.Cryptography.X509Certificates;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>How a <see cref="WebSocketConnection"/> is opened and what it accepts.</summary>
public sealed record WebSocketOptions
{
    /// <summary>Sent with the upgrade; venues refuse requests without one.</summary>
    public string UserAgent { get; init; } = "parallax";

    /// <summary>From the start of <see cref="WebSocketConnection.Connect"/> to the verified upgrade: name, connection, TLS and answer together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the peer may refuse to take bytes before a send closes the connection.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes asked for in one read; 16 KiB at least. The buffer grows to the longest message seen.</summary>
    public int BufferBytes { get; init; } = 256 << 10;

    /// <summary>A longer message, fragments together, closes the connection with <see cref="CloseCode.TooLarge"/>.</summary>
    /// <remarks>The default leaves ample room for the longest messages known: the list of all of a venue's instruments.</remarks>
    public int MessageBytesMax { get; init; } = 16 << 20;

    /// <summary>Further headers of the upgrade request, in this order. Names and values may not hold line breaks.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Roots that are trusted instead of the system's, as for a private server; <see langword="null"/>: the system's.</summary>
    /// <remarks>The certificate still has to carry the host's name and be in its time.</remarks>
    public X509Certificate2Collection? TrustedRoots { get; init; }
}
