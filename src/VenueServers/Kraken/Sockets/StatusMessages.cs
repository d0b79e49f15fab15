using System.Text;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The <c>status</c> channel: sent on connecting and whenever the system's state changes.</summary>
internal static class StatusMessages
{
    public static ReadOnlySpan<byte> Heartbeat => "{\"channel\":\"heartbeat\"}"u8;

    public static void Write(MessageWriter message, string mode, ulong connectionId) => message.Restart()
        .Raw("{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.4\",\"system\":\""u8)
        .Raw(Encoding.ASCII.GetBytes(mode))
        .Raw("\",\"api_version\":\"v2\",\"connection_id\":"u8).Number(connectionId).Raw("}]}"u8);
}
