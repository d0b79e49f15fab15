using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parallax.Venues.Tests.Connectivity.Rest;

/// <summary>A real HTTP/1.1 server on loopback that answers each request as a test says: with bytes, with silence, or by hanging up.</summary>
internal sealed class HttpPeer : IDisposable
{
    /// <summary>Ends the connection instead of answering.</summary>
    public static readonly byte[] HangUp = [];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(20));
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    /// <param name="answer">Gets the number of the request, from zero; <see langword="null"/> is silence.</param>
    public HttpPeer(Func<int, byte[]?> answer)
    {
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/");
        _serving = Task.Run(async () =>
        {
            var connections = new List<Task>();
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                connections.Add(ServeAsync(client, answer));
            }
        });
    }

    public Uri Address { get; }

    /// <summary>Head and body of each, in the order in which they came.</summary>
    public string[] Requests => [.. _requests];

    public static byte[] Answer(int status, string body = "", string headers = "") =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Said\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}");

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        try
        {
            _serving.Wait();
        }
        catch (AggregateException)
        {
            // Accepting was canceled.
        }

        _stop.Dispose();
    }

    private async Task ServeAsync(TcpClient client, Func<int, byte[]?> answer)
    {
        using (client)
        {
            var stream = client.GetStream();
            while (await ReadRequestAsync(stream) is { } request)
            {
                int number;
                lock (_requests)
                {
                    number = _requests.Count;
                    _requests.Enqueue(request);
                }

                if (answer(number) is not { } bytes)
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    return;
                }

                if (bytes.Length == 0)
                {
                    return;
                }

                await stream.WriteAsync(bytes, _stop.Token);
            }
        }
    }

    private async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var (text, one) = (new StringBuilder(), new byte[1]);
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        var length = text.ToString().Split("\r\n").Where(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal)).Select(line => int.Parse(line[16..])).FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return text + Encoding.ASCII.GetString(body);
    }
}
