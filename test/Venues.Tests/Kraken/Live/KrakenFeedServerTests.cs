using Parallax.Domain;
using Parallax.MarketData.Records;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>The feed over a real socket against the independent server of VenueServers.</summary>
public sealed class KrakenFeedServerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_book_of_the_server_stands_and_no_checksum_fails()
    {
        await using var server = await StartAsync(FaultTerms.None);
        using var live = await LiveFeed.StartAsync(server);
        await Until(() => live.Sink.AllLive && live.Feed.Health.Messages > 500, live);
        live.Feed.Dispose();

        Assert.Equal(0, live.Sink.ChecksumFailures);
        Assert.False(live.Sink.TimeRanBackwards);
        Assert.Equal([FeedState.Connected, FeedState.Disconnected], live.Sink.Read((_, _, states) => states.ToArray()));
        var health = live.Feed.Health;
        Assert.Equal((0, 0, 0, FeedWords.Stopped), (health.Reconnects, health.Rejected, health.Resynchronisations, health.State));
        Assert.InRange(health.RoundTrip!.Value, 1, 10 * UtcNanos.PerSecond);
        Assert.InRange(health.ClockOffset!.Value, -UtcNanos.PerSecond, UtcNanos.PerSecond);
        Assert.True(live.Feed.Completion.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("checksum=0.01")]
    [InlineData("drop=0.01")]
    public async Task A_book_that_is_wrong_is_found_and_comes_back(string faults)
    {
        await using var server = await StartAsync(FaultTerms.Parse(faults));
        using var live = await LiveFeed.StartAsync(server);
        await Until(() => live.Feed.Health is { ChecksumFailures: > 3, Resynchronisations: > 3 } && live.Sink.Read((books, _, _) => books.Count(book => book.State == MarketData.Books.BookState.Live)) > 20, live);

        Assert.True(live.Sink.ChecksumFailures > 3);
    }

    [Fact]
    public async Task Lost_connections_are_made_again_and_books_start_afresh()
    {
        await using var server = await StartAsync(FaultTerms.Parse("disconnect=0.005"));
        using var live = await LiveFeed.StartAsync(server);
        await Until(() => live.Feed.Health.Reconnects >= 3, live);

        Assert.Equal(0, live.Sink.ChecksumFailures);
        Assert.True(live.Sink.Read((_, _, states) => states.Count(state => state == FeedState.Disconnected)) >= 3);
    }

    [Fact]
    public async Task Duplicates_do_no_harm_and_frames_cut_in_half_cost_a_connection()
    {
        await using var server = await StartAsync(FaultTerms.Parse("duplicate=0.1,truncate=0.002"));
        using var live = await LiveFeed.StartAsync(server);
        await Until(() => live.Feed.Health is { Reconnects: >= 1, Rejected: >= 1 }, live);

        Assert.Equal(0, live.Sink.ChecksumFailures);
    }

    [Fact]
    public async Task A_sink_that_fails_ends_the_feed_with_its_own_exception()
    {
        await using var server = await StartAsync(FaultTerms.None);
        using var rest = new KrakenRest(server.Endpoint, null, TimeProvider.System, 1);
        var listing = await KrakenInstruments.InCyclesAsync(rest, 5, 10, CancellationToken.None);
        using var feed = new KrakenFeed(
            KrakenEndpoints.At(server.Endpoint).PublicFeed, listing.Instruments, new FullDisk(), new KrakenFeedOptions(), Reconnects(), new UtcClock(TimeProvider.System));
        feed.Start();

        var failure = await Assert.ThrowsAsync<IOException>(() => feed.Completion.WaitAsync(Deadline));
        Assert.Equal("the disk is full", failure.Message);
    }

    [Fact]
    public async Task A_venue_that_cannot_be_reached_is_tried_again_until_it_is_there()
    {
        Uri root;
        KrakenListing listing;
        int port;
        await using (var first = await StartAsync(FaultTerms.None))
        {
            root = first.Endpoint;
            port = root.Port;
            using var rest = new KrakenRest(root, null, TimeProvider.System, 1);
            listing = await KrakenInstruments.InCyclesAsync(rest, 5, 10, CancellationToken.None);
        }

        using var live = new LiveFeed(root, listing);
        live.Feed.Start();
        await Until(() => live.Feed.Health is { State: FeedWords.Offline, LastEnd: not null }, live);
        await using var second = await StartAsync(FaultTerms.None, port);
        await Until(() => live.Sink.AllLive, live);
    }

    private static ReconnectPolicy Reconnects() => new(
        new ReconnectOptions { DelayMin = TimeSpan.FromMilliseconds(20), DelayMax = TimeSpan.FromMilliseconds(200) },
        new ConnectionBudget(KrakenLimits.ConnectionsPerTenMinutes, TimeSpan.FromMinutes(10)),
        seed: 1);

    private static Task<KrakenServer> StartAsync(FaultTerms faults, int port = 0) =>
        KrakenServer.StartAsync(new KrakenServerOptions { Faults = faults, Port = port }, TimeProvider.System, CancellationToken.None);

    private static async Task Until(Func<bool> condition, LiveFeed live)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.False(live.Feed.Completion.IsFaulted, live.Feed.Completion.Exception?.ToString());
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, $"Still waiting: {live.Feed.Health}");
            await Task.Delay(10);
        }
    }

    private sealed class LiveFeed : IDisposable
    {
        public LiveFeed(Uri root, KrakenListing listing)
        {
            Sink = new VenueSink(listing.Instruments);
            Feed = new KrakenFeed(
                KrakenEndpoints.At(root).PublicFeed, listing.Instruments, Sink, new KrakenFeedOptions { RequestIntervalNanos = 0 }, Reconnects(), new UtcClock(TimeProvider.System));
            Sink.Repair = Feed;
        }

        public VenueSink Sink { get; }

        public KrakenFeed Feed { get; }

        public static async Task<LiveFeed> StartAsync(KrakenServer server)
        {
            using var rest = new KrakenRest(server.Endpoint, null, TimeProvider.System, 1);
            var listing = await KrakenInstruments.InCyclesAsync(rest, 1_000, 10, CancellationToken.None);
            Assert.True(listing.Instruments.Count >= 25, $"{listing.Instruments.Count} instruments take part in triangles.");
            var live = new LiveFeed(server.Endpoint, listing);
            live.Feed.Start();
            return live;
        }

        public void Dispose() => Feed.Dispose();
    }

    private sealed class FullDisk : Journal.Framing.IRecordSink
    {
        public void Append(in Journal.Framing.RecordHeader header, ReadOnlySpan<byte> payload) => throw new IOException("the disk is full");
    }
}
