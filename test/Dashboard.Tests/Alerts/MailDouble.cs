using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parallax.Dashboard.Tests.Alerts;

/// <summary>A mail server on the loopback that takes one letter after the other, or refuses their recipients.</summary>
internal sealed class MailDouble : IDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly List<string> _letters = [];

    public MailDouble()
    {
        _door.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_door.LocalEndpoint).Port;

    public bool RefusesAll { get; set; }

    /// <summary>The whole conversation of each connection, what the client said.</summary>
    public IReadOnlyList<string> Letters
    {
        get
        {
            lock (_letters)
            {
                return [.. _letters];
            }
        }
    }

    public void Dispose() => _door.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _door.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception over) when (over is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
        var said = new StringBuilder();
        await writer.WriteLineAsync("220 ready");
        var isLetter = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (isLetter && line != ".")
            {
                continue;
            }

            isLetter = line == "DATA";
            await writer.WriteLineAsync(
                isLetter ? "354 go on"
                : line.StartsWith("RCPT", StringComparison.Ordinal) && RefusesAll ? "550 no such mailbox hunter2"
                : line == "QUIT" ? "221 bye" : "250 ok");
        }

        lock (_letters)
        {
            _letters.Add(said.ToString());
        }
    }
}
