using Parallax.Domain;
using Parallax.Journal.Tapes;
using Parallax.Simulation.SeededMarket;
using Parallax.VenueServers.Kraken;

namespace Parallax.VenueServers.Tests.Kraken;

public sealed class TapeTests : IDisposable
{
    private const int Instruments = 5;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"parallax-{Environment.ProcessId}-{nameof(TapeTests)}.tape");

    public TapeTests()
    {
        var terms = new MarketTerms { Seed = 5, Instruments = Instruments, EventsPerSecond = 400, Depth = 10 };
        using var tape = new TapeWriter(_path, overwrite: true);
        new MarketGenerator(terms).WriteUntil(terms.StartTime + (60 * UtcNanos.PerSecond), tape);
    }

    [Fact]
    public async Task A_tape_is_served_with_checksums_at_its_speed_and_then_stands_still()
    {
        var time = new StillTime();
        await using var server = await KrakenServer.StartAsync(new KrakenServerOptions { Tape = _path, Speed = 10 }, time, default);
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);
        await client.SendAsync("subscribe", new { channel = "instrument" });
        var pairs = (await client.ReceiveChannelAsync("instrument", "snapshot")).GetProperty("data").GetProperty("pairs");
        var books = pairs.EnumerateArray().ToDictionary(
            pair => pair.GetProperty("symbol").GetString()!,
            pair => new SimpleBook(10, pair.GetProperty("price_precision").GetInt32(), pair.GetProperty("qty_precision").GetInt32()));
        Assert.Equal(Instruments, books.Count);
        await client.SendAsync("subscribe", new { channel = "book", symbol = books.Keys.ToArray() });
        await ReadUntilPongAsync(client, books);
        Assert.All(books.Values, book => Assert.Equal(1, book.Updates));

        // Half of the tape's sixty seconds, then more than the rest.
        time.Pass(TimeSpan.FromSeconds(3));
        await ReadUntilPongAsync(client, books);
        var half = books.Values.Sum(book => book.Updates);
        time.Pass(TimeSpan.FromSeconds(30));
        await ReadUntilPongAsync(client, books);
        var all = books.Values.Sum(book => book.Updates);
        time.Pass(TimeSpan.FromSeconds(30));
        await ReadUntilPongAsync(client, books);

        Assert.InRange(half, 0.4 * all, 0.6 * all);
        Assert.Equal(all, books.Values.Sum(book => book.Updates));
    }

    /// <summary>Verifies every book message that was sent before an answer that is asked for now.</summary>
    private static async Task ReadUntilPongAsync(SocketClient client, Dictionary<string, SimpleBook> books)
    {
        var ping = await client.SendAsync("ping");
        while (true)
        {
            var message = await client.ReceiveAsync();
            if (message.TryGetProperty("req_id", out var id) && id.GetInt32() == ping)
            {
                return;
            }

            if (message.TryGetProperty("channel", out var channel) && channel.GetString() == "book")
            {
                books[message.GetProperty("data")[0].GetProperty("symbol").GetString()!].Apply(message);
            }
        }
    }

    public void Dispose() => File.Delete(_path);
}
