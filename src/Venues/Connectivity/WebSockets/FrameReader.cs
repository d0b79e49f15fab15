using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>What <see cref="FrameReader.Read"/> found at the front of the bytes.</summary>
internal enum FrameEvent : byte
{
    /// <summary>Nothing whole: more bytes are needed.</summary>
    NeedMore = 0,
    Message = 1,
    Ping = 2,
    Pong = 3,
    Close = 4,

    /// <summary>The peer broke the protocol: see <see cref="FrameReader.Violation"/>. Said again at every further call.</summary>
    Violation = 5,
}

/// <summary>What the peer did wrong: the code to close with, and a sentence.</summary>
internal sealed record FrameViolation(ushort Code, string Reason);

/// <summary>Cuts the bytes of a server into messages and control frames, in place.</summary>
/// <remarks>
/// RFC 6455, section 5; no extensions. A message in one frame is handed out where it was received; fragments are joined in a second
/// buffer. Memory is bounded by the message limit. One thread. Allocates only while a buffer grows. Whether a text is valid UTF-8 is left
/// to the parser of the message, which reads every byte anyway.
/// </remarks>
internal sealed class FrameReader
{
    /// <summary>The longest header a server may send: two bytes and a length of eight; it does not mask.</summary>
    private const int HeaderBytesMax = 10;

    private const byte Final = 0x80;
    private const byte Reserved = 0x70;
    private const byte Masked = 0x80;

    private readonly int _messageBytesMax;
    private byte[] _buffer;
    private int _start, _end;
    private byte[] _joined = [];
    private int _joinedBytes;
    private bool _isJoining;

