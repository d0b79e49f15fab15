using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>Makes a client's frames: whole, masked, in one piece of memory.</summary>
/// <remarks>One thread at a time. Allocates only where a frame is longer than every one before.</remarks>
internal sealed class FrameWriter
{
    /// <summary>Two bytes, a length of eight, a key of four.</summary>
    private const int HeaderBytesMax = 14;

    /// <summary>Keys are drawn many at a time: asking the system for four bytes costs more than the frame.</summary>
    private readonly byte[] _keys = new byte[1_024];
    private int _keysUsed;
    private byte[] _frame = new byte[4_096];

    public FrameWriter() => _keysUsed = _keys.Length;

    /// <returns>The frame's bytes; good until the next call.</returns>
    public ReadOnlySpan<byte> Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > _frame.Length - HeaderBytesMax)
        {
            _frame = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)(payload.Length + HeaderBytesMax))];
        }

        _frame[0] = (byte)(0x80 | (byte)opcode);
        var at = 2;
        switch (payload.Length)
        {
            case < 126:
                _frame[1] = (byte)(0x80 | payload.Length);
                break;
            case <= ushort.MaxValue:
                _frame[1] = 0x80 | 126;
                BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(2), (ushort)payload.Length);
                at = 4;
                break;
            default:
                _frame[1] = 0x80 | 127;
                BinaryPrimitives.WriteUInt64BigEndian(_frame.AsSpan(2), (ulong)payload.Length);
                at = 10;
                break;
        }

        var key = NextKey();
        key.CopyTo(_frame.AsSpan(at));
        at += key.Length;
        Mask(payload, key, _frame.AsSpan(at, payload.Length));
        return _frame.AsSpan(0, at + payload.Length);
    }

    private ReadOnlySpan<byte> NextKey()
    {
        if (_keysUsed == _keys.Length)
        {
            RandomNumberGenerator.Fill(_keys);
            _keysUsed = 0;
        }

        _keysUsed += 4;
        return _keys.AsSpan(_keysUsed - 4, 4);
    }

    /// <summary>RFC 6455, section 5.3: byte i is combined with byte i mod 4 of the key.</summary>
    private static void Mask(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> key, Span<byte> masked)
    {
        var words = MemoryMarshal.Cast<byte, uint>(payload);
        var maskedWords = MemoryMarshal.Cast<byte, uint>(masked);
        var wordKey = MemoryMarshal.Read<uint>(key);
        for (var i = 0; i < words.Length; i++)
        {
            maskedWords[i] = words[i] ^ wordKey;
        }

        for (var i = words.Length * 4; i < payload.Length; i++)
        {
            masked[i] = (byte)(payload[i] ^ key[i & 3]);
        }
    }
}
