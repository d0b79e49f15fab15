using Parallax.VenueServers.Kraken;

namespace Parallax.VenueServers.Tests.Kraken;

public sealed class BookChannelTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(100)]
    [InlineData(500)]
    [InlineData(1000)]
    public async Task Every_book_message_at_every_depth_carries_the_checksum_of_the_book_it_leads_to(int depth)
    {
        await using var server = await KrakenServer.StartAsync(new KrakenServerOptions { MarketRate = 5_000 }, TimeProvider.System, default);
        await using var client = await SocketClient.ConnectAsync(server.Endpoint);
        var books = await BooksAsync(client, depth);

        await client.SendAsync("subscribe", new { channel = "book", symbol = books.Keys.ToArray(), depth });
        while (books.Values.Sum(book => book.Updates) < 3_000)
        {
            var message = await client.ReceiveChannelAsync("book");
            books[message.GetProperty("data")[0].GetProperty("symbol").GetString()!].Apply(message);
        }

        Assert.All(books.Values, book => Assert.True(book.Bids[0].Key < book.Asks[0].Key));
    }

    [Fact]
    public async Task Two_connections_see_the_same_book()
    {
        await using var server = await KrakenServer.StartAsync(new KrakenServerOptions { MarketRate = 2_000 }, TimeProvider.System, default);
        await using var first = await SocketClient.ConnectAsync(server.Endpoint);
        await using var second = await SocketClient.ConnectAsync(server.Endpoint);
        await first.SendAsync("subscribe", new { channel = "book", symbol = new[] { "BTC/USD" } });
        await first.ReceiveChannelAsync("book", "snapshot");
        await second.SendAsync("subscribe", new { channel = "book", symbol = new[] { "BTC/USD" } });
        await second.ReceiveChannelAsync("book", "snapshot");

        var later = await UpdatesAsync(second, 200);
        var all = await UpdatesAsync(first, 400);

        var start = all.IndexOf(later[0]);
        Assert.True(start >= 0, "What the second connection saw first never came to the first one.");
        Assert.Equal(later, all.Skip(start).Take(later.Count));

        static async Task<List<string>> UpdatesAsync(SocketClient client, int count)
        {
            var updates = new List<string>();
            while (updates.Count < count)
            {
                updates.Add((await client.ReceiveChannelAsync("book", "update")).GetRawText());
            }

            return updates;
        }
    }

    private static async Task<Dictionary<string, SimpleBook>> BooksAsync(SocketClient client, int depth)
    {
        await client.SendAsync("subscribe", new { channel = "instrument" });
        var instruments = await client.ReceiveChannelAsync("instrument", "snapshot");
        return instruments.GetProperty("data").GetProperty("pairs").EnumerateArray().ToDictionary(
            pair => pair.GetProperty("symbol").GetString()!,
            pair => new SimpleBook(depth, pair.GetProperty("price_precision").GetInt32(), pair.GetProperty("qty_precision").GetInt32()));
    }
}
