using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>A client's WebSocket on buffers: one blocking thread reads messages where they were received.</summary>
/// <remarks>
/// RFC 6455, no extensions. One read of the system brings many messages, and steady state allocates nothing. One thread receives; any
/// thread may send, close and dispose. Nothing here throws for what the network or the server does once the connection is open.
/// </remarks>
public sealed class WebSocketConnection : IDisposable
{
    private const int ControlBytesMax = 125;

    private readonly Transport _transport;
    private readonly FrameReader _frames;
    private readonly FrameWriter _writer = new();
    private readonly Lock _sending = new();
    private ReceiveResult? _end;
    private long _bytesReceived, _messagesReceived;
    private bool _isCloseSent;
    private volatile bool _isDisposed;

    private WebSocketConnection(Transport transport, FrameReader frames, ReadOnlySpan<byte> early)
    {
        (_transport, _frames) = (transport, frames);
        early.CopyTo(_frames.Room);
        _frames.Fill(early.Length);
        _bytesReceived = early.Length;
    }

    /// <summary>Connects and blocks until the upgrade is verified.</summary>
    /// <param name="endpoint"><c>ws://</c> or <c>wss://</c>; TLS sends the host's name and validates the certificate.</param>
    /// <param name="cancellation">Of the opening only; afterwards <see cref="Dispose"/> ends the connection.</param>
    /// <exception cref="ArgumentException">Another scheme, a header with a line break, or a message limit below one byte.</exception>
    /// <exception cref="ConnectFailedException"><inheritdoc cref="ConnectFailedException" path="/summary"/></exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public static WebSocketConnection Connect(Uri endpoint, WebSocketOptions options, CancellationToken cancellation)
    {
        if (endpoint.Scheme != Uri.UriSchemeWs && endpoint.Scheme != Uri.UriSchemeWss)
        {
            throw new ArgumentException($"A WebSocket's address begins with ws:// or wss://, not with {endpoint.Scheme}://.");
        }

        // What the server sends behind its answer has to fit.
        var frames = new FrameReader(Math.Max(options.BufferBytes, Upgrade.AnswerBytesMax), options.MessageBytesMax);
        var transport = Opening.Open(endpoint, options, out var early, cancellation);
        return new WebSocketConnection(transport, frames, early);
    }

    /// <summary>Bytes of frames received, headers included, TLS not. Any thread.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Messages handed out. Any thread.</summary>
    public long MessagesReceived => Volatile.Read(ref _messagesReceived);

    /// <summary>Whether the next <see cref="Receive"/> has a whole message already, without a call of the system. Receiving thread.</summary>
    public bool HasBuffered => _end is null && _frames.HasMessage;

    /// <summary>Waits for the next message, text or binary, fragments joined. Answers pings on the way.</summary>
    /// <param name="timeout">For the whole message; zero takes what is there, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever. Kept to a few milliseconds.</param>
    /// <param name="message">Good until the next call; empty without a message. A text's UTF-8 is as the server sent it, not checked.</param>
    /// <remarks>One thread. Allocates only while a message is longer than every one before, and at the end.</remarks>
    public ReceiveResult Receive(TimeSpan timeout, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (_end is { } end)
        {
            return end;
        }

        var started = 0L;
        while (true)
        {
            switch (_frames.Read(out var payload))
            {
                case FrameEvent.Message:
                    Volatile.Write(ref _messagesReceived, _messagesReceived + 1);
                    message = payload;
                    return ReceiveResult.Message;
                case FrameEvent.Ping:
                    SendControl(Opcode.Pong, payload);
                    break;
                case FrameEvent.Pong:
                    break;
                case FrameEvent.Close:
                    return Closed(payload);
                case FrameEvent.Violation:
                    return Refuse(_frames.Violation!);
                default:
                    var left = timeout;
                    if (started == 0)
                    {
                        started = Stopwatch.GetTimestamp();
                    }
                    else if (timeout > TimeSpan.Zero && (left = timeout - Stopwatch.GetElapsedTime(started)) <= TimeSpan.Zero)
                    {
                        return ReceiveResult.Timeout;
                    }

                    if (!TryFill(left, out var without))
                    {
                        return without;
                    }

                    break;
            }
        }
    }

