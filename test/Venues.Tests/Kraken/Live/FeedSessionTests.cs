using System.Text;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Tests.Kraken.Live;

public sealed class FeedSessionTests : IDisposable
{
    private readonly FeedDriver _feed = new();
    private readonly VenueBook _bitcoin = VenueBook.Of(AnInstrument.Of("BTC/USD", 1), 30_000m);

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void A_connection_begins_with_a_ping_the_instruments_and_all_books_in_one_request()
    {
        _feed.Connected();

        Assert.Equal(["ping", "subscribe instrument", "subscribe book BTC/USD,ETH/USD,ETH/BTC 10"], _feed.TakeRequests());
        Assert.Equal([FeedState.Connected], _feed.States);
    }

    [Fact]
    public void Symbols_go_in_batches_at_the_pace_of_the_venue()
    {
        Instrument[] many = [.. Enumerable.Range(0, 120).Select(i => AnInstrument.Of($"C{i}/USD", 2))];
        using var feed = new FeedDriver(new KrakenFeedOptions { RequestIntervalNanos = UtcNanos.PerSecond / 5 }, many);
        feed.Connected();
        Assert.Equal(["ping"], feed.TakeRequests());

        feed.Pass(0.5);
        Assert.Equal(2, feed.TakeRequests().Count);

        feed.Pass(0.5, FeedDriver.Heartbeat);
        Assert.Equal([50, 20], feed.TakeRequests().Select(request => request.Split(',').Length));
    }

    [Fact]
    public void Books_of_different_depths_go_in_different_requests()
    {
        using var feed = new FeedDriver(null, AnInstrument.Of("A/USD", 2, depth: 10), AnInstrument.Of("B/USD", 2, depth: 25), AnInstrument.Of("C/USD", 2, depth: 10));
        feed.Connected();

        Assert.Equal(["subscribe book A/USD,C/USD 10", "subscribe book B/USD 25"], feed.TakeRequests().Skip(2));
    }

    [Fact]
    public void Trades_are_subscribed_to_where_they_are_wanted()
    {
        using var feed = new FeedDriver(new KrakenFeedOptions { RequestIntervalNanos = 0, WithTrades = true });
        feed.Connected();

        Assert.Equal("subscribe trade BTC/USD,ETH/USD,ETH/BTC", feed.TakeRequests()[^1]);
    }

    [Fact]
    public void Snapshot_and_updates_reach_the_book()
    {
        Live();
        _feed.Frame(_bitcoin.Touch(7));

        Assert.Equal(BookState.Live, _feed.Books[0].State);
        Assert.True(_feed.Books[0].TryGetBest(BookSide.Bid, out var best));
        Assert.Equal(7, best.QuantityLots);
        Assert.Equal(3, _feed.Health.LiveBooks);
    }

    [Fact]
    public void A_checksum_failure_starts_that_symbol_afresh_and_no_other()
    {
        Live();
        _bitcoin.Touch(5); // Lost on its way.
        _feed.Frame(_bitcoin.Ask(30_000.9m, 1m));
        Assert.Equal(BookState.Invalid, _feed.Books[0].State);

        Send();
        Assert.Equal(["unsubscribe book BTC/USD 10", "subscribe book BTC/USD 10"], _feed.TakeRequests());
        Assert.Equal((1, 1), (_feed.Health.ChecksumFailures, _feed.Health.Resynchronisations));

        _feed.Frame(_bitcoin.Touch(8)); // Of the old subscription, still on its way.
        _feed.Frame(_bitcoin.Snapshot());
        Assert.Equal(BookState.Live, _feed.Books[0].State);
        Assert.Null(_feed.EndReason);
    }

    [Fact]
    public void Three_checksum_failures_of_one_symbol_in_a_row_end_the_connection()
    {
        Live();
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(_feed.EndReason);
            _bitcoin.Touch(50 + i);
            _feed.Frame(_bitcoin.Ask(30_000.9m, 1m + i));
            Send();
            _feed.Frame(_bitcoin.Snapshot());
        }

