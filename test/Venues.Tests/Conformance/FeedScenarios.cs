using Parallax.MarketData.Records;

namespace Parallax.Venues.Tests.Conformance;

internal static class FeedScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Of("feed: snapshot and delta", feed =>
        {
            Begin(feed);
            feed.Change(7);
            feed.Delete();
            feed.Change(9);
            Assert.True(feed.IsRight, "The book is the venue's after a change, a removed level and another change.");
        }),
        Of("feed: gap", feed =>
        {
            Begin(feed);
            feed.LoseChange(5);
            feed.Change(6);
            Assert.False(feed.IsLive && !feed.IsRight, "A book that missed a change is not live.");
            Recover(feed);
        }),
        Of("feed: checksum", feed =>
        {
            feed.Connect();
            feed.SpoiledSnapshot();
            Assert.False(feed.IsLive, "A book that the venue's checksum contradicts is not live.");
            Recover(feed);
        }),
        Of("feed: duplicate", feed =>
        {
            Begin(feed);
            feed.Change(7);
            feed.Repeat();
            Assert.True(feed.IsRight, "A change told twice is the change.");
            Assert.False(feed.IsEnded, "A duplicate is no reason to leave.");
        }),
        Of("feed: out of order", feed =>
        {
            feed.Connect();
            feed.Change(3);
            Assert.Equal(0, feed.BookRecords);
            Recover(feed);
        }),
        Of("feed: truncated", feed =>
        {
            Begin(feed);
            feed.CutShort();
            Assert.True(feed.IsEnded || !feed.IsLive, "After half a message the book is not believed.");
        }),
        Of("feed: unknown type", feed =>
        {
            Begin(feed);
            feed.UnknownType();
            feed.Change(4);
            Assert.False(feed.IsEnded, "What nobody knows harms nobody.");
            Assert.True(feed.IsRight, "The book goes on.");
        }),
        Of("feed: reconnect", feed =>
        {
            Begin(feed);
            feed.Change(4);
            feed.Disconnect();
            Assert.False(feed.IsLive, "Without a connection no book is live.");
            Assert.Equal(FeedState.Disconnected, feed.States[^1]);
            feed.Connect();
            feed.Snapshot();
            Assert.True(feed.IsRight, "The next connection brings the book back.");
        }),
    ];

    private static Scenario Of(string name, Action<IFeedUnderTest> run) => new(name, venue =>
    {
        using var feed = venue.Feed();
        run(feed);
    });

    private static void Begin(IFeedUnderTest feed)
    {
        feed.Connect();
        feed.Snapshot();
        Assert.True(feed.IsRight, "A snapshot makes the book live.");
        feed.TookFreshBookRequest();
    }

    /// <summary>The adapter asks by itself for what is missing, and the book is right again.</summary>
    private static void Recover(IFeedUnderTest feed)
    {
        Assert.True(feed.TookFreshBookRequest(), "The adapter asks for the book afresh.");
        feed.Snapshot();
        Assert.True(feed.IsRight, "A fresh snapshot makes the book live.");
    }
}
