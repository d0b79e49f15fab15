using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>The way from an address to an upgraded connection: name, TCP, TLS, upgrade, all under one time limit.</summary>
internal static class Opening
{
    /// <param name="early">Bytes that came behind the answer: the server's first frames.</param>
    /// <exception cref="ConnectFailedException"><inheritdoc cref="ConnectFailedException" path="/summary"/></exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public static Transport Open(Uri endpoint, WebSocketOptions options, out byte[] early, CancellationToken cancellation)
    {
        var upgrade = new Upgrade(endpoint, options);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            var socket = ConnectSocket(endpoint, limit.Token);
            // The steps block; closing the socket under them is what ends them in time.
            using var watch = limit.Token.Register(socket.Dispose);
            try
            {
                var transport = new Transport(socket, endpoint.Scheme == Uri.UriSchemeWss ? Secure(socket, endpoint, options) : null, options.SendTimeout);
                early = Agree(transport, upgrade, endpoint);
                // From here on cancellation is no longer ours; a limit that struck just now has closed the socket.
                limit.Token.ThrowIfCancellationRequested();
                return transport;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        catch (Exception trouble) when (limit.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new ConnectFailedException($"{endpoint.Authority} did not open a WebSocket within {options.ConnectTimeout.TotalSeconds} s.", trouble);
        }
        catch (Exception trouble) when (trouble is not ConnectFailedException and (IOException or SocketException or System.Security.Authentication.AuthenticationException))
        {
            throw new ConnectFailedException($"{endpoint.Authority} could not be reached: {trouble.Message}", trouble);
        }
    }

    private static Socket ConnectSocket(Uri endpoint, CancellationToken limit)
    {
        var addresses = IPAddress.TryParse(endpoint.DnsSafeHost, out var literal) ? [literal] : Resolve(endpoint.IdnHost, limit);
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            using var watch = limit.Register(socket.Dispose);
            try
            {
                socket.Connect(addresses[i], endpoint.Port);
                return socket;
            }
            catch (Exception trouble) when (trouble is SocketException or ObjectDisposedException)
            {
                socket.Dispose();
                if (i == addresses.Length - 1 || limit.IsCancellationRequested)
                {
                    throw;
                }
            }
        }
    }

    /// <remarks>The system's resolver cannot be interrupted; left behind it ends by itself.</remarks>
    private static IPAddress[] Resolve(string host, CancellationToken limit)
    {
        var lookup = Task.Run(() => Dns.GetHostAddresses(host), limit);
        // Waits for the end of the task, however it ended; its result throws what the resolver threw.
        Task.WaitAny([lookup], limit);
        return lookup.GetAwaiter().GetResult() is { Length: > 0 } addresses ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    private static SslStream Secure(Socket socket, Uri endpoint, WebSocketOptions options)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: false), leaveInnerStreamOpen: false);
        try
        {
            tls.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = endpoint.IdnHost,
                CertificateChainPolicy = options.TrustedRoots is null ? null : Trusting(options.TrustedRoots),
            });
            return tls;
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    /// <returns>What came behind the answer.</returns>
    private static byte[] Agree(Transport transport, Upgrade upgrade, Uri endpoint)
    {
        if (!transport.Write(upgrade.Request))
        {
            throw new IOException(transport.Trouble);
        }

        var received = new byte[Upgrade.AnswerBytesMax];
        var count = 0;
        while (true)
        {
            switch (transport.Read(received.AsSpan(count), Timeout.InfiniteTimeSpan, out var bytes))
            {
                case TransportRead.Bytes:
                    break;
                case TransportRead.End:
                    throw new ConnectFailedException($"{endpoint.Authority} ended the connection instead of answering the upgrade to a WebSocket.");
                default:
                    throw new IOException(transport.Trouble);
            }

            count += bytes;
            if (Upgrade.AnswerBytes(received.AsSpan(0, count)) is var answer and > 0)
            {
                upgrade.Verify(received.AsSpan(0, answer), endpoint);
                return received[answer..count];
            }

            if (count == received.Length)
            {
                throw new ConnectFailedException($"{endpoint.Authority} answered the upgrade to a WebSocket with more than {received.Length} bytes of headers.");
            }
        }
    }
}