        Assert.Contains("BTC/USD", _feed.EndReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Checksum_failures_are_not_in_a_row_when_a_verified_update_came_between_them_however_little_time_did(bool isUpdated)
    {
        Live();
        for (var i = 0; i < 5 && _feed.EndReason is null; i++)
        {
            _bitcoin.Touch(50 + i);
            _feed.Frame(_bitcoin.Ask(30_000.9m, 1m + i));
            Send();
            _feed.Frame(_bitcoin.Snapshot());
            if (isUpdated)
            {
                _feed.Frame(_bitcoin.Touch(20 + i));
            }

            _feed.Pass(isUpdated ? 2 : 90, FeedDriver.Heartbeat);
        }

        Assert.Equal(isUpdated, _feed.EndReason is null);
        Assert.Equal(isUpdated ? 5 : 3, _feed.Health.ChecksumFailures);
    }

    [Fact]
    public void An_update_before_the_first_snapshot_starts_the_symbol_afresh_and_is_dropped()
    {
        _feed.Connected();
        _feed.TakeRequests();
        _feed.Frame(_bitcoin.Touch(3));
        Send();

        Assert.Equal(["unsubscribe book BTC/USD 10", "subscribe book BTC/USD 10"], _feed.TakeRequests());
        Assert.DoesNotContain(_feed.Records, record => record.Kind == MarketRecordKind.BookDelta);
    }

    [Fact]
    public void A_rejected_frame_with_a_symbol_costs_that_book_and_not_the_connection()
    {
        Live();
        _feed.Frame(_bitcoin.Touch(9).Replace("\"qty\":", "\"qty\":-", StringComparison.Ordinal));
        Send();

        Assert.Equal(BookState.Invalid, _feed.Books[0].State);
        Assert.Equal(["unsubscribe book BTC/USD 10", "subscribe book BTC/USD 10"], _feed.TakeRequests());
        Assert.Equal((1, 0), (_feed.Health.Rejected, _feed.Health.ChecksumFailures));
        Assert.Null(_feed.EndReason);
    }

    [Fact]
    public void A_frame_cut_short_ends_the_connection()
    {
        Live();
        _feed.Frame(Encoding.UTF8.GetBytes(_bitcoin.Touch(9))[..^30]);

        Assert.Contains("JSON", _feed.EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_of_unknown_channels_and_symbols_are_counted_and_change_nothing()
    {
        Live();
        var before = _feed.Records.Count;
        _feed.Frame("""{"channel":"level3","type":"update","data":[]}""");
        _feed.Frame(VenueBook.Of(AnInstrument.Of("XRP/USD", 4), 1m).Snapshot());

        Assert.Equal(before, _feed.Records.Count);
        Assert.Equal(2, _feed.Health.Ignored);
    }

    [Fact]
    public void Five_seconds_of_silence_end_the_connection_and_heartbeats_keep_it()
    {
        Live();
        _feed.Pass(60, FeedDriver.Heartbeat);
        Assert.Null(_feed.EndReason);

        _feed.Pass(4.9);
        Assert.Null(_feed.EndReason);
        _feed.Pass(0.3);
        Assert.Contains("silent", _feed.EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_silent_symbol_is_called_lost_and_started_afresh()
    {
        Live();
        _feed.Pass(299, FeedDriver.Heartbeat);
        Assert.Equal(BookState.Live, _feed.Books[0].State);
        _feed.TakeRequests();

        _feed.Pass(3, FeedDriver.Heartbeat);
        Assert.Equal(BookState.Invalid, _feed.Books[0].State);
        Assert.Contains("subscribe book BTC/USD,ETH/USD,ETH/BTC 10", _feed.TakeRequests());
    }

    [Fact]
    public void A_book_that_never_comes_does_not_cost_the_others_their_connection()
    {
        _feed.Connected();
        _feed.Frame(_bitcoin.Snapshot());
        _feed.Pass(280, FeedDriver.Heartbeat);

        Assert.Null(_feed.EndReason);
        Assert.Equal(1, _feed.Health.LiveBooks);
        Assert.InRange(_feed.TakeRequests().Count(request => request.StartsWith("subscribe book", StringComparison.Ordinal)), 4, 10);
    }

    [Fact]
    public void A_subscription_without_a_snapshot_is_asked_for_again_and_ends_the_connection_at_last()
    {
        _feed.Connected();
        _feed.TakeRequests();
        _feed.Pass(11, FeedDriver.Heartbeat);
        Assert.Equal(["unsubscribe book BTC/USD,ETH/USD,ETH/BTC 10", "subscribe book BTC/USD,ETH/USD,ETH/BTC 10"], _feed.TakeRequests());

        _feed.Pass(30, FeedDriver.Heartbeat);
        Assert.Contains("no snapshot", _feed.EndReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_connection_asks_for_every_book_again_and_old_verdicts_are_forgotten()
    {
        Live();
        _feed.End("the network went away");
        Assert.Equal(BookState.Invalid, _feed.Books[0].State);
        _feed.Connected();

        Assert.Equal(["ping", "subscribe instrument", "subscribe book BTC/USD,ETH/USD,ETH/BTC 10"], _feed.TakeRequests());
        _feed.Frame(_bitcoin.Snapshot());
        _feed.Look();
        Send();
        Assert.Empty(_feed.TakeRequests());
        Assert.Equal(BookState.Live, _feed.Books[0].State);
        Assert.Equal((1L, "the network went away"), (_feed.Health.Reconnects, _feed.Health.LastEnd));
    }

    [Fact]
    public void Maintenance_halts_every_market_and_reopening_brings_fresh_books()
    {
        Live();
        _feed.Frame("""{"channel":"status","type":"update","data":[{"system":"maintenance"}]}""");
        Assert.Equal("maintenance", _feed.Health.State);
        Assert.All(_feed.States.Skip(1), state => Assert.Equal(FeedState.MarketHalted, state));
        Assert.Equal(3, _feed.States.Count() - 1);
        _feed.Pass(20, FeedDriver.Heartbeat);
        Assert.DoesNotContain(_feed.TakeRequests(), request => request.Contains("book", StringComparison.Ordinal));

        _feed.Frame("""{"channel":"status","type":"update","data":[{"system":"online"}]}""");
        Send();
        Assert.Equal(3, _feed.States.Count(state => state == FeedState.MarketOpen));
        Assert.Contains("subscribe book BTC/USD,ETH/USD,ETH/BTC 10", _feed.TakeRequests());
    }

    [Fact]
    public void A_pair_that_closes_is_halted_alone_and_starts_afresh_when_it_opens()
    {
        Live();
        _feed.Frame(Instruments("cancel_only", 0.1m, 1));
        Assert.Equal([FeedState.Connected, FeedState.MarketHalted], _feed.States);
        Assert.Equal(BookState.Invalid, _feed.Books[0].State);

        _feed.Frame(Instruments("online", 0.1m, 1));
        Send();
        Assert.Equal(FeedState.MarketOpen, _feed.States.Last());
        Assert.Equal(["unsubscribe book BTC/USD 10", "subscribe book BTC/USD 10"], _feed.TakeRequests());
    }

    [Fact]
    public void A_pair_whose_grid_changed_stays_halted_and_is_never_misread()
    {
        Live();
        _feed.Frame(Instruments("online", 0.01m, 2));
        var records = _feed.Records.Count;
        _feed.Frame(_bitcoin.Snapshot());
        _feed.Frame(_bitcoin.Touch(3));

        Assert.Equal(records, _feed.Records.Count);
        Assert.Contains("BTC/USD", Assert.Single(_feed.Health.GivenUp), StringComparison.Ordinal);
        _feed.End();
        _feed.Connected();
        Assert.DoesNotContain("BTC/USD", string.Join(' ', _feed.TakeRequests().TakeLast(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_symbol_is_given_up_by_name_and_the_others_go_on()
    {
        _feed.Connected();
        _feed.Frame("""{"error":"Currency pair not supported ETH/BTC","method":"subscribe","req_id":3,"success":false,"symbol":"ETH/BTC","time_in":"2026-05-05T10:00:00.000000Z","time_out":"2026-05-05T10:00:00.000001Z"}""");
        _feed.Frame(_bitcoin.Snapshot());

        Assert.Equal("ETH/BTC: Currency pair not supported ETH/BTC", Assert.Single(_feed.Health.GivenUp));
        Assert.Equal(FeedState.MarketHalted, _feed.States.Last());
        Assert.Equal(BookState.Live, _feed.Books[0].State);
    }

    [Fact]
    public void A_subscription_that_failed_for_now_is_tried_again_after_a_pause()
    {
        _feed.Connected();
        _feed.TakeRequests();
        _feed.Frame("""{"error":"EService:Unavailable","method":"subscribe","req_id":3,"success":false,"symbol":"ETH/BTC"}""");
        _feed.Pass(4, FeedDriver.Heartbeat);
        Assert.Empty(_feed.TakeRequests());
        _feed.Pass(2, FeedDriver.Heartbeat);

        Assert.Equal(["unsubscribe book ETH/BTC 10", "subscribe book ETH/BTC 10"], _feed.TakeRequests());
    }

    [Fact]
    public void Told_to_slow_down_it_sends_nothing_for_a_while()
    {
        Live();
        _feed.Frame("""{"Error":"Exceeded msg rate"}""");
        _feed.Repairs.Resynchronise(0, BookInvalidReason.SequenceGap);
        _feed.Pass(14, FeedDriver.Heartbeat);
        Assert.Empty(_feed.TakeRequests());
        _feed.Pass(2, FeedDriver.Heartbeat);
        Assert.NotEmpty(_feed.TakeRequests());
    }

    [Fact]
    public void A_pong_gives_round_trip_and_clock_offset()
    {
        _feed.Connected();
        var sent = new UtcNanos(_feed.Now);
        var venue = sent.AddNanos(2 * UtcNanos.PerSecond);
        _feed.Pass(0.1);
        _feed.Frame($$"""{"method":"pong","req_id":1,"time_in":"{{venue}}","time_out":"{{venue}}"}""");

        Assert.Equal(UtcNanos.PerSecond / 10, _feed.Health.RoundTrip);
        Assert.Equal((2 * UtcNanos.PerSecond) - (UtcNanos.PerSecond / 20), _feed.Health.ClockOffset);
    }

    [Fact]
    public void A_ping_goes_out_every_thirty_seconds()
    {
        Live();
        _feed.Pass(61, FeedDriver.Heartbeat);

        Assert.Equal(2, _feed.TakeRequests().Count(request => request == "ping"));
    }

    [Fact]
    public void Book_frames_allocate_nothing()
    {
        Live();
        byte[][] frames = [.. Enumerable.Range(1, 200).Select(i => Encoding.UTF8.GetBytes(_bitcoin.Touch(i)))];
        _feed.Records.Capacity = 10_000;
        foreach (var frame in frames)
        {
            _feed.Frame(frame);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var frame in frames)
        {
            _feed.Frame(frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(BookState.Live, _feed.Books[0].State);
    }

    private static string Instruments(string status, decimal increment, int precision) =>
        $$$"""{"channel":"instrument","type":"update","data":{"assets":[],"pairs":[{"symbol":"BTC/USD","base":"BTC","quote":"USD","status":"{{{status}}}","price_precision":{{{precision}}},"price_increment":{{{increment}}},"qty_precision":8,"qty_increment":1e-08,"qty_min":0.0001,"cost_precision":5,"cost_min":0.5}]}}""";

    /// <summary>Connected, all three books live, the first requests seen.</summary>
    private void Live()
    {
        _feed.Connected();
        _feed.Frame(_bitcoin.Snapshot());
        _feed.Frame(VenueBook.Of(_feed.Instruments[1], 2_000m).Snapshot());
        _feed.Frame(VenueBook.Of(_feed.Instruments[2], 0.06m).Snapshot());
        Assert.Equal(BookState.Live, _feed.Books[0].State);
        _feed.TakeRequests();
    }

    private void Send() => _feed.Send();
}
