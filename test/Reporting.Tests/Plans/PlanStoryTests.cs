using Parallax.Domain;
using Parallax.Reporting.Plans;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Reporting.Tests.Plans;

public sealed class PlanStoryTests : IDisposable
{
    private readonly AJournal _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void A_story_holds_everything_about_its_plan_and_nothing_of_another()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Open(2)
            .Event(1, 1, OrderEventType.Accepted).Event(2, 1, OrderEventType.Rejected)
            .Event(1, 1, OrderEventType.Filled, ticks: 100, lots: 5, trade: 7).Posting(1, 7)
            .Close(2).Close(1);

        var story = Find(1)!;

        Assert.Equal((1, 10L, 12.5m), (story.Session, story.Opportunity!.Value.Value.Number, story.Opportunity.Value.Value.TopNetBps));
        Assert.Equal("book-age", Assert.Single(story.Refusals).Value.Reason);
        Assert.Single(story.Books);
        Assert.Equal(ClientOrderId.Of(1, 1, 1), Assert.Single(story.Orders).Value.Id);
        Assert.Equal([OrderEventType.Accepted, OrderEventType.Filled], story.Events.Select(told => told.Value.Type));
        Assert.Equal(7UL, Assert.Single(story.Postings).Value.TradeId);
        Assert.Equal(1, story.Closed!.Value.Value.Plan);
    }

    [Fact]
    public void What_its_refused_plans_would_have_made_belongs_to_the_story_whether_known_before_the_plan_or_after()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m))
            .Write(new OpportunityOpened(10, "USD>BTC>USD", 1m))
            .Write(new RefusalFollowedUp(10, "net-edge", 100m, new[] { new FollowUp(50, 1m) }))
            .Open(1)
            .Write(new RefusalFollowedUp(10, "book-age", 100m, new[] { new FollowUp(50, -1m) }))
            .Write(new RefusalFollowedUp(20, "book-age", 100m, default))
            .Close(1);

        Assert.Equal(["net-edge", "book-age"], Find(1)!.FollowUps.Select(followed => followed.Value.Reason));
    }

    [Fact]
    public void The_waterfall_sums_to_what_was_realised()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Close(1);

        var steps = Find(1)!.Waterfall!;

        Assert.Equal(["gross", "fees", "rounding", "slippage", "realised"], steps.Select(step => step.Name));
        Assert.Equal(steps[^1].Amount, steps.Take(4).Sum(step => step.Amount));
    }

    [Fact]
    public void A_restated_plan_says_what_it_came_to_and_what_it_was()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.001m)).Open(1).Event(1, 1, OrderEventType.Filled, ticks: 100, lots: 5, trade: 7).Close(1)
            .Write(new PlanRestated(1, 1, ClientOrderId.Of(1, 1, 1), 7, 4m, 3.25m, null, "fee"))
            .Session(AJournal.Instrument("BTC", 0.001m))
            .Write(new PlanRestated(1, 1, ClientOrderId.Of(1, 1, 1), 7, 3.25m, -1.5m, null, "bust"));

        var story = Find(1)!;

        Assert.Equal([("gross", 12m), ("fees", -2m), ("rounding", -1m), ("slippage", -5m), ("restated", -5.5m), ("realised", -1.5m)], story.Waterfall!);
        Assert.Contains("; -1.5 USD (restated from 4) in ", PlanSentence.Of(story), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_session_the_newest_plan_of_that_number_is_told()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Close(1, 1m)
            .Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Close(1, 2m)
            .Session(AJournal.Instrument("BTC", 0.1m)).Write(new TradingHalted("nothing else"));

        using var reader = _journal.Reader();
        var story = PlanStory.Find(reader, 1)!;

        Assert.Equal((2, 2m), (story.Session, story.Closed!.Value.Value.Realised));
        Assert.Equal(ClientOrderId.Of(2, 1, 1), Assert.Single(story.Orders).Value.Id);
    }

    [Fact]
    public void A_named_session_is_told_and_an_absent_plan_is_not()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Close(1, 1m).Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Close(1, 2m);
        _journal.Reader().Dispose();

        Assert.Equal(1m, Again(1, session: 1)!.Closed!.Value.Value.Realised);
        Assert.Null(Again(2));
        Assert.Null(Again(1, session: 3));
    }

    [Fact]
    public void A_later_session_with_other_instruments_does_not_change_the_story()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Close(1)
            .Session(AJournal.Instrument("DOGE", 1_000m), AJournal.Instrument("BTC", 0.1m)).Write(new TradingHalted("nothing else"));

        Assert.Equal("BTC", Assert.Single(Find(1)!.Instruments).Base.Code);
    }

    [Fact]
    public void A_plan_without_an_end_is_told_so_far()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1);

        var story = Find(1)!;

        Assert.Null(story.Closed);
        Assert.Null(story.Waterfall);
        Assert.Equal("Nothing has traded yet.", PlanSentence.Of(story));
    }

    [Fact]
    public void A_trade_that_was_told_twice_is_told_once()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1)
            .Event(1, 1, OrderEventType.Filled, ticks: 100, lots: 5, trade: 7).Event(1, 1, OrderEventType.Filled, ticks: 100, lots: 5, trade: 7)
            .Event(1, 1, OrderEventType.Filled, Side.Sell, ticks: 110, lots: 4, trade: 8)
            .Close(1, 4m, new Remainder(AJournal.Btc, 0.1m, 9.9m, IsDust: true));

        Assert.EndsWith("bought 0.5 BTC for USD, sold 0.4 BTC for USD; +4 USD in 6 ms, left 0.1 BTC (dust).", PlanSentence.Of(Find(1)!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_never_traded_says_so()
    {
        _journal.Session(AJournal.Instrument("BTC", 0.1m)).Open(1).Event(1, 1, OrderEventType.Canceled).Write(new PlanClosed(1, PlanOutcome.Missed, 0m, -9m, 0, default));

        Assert.Equal("Missed: nothing traded.", PlanSentence.Of(Find(1)!));
    }

    private PlanStory? Find(int plan)
    {
        using var reader = _journal.Reader();
        return PlanStory.Find(reader, plan);
    }

    private PlanStory? Again(int plan, int? session = null)
    {
        using var reader = _journal.Reader();
        return PlanStory.Find(reader, plan, session);
    }
}