    /// <summary>Sends one text message in one frame, in one call of the system.</summary>
    /// <returns>
    /// Whether all of it was handed to the system, which does not mean that it arrives. Where not, the server cannot have seen the whole
    /// message, and the connection is over.
    /// </returns>
    /// <remarks>Any thread. May block up to <see cref="WebSocketOptions.SendTimeout"/>. Allocates only for a message longer than every one before.</remarks>
    public bool Send(ReadOnlySpan<byte> text)
    {
        lock (_sending)
        {
            return !_isCloseSent && Write(Opcode.Text, text);
        }
    }

    /// <summary>Asks the server to close. Messages on their way are still received, then <see cref="ReceiveStatus.Closed"/>.</summary>
    /// <param name="code">1000 to 4999, one that may be sent.</param>
    /// <param name="reason">For people; cut to the 123 bytes of UTF-8 that a close frame holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A code that may not be sent.</exception>
    /// <remarks>Any thread; a second call does nothing. A server that does not answer is left with <see cref="Dispose"/>.</remarks>
    public void Close(ushort code, string reason)
    {
        if (!CloseCode.IsOnTheWire(code))
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "This code may not stand in a close frame.");
        }

        Span<byte> payload = stackalloc byte[ControlBytesMax];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        // Stops before a character that does not fit.
        Encoding.UTF8.GetEncoder().Convert(reason, payload[2..], flush: true, out _, out var bytes, out _);
        SendControl(Opcode.Close, payload[..(2 + bytes)]);
    }

    /// <summary>Ends the connection at once, without a word to the server. A receive on another thread comes back as closed.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _transport.Dispose();
    }

    private bool TryFill(TimeSpan timeout, out ReceiveResult without)
    {
        without = default;
        switch (_transport.Read(_frames.Room, timeout, out var bytes))
        {
            case TransportRead.Bytes:
                _frames.Fill(bytes);
                Volatile.Write(ref _bytesReceived, _bytesReceived + bytes);
                return true;
            case TransportRead.Timeout:
                without = ReceiveResult.Timeout;
                return false;
            default:
                without = End(CloseCode.Abnormal, WhyBroken());
                return false;
        }
    }

    private string WhyBroken() =>
        _isDisposed ? "The connection was disposed of on this side."
        : _transport.Trouble.Length > 0 ? $"The connection broke: {_transport.Trouble}"
        : _frames.IsInsideMessage ? "The server ended the connection in the middle of a message."
        : "The server ended the connection without a close frame.";

    /// <summary>The server's close frame: answered in kind, then the connection is over.</summary>
    private ReceiveResult Closed(ReadOnlySpan<byte> payload)
    {
        if (payload.Length == 0)
        {
            SendControl(Opcode.Close, payload);
            return End(CloseCode.None, "");
        }

        var code = payload.Length == 1 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!CloseCode.IsOnTheWire(code))
        {
            return Refuse(new FrameViolation(CloseCode.ProtocolError, $"The server sent a close frame with {(code == 0 ? "half a code" : $"the code {code}, which may not be sent")}."));
        }

        SendControl(Opcode.Close, payload[..2]);
        return End(code, Encoding.UTF8.GetString(payload[2..]));
    }

    private ReceiveResult Refuse(FrameViolation violation)
    {
        Close(violation.Code, violation.Reason);
        return End(violation.Code, violation.Reason);
    }

    private ReceiveResult End(ushort code, string reason)
    {
        _transport.Dispose();
        var end = ReceiveResult.Closed(code, reason);
        _end = end;
        return end;
    }

    private void SendControl(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        lock (_sending)
        {
            if (!_isCloseSent)
            {
                // Set first: where the close frame fails, nothing else may follow it either.
                _isCloseSent = opcode == Opcode.Close;
                Write(opcode, payload);
            }
        }
    }

    private bool Write(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (_transport.Write(_writer.Write(opcode, payload)))
        {
            return true;
        }

        // Part of a frame may be out; nothing sensible can follow it. The receiving thread finds the end.
        _isCloseSent = true;
        _transport.Dispose();
        return false;
    }
}
