using System.Net.Security;
using System.Net.Sockets;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>What one read of a transport came to.</summary>
internal enum TransportRead : byte
{
    Bytes = 0,
    Timeout = 1,

    /// <summary>The peer has ended its side, in order.</summary>
    End = 2,

    /// <summary>Reset, unreachable, broken TLS, or closed by us.</summary>
    Broken = 3,
}

/// <summary>A connected socket, perhaps under TLS, with blocking reads that end in time.</summary>
/// <remarks>
/// The socket must never see an asynchronous call: the runtime then takes it out of the system's blocking mode for good, and each wait
/// goes through its event loop, with an allocation and a change of threads. One reading and one writing thread at a time; any may dispose.
/// </remarks>
internal sealed class Transport : IDisposable
{
    private readonly Socket _socket;
    private readonly SslStream? _tls;
    private int _receiveTimeoutMillis;
    private bool _mayHoldMore;

    public Transport(Socket socket, SslStream? tls, TimeSpan sendTimeout)
    {
        (_socket, _tls) = (socket, tls);
        _socket.NoDelay = true;
        _socket.SendTimeout = Millis(sendTimeout);
    }

    /// <summary>What went wrong, after <see cref="TransportRead.Broken"/> or a write that failed.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>Waits for bytes and puts as many as there are into <paramref name="target"/>.</summary>
    /// <param name="timeout">Zero takes what is there; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever. Kept to the millisecond.</param>
    public TransportRead Read(Span<byte> target, TimeSpan timeout, out int bytes)
    {
        bytes = 0;
        try
        {
            if (timeout == TimeSpan.Zero && !_mayHoldMore && !_socket.Poll(0, SelectMode.SelectRead))
            {
                return TransportRead.Timeout;
            }

            SetReceiveTimeout(timeout);
            return _tls is null ? ReadPlain(target, out bytes) : ReadTls(_tls, target, timeout, out bytes);
        }
        catch (Exception trouble) when (IsTrouble(trouble))
        {
            return Broken(trouble.Message);
        }
    }

    /// <returns>Whether all bytes were handed to the system.</returns>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_tls is not null)
            {
                _tls.Write(bytes);
                return true;
            }

            var sent = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                Trouble = Words(error);
            }

            return sent == bytes.Length;
        }
        catch (Exception trouble) when (IsTrouble(trouble))
        {
            Trouble = trouble.Message;
            return false;
        }
    }

    /// <summary>Ends the connection; a read that waits on another thread comes back.</summary>
    public void Dispose()
    {
        try
        {
            // Closing alone does not wake a thread that is blocked in the system.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception trouble) when (IsTrouble(trouble))
        {
            // Never connected, or gone already.
        }

        _socket.Dispose();
        _tls?.Dispose();
    }

    private TransportRead ReadPlain(Span<byte> target, out int bytes)
    {
        bytes = _socket.Receive(target, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => bytes > 0 ? TransportRead.Bytes : TransportRead.End,
            SocketError.TimedOut or SocketError.WouldBlock => TransportRead.Timeout,
            _ => Broken(Words(error)),
        };
    }

    private TransportRead ReadTls(SslStream tls, Span<byte> target, TimeSpan timeout, out int bytes)
    {
        bytes = 0;
        // SslStream reports a timeout by an exception, so an idle wait is spent on the socket. It keeps decrypted bytes back only where
        // they did not fit into the target; then the socket may have nothing and the stream still something.
        if (!_mayHoldMore && timeout > TimeSpan.Zero && !_socket.Poll(timeout, SelectMode.SelectRead))
        {
            return TransportRead.Timeout;
        }

        try
        {
            bytes = tls.Read(target);
        }
        catch (IOException waited) when (waited.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
        {
            // Part of a TLS record has come; the stream keeps it.
            _mayHoldMore = false;
            return TransportRead.Timeout;
        }

        _mayHoldMore = bytes == target.Length;
        return bytes > 0 ? TransportRead.Bytes : TransportRead.End;
    }

    private void SetReceiveTimeout(TimeSpan timeout)
    {
        var millis = Millis(timeout);
        if (millis != _receiveTimeoutMillis)
        {
            _socket.ReceiveTimeout = _receiveTimeoutMillis = millis;
        }
    }

    private TransportRead Broken(string trouble)
    {
        Trouble = trouble;
        return TransportRead.Broken;
    }

    /// <remarks>To the socket zero means for ever, so no time at all becomes a millisecond.</remarks>
    private static int Millis(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? 0 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);

    private static string Words(SocketError error) => new SocketException((int)error).Message;

    private static bool IsTrouble(Exception trouble) =>
        trouble is IOException or SocketException or ObjectDisposedException or InvalidOperationException
            or System.Security.Authentication.AuthenticationException;
}
