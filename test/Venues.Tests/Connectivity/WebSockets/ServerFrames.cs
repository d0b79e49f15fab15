using System.Buffers.Binary;
using System.Text;

namespace Parallax.Venues.Tests.Connectivity.WebSockets;

/// <summary>Frames as a server writes them, right or wrong.</summary>
internal static class ServerFrames
{
    public const byte Continuation = 0, TextFrame = 1, BinaryFrame = 2, CloseFrame = 8, PingFrame = 9, PongFrame = 10;

    public static byte[] Text(string text) => Frame(TextFrame, Encoding.UTF8.GetBytes(text));

    public static byte[] Ping(string text) => Frame(PingFrame, Encoding.UTF8.GetBytes(text));

    public static byte[] Pong(string text) => Frame(PongFrame, Encoding.UTF8.GetBytes(text));

    public static byte[] Close(ushort code, string reason) => Frame(CloseFrame, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    public static byte[] Frame(byte opcode, byte[] payload, bool isFinal = true, byte reserved = 0, int? lengthBytes = null)
    {
        var first = (byte)((isFinal ? 0x80 : 0) | reserved | opcode);
        return (lengthBytes ?? (payload.Length < 126 ? 0 : payload.Length <= ushort.MaxValue ? 2 : 8)) switch
        {
            0 => [first, (byte)payload.Length, .. payload],
            2 => [first, 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload],
            _ => [first, 127, .. Length(payload.Length), .. payload],
        };
    }

    /// <summary>A text in as many frames as there are pieces.</summary>
    public static byte[] Fragments(params string[] pieces) =>
        [.. pieces.SelectMany((piece, i) => Frame(i == 0 ? TextFrame : Continuation, Encoding.UTF8.GetBytes(piece), i == pieces.Length - 1))];

    private static byte[] Length(long length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, length);
        return bytes;
    }
}
