using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Parallax.Venues.Connectivity.WebSockets;

/// <summary>The request that turns an HTTP connection into a WebSocket, and the proof in its answer.</summary>
/// <remarks>RFC 6455, section 4. No extension and no subprotocol is offered, so none may come back.</remarks>
internal sealed class Upgrade
{
    /// <summary>An answer whose headers are longer is not one to an upgrade.</summary>
    public const int AnswerBytesMax = 16 << 10;

    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly string _key;

    /// <exception cref="ArgumentException">A header of the options holds a line break.</exception>
    public Upgrade(Uri endpoint, WebSocketOptions options)
    {
        Span<byte> nonce = stackalloc byte[16];
        RandomNumberGenerator.Fill(nonce);
        _key = Convert.ToBase64String(nonce);
        var request = new StringBuilder();
        request.Append(CultureInfo.InvariantCulture, $"GET {endpoint.PathAndQuery} HTTP/1.1\r\n");
        Header("Host", endpoint.IsDefaultPort ? endpoint.IdnHost : $"{endpoint.IdnHost}:{endpoint.Port}");
        Header("Upgrade", "websocket");
        Header("Connection", "Upgrade");
        Header("Sec-WebSocket-Key", _key);
        Header("Sec-WebSocket-Version", "13");
        Header("User-Agent", options.UserAgent);
        foreach (var (name, value) in options.Headers)
        {
            Header(name, value);
        }

        Request = Encoding.UTF8.GetBytes(request.Append("\r\n").ToString());

        void Header(string name, string value)
        {
            if (name.AsSpan().IndexOfAny("\r\n: ") >= 0 || value.AsSpan().ContainsAny('\r', '\n'))
            {
                throw new ArgumentException($"The header {name.ReplaceLineEndings(" ")} of a WebSocket request holds a line break or its name a space or colon.");
            }

            request.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
    }

    public byte[] Request { get; }

    /// <summary>The bytes of the answer up to and with its empty line; zero while that has not come.</summary>
    public static int AnswerBytes(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }

    /// <param name="answer">Status line and headers.</param>
    /// <exception cref="ConnectFailedException">The server did not agree, or what it said does not prove that it understood.</exception>
    public void Verify(ReadOnlySpan<byte> answer, Uri endpoint)
    {
        var lines = Encoding.Latin1.GetString(answer).Split("\r\n");
        var status = StatusOf(lines[0]);
        if (status is null)
        {
            throw new ConnectFailedException($"{endpoint.Authority} does not speak HTTP: its answer begins with '{lines[0][..Math.Min(40, lines[0].Length)]}'.");
        }

        if (status != HttpStatusCode.SwitchingProtocols)
        {
            throw new ConnectFailedException($"{endpoint.Authority} answered the upgrade to a WebSocket with '{lines[0]}' instead of status 101.", status.Value);
        }

        var headers = lines[1..];
        Require(Values(headers, "Upgrade").Any(value => value.Equals("websocket", StringComparison.OrdinalIgnoreCase)), "without 'Upgrade: websocket'");
        Require(Values(headers, "Connection").Any(value => value.Equals("upgrade", StringComparison.OrdinalIgnoreCase)), "without 'Connection: Upgrade'");
        Require(Values(headers, "Sec-WebSocket-Accept").SequenceEqual([Accept(_key)]), "with a Sec-WebSocket-Accept that does not belong to our key");
        Require(!Values(headers, "Sec-WebSocket-Extensions").Any(), "with an extension that we did not offer");
        Require(!Values(headers, "Sec-WebSocket-Protocol").Any(), "with a subprotocol that we did not offer");

        void Require(bool isMet, string what)
        {
            if (!isMet)
            {
                throw new ConnectFailedException($"{endpoint.Authority} answered the upgrade to a WebSocket {what}.");
            }
        }
    }

    /// <summary>What a server has to answer to a key.</summary>
    internal static string Accept(string key)
    {
#pragma warning disable CA5350 // The protocol names SHA-1; it proves understanding here and protects nothing.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Guid)));
#pragma warning restore CA5350
    }

    private static HttpStatusCode? StatusOf(string line) =>
        line.StartsWith("HTTP/1.", StringComparison.Ordinal) && line.Length >= 12
            && Utf8Parser.TryParse(Encoding.Latin1.GetBytes(line[9..12]), out int status, out var digits) && digits == 3
            ? (HttpStatusCode)status
            : null;

    private static IEnumerable<string> Values(string[] headers, string name) =>
        headers.Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .SelectMany(line => line[(name.Length + 1)..].Split(','))
            .Select(value => value.Trim(' ', '\t'));
}