    /// <param name="bufferBytes">At least 1,024: a control frame fits.</param>
    public FrameReader(int bufferBytes, int messageBytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferBytes, 1_024);
        ArgumentOutOfRangeException.ThrowIfLessThan(messageBytesMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messageBytesMax, Array.MaxLength - HeaderBytesMax);
        _messageBytesMax = messageBytesMax;
        _buffer = new byte[bufferBytes];
    }

    /// <summary>Not <see langword="null"/> once <see cref="Read"/> has found a <see cref="FrameEvent.Violation"/>.</summary>
    public FrameViolation? Violation { get; private set; }

    /// <summary>Whether part of a message or frame is held that the rest has to follow.</summary>
    public bool IsInsideMessage => _isJoining || _end > _start;

    /// <summary>Bytes held in both buffers, used or not.</summary>
    public long Capacity => _buffer.Length + (long)_joined.Length;

    /// <summary>Where the next bytes of the stream go; never empty after <see cref="Read"/> asked for more.</summary>
    public Span<byte> Room => _buffer.AsSpan(_end);

    /// <param name="count">Bytes put at the beginning of <see cref="Room"/>.</param>
    public void Fill(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _end));
        _end += count;
    }

    /// <summary>Whether a whole message follows, behind control frames perhaps; it may still turn out to break the protocol. Takes nothing.</summary>
    public bool HasMessage
    {
        get
        {
            var at = _start;
            while (TryReadHeader(at, out var header) && header.PayloadBytes <= (ulong)Math.Max(0, _end - at - header.Bytes))
            {
                if (!IsControl(header.Opcode) && header.IsFinal)
                {
                    return true;
                }

                at += header.Bytes + (int)header.PayloadBytes;
            }

            return false;
        }
    }

    /// <summary>Takes the next message or control frame.</summary>
    /// <param name="payload">Good until the next call; empty where there is nothing.</param>
    public FrameEvent Read(out ReadOnlySpan<byte> payload)
    {
        while (true)
        {
            payload = default;
            if (!TryReadHeader(_start, out var header))
            {
                return NeedMore(HeaderBytesMax);
            }

            if (Check(header) is { } violation)
            {
                return Violated(violation);
            }

            var payloadBytes = (int)header.PayloadBytes;
            if (payloadBytes > _end - _start - header.Bytes)
            {
                return NeedMore(header.Bytes + payloadBytes);
            }

            var bytes = _buffer.AsSpan(_start + header.Bytes, payloadBytes);
            _start += header.Bytes + payloadBytes;
            if (IsControl(header.Opcode))
            {
                payload = bytes;
                return header.Opcode switch { Opcode.Ping => FrameEvent.Ping, Opcode.Pong => FrameEvent.Pong, _ => FrameEvent.Close };
            }

            if (header.IsFinal && !_isJoining)
            {
                payload = bytes;
                return FrameEvent.Message;
            }

            Join(bytes);
            if (header.IsFinal)
            {
                _isJoining = false;
                payload = _joined.AsSpan(0, _joinedBytes);
                return FrameEvent.Message;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadHeader(int at, out FrameHeader header)
    {
        var bytes = _buffer.AsSpan(at, _end - at);
        header = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        var (first, second) = (bytes[0], bytes[1]);
        var shortBytes = second & 0x7F;
        var headerBytes = shortBytes switch { < 126 => 2, 126 => 4, _ => 10 };
        if (bytes.Length < headerBytes)
        {
            return false;
        }

        var payloadBytes = headerBytes switch
        {
            2 => (ulong)shortBytes,
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
        };
        header = new FrameHeader(first, (second & Masked) != 0, headerBytes, payloadBytes);
        return true;
    }

    /// <returns>What is wrong with the frame, judged by its header and what came before; <see langword="null"/> where nothing is.</returns>
    private FrameViolation? Check(in FrameHeader header)
    {
        // The usual frame is told apart with one comparison: final, text, not masked, within the limit.
        if (header.First == (Final | (byte)Opcode.Text) && !header.IsMasked && !_isJoining && header.PayloadBytes <= (ulong)_messageBytesMax)
        {
            return null;
        }

        return CheckUnusual(header);
    }

    private FrameViolation? CheckUnusual(in FrameHeader header)
    {
        if ((header.First & Reserved) != 0)
        {
            return Protocol("The server set a reserved bit of a frame, though no extension was agreed.");
        }

        if (header.IsMasked)
        {
            return Protocol("The server sent a masked frame; only clients mask.");
        }

        switch (header.Opcode)
        {
            case Opcode.Close or Opcode.Ping or Opcode.Pong:
                return !header.IsFinal ? Protocol("The server sent a control frame in fragments.")
                    : header.PayloadBytes > 125 ? Protocol($"The server sent a control frame of {header.PayloadBytes} bytes; 125 is the limit.")
                    : null;
            case Opcode.Continuation when !_isJoining:
                return Protocol("The server sent a continuation of a message that was never begun.");
            case Opcode.Text or Opcode.Binary when _isJoining:
                return Protocol("The server began a message before the one in fragments was complete.");
            case Opcode.Continuation or Opcode.Text or Opcode.Binary:
                break;
            default:
                return Protocol($"The server sent a frame of the unknown kind {(int)header.Opcode}.");
        }

        var joined = _isJoining ? (ulong)_joinedBytes : 0;
        return header.PayloadBytes > (ulong)_messageBytesMax - joined
            ? new FrameViolation(CloseCode.TooLarge, $"The server sent a message of more than {_messageBytesMax} bytes.")
            : null;
    }

    private static FrameViolation Protocol(string reason) => new(CloseCode.ProtocolError, reason);

    private FrameEvent Violated(FrameViolation violation)
    {
        Violation = violation;
        return FrameEvent.Violation;
    }

    /// <summary>Makes room: moves what is there to the front, so that the next read is as long as can be, and grows where that is not enough.</summary>
    private FrameEvent NeedMore(int frameBytes)
    {
        var held = _end - _start;
        var target = _buffer;
        if (frameBytes > _buffer.Length)
        {
            // A length is only a claim: the buffer grows with what has really arrived, so that a header alone cannot take memory.
            var size = Math.Min(frameBytes, 2L * held);
            target = size > _buffer.Length ? new byte[size] : _buffer;
        }

        if (_start > 0 || target != _buffer)
        {
            _buffer.AsSpan(_start, held).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, held);
        }

        return FrameEvent.NeedMore;
    }

    private void Join(ReadOnlySpan<byte> fragment)
    {
        if (!_isJoining)
        {
            (_isJoining, _joinedBytes) = (true, 0);
        }

        var bytes = _joinedBytes + fragment.Length;
        if (bytes > _joined.Length)
        {
            Array.Resize(ref _joined, (int)Math.Min(_messageBytesMax, Math.Max(2L * _joined.Length, bytes)));
        }

        fragment.CopyTo(_joined.AsSpan(_joinedBytes));
        _joinedBytes = bytes;
    }

    private static bool IsControl(Opcode opcode) => ((byte)opcode & 0x8) != 0;

    private readonly record struct FrameHeader(byte First, bool IsMasked, int Bytes, ulong PayloadBytes)
    {
        public bool IsFinal => (First & Final) != 0;

        public Opcode Opcode => (Opcode)(First & 0x0F);
    }
}
