using Parallax.MarketData.Books;

namespace Parallax.Trading.Tests.Engine.Live;

public sealed class InletTests
{
    [Fact]
    public async Task A_full_inlet_drops_counts_and_has_the_book_subscribed_afresh()
    {
        await using var hand = new LiveHand(feedCapacity: 1 << 11).Define();
        Overflow(hand, HandFed.BtcUsd);
        var dropped = hand.Thread.Overflows;
        Assert.True(dropped > 0);

        // The feed has nothing more to say: the engine finds out by itself.
        hand.Start();
        await hand.UntilAsync(_ => !hand.Repairs.IsEmpty, "the book was asked for");

        Assert.Equal([(HandFed.BtcUsd, BookInvalidReason.MessageRejected)], hand.Repairs);
        Assert.Equal(BookState.Invalid, await hand.Thread.AskAsync(engine => engine.Markets.Book(HandFed.BtcUsd).State));
        Assert.Equal(dropped, hand.Feed.Dropped);

        hand.Book(hand.Feed, HandFed.BtcUsd, (99, 10), (100, 10));
        await hand.UntilAsync(engine => engine.Markets.Book(HandFed.BtcUsd).State == BookState.Live, "the snapshot came");
    }

    [Fact]
    public async Task Every_book_that_missed_a_record_is_reported_before_the_feeds_next_record()
    {
        await using var hand = new LiveHand(feedCapacity: 1 << 11).Define();
        Overflow(hand, HandFed.BtcUsd);
        Overflow(hand, HandFed.EthBtc);
        hand.Start();
        await hand.UntilAsync(_ => hand.Repairs.Count == 2, "both books were asked for");

        hand.Quiet();
        await hand.UntilAsync(engine => engine.Markets.Books.All(book => book.State == BookState.Live), "the books came back");
        var end = await hand.StopAsync();
        Assert.Equal(end.SessionHash, hand.Replay());
    }

    [Fact]
    public async Task After_a_storm_larger_than_the_inlet_every_book_is_as_last_sent_or_asked_for()
    {
        await using var hand = new LiveHand(feedCapacity: 1 << 10).Start().Define();
        for (var i = 0; i < 30_000; i++)
        {
            hand.Book(hand.Feed, (ushort)(i % 3), (90, 10 + i), (200, 10));
        }

        var end = await hand.StopAsync();

        Assert.Null(end.Fault);
        for (var number = 0; number < 3; number++)
        {
            var book = hand.Engine!.Markets.Book(number);
            var isAsLastSent = book.State == BookState.Live && book.Bids[0].QuantityLots == 10 + 29_997 + number;
            Assert.True(isAsLastSent || book.State == BookState.Invalid, $"Book {number} is {book.State} and not as last sent.");
            Assert.True(isAsLastSent || hand.Repairs.Any(asked => asked.Instrument == number), $"Book {number} was not asked for.");
        }

        Assert.Equal(end.SessionHash, hand.Replay());
    }

    private static void Overflow(LiveHand hand, ushort number)
    {
        for (var i = 0; i < 100; i++)
        {
            hand.Book(hand.Feed, number, (99, 10 + i), (100, 10));
        }
    }
}
