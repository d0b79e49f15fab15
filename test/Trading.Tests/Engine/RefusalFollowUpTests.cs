using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Tests.Engine;

/// <summary>A refused plan is looked at again after 50, 250 and 1,000 ms: the same path, the same input, the books of that moment.</summary>
public sealed class RefusalFollowUpTests
{
    [Fact]
    public void What_the_plan_would_have_made_is_computed_on_the_books_of_each_moment_on_lots_and_after_fees()
    {
        var hand = Following().Open();
        var refused = hand.Only<OpportunityRefused>();
        hand.After(20).Book(HandFed.EthUsd, [(10.5m, 200m)], [(11.1m, 200m)]);
        hand.Wake().After(20).Book(HandFed.EthUsd, [(9m, 200m)], [(11.1m, 200m)]);
        hand.Wake().BookLost(HandFed.BtcUsd).Wake();

        var followed = hand.Only<RefusalFollowedUp>();
        Assert.Equal((refused.Number, "net-edge", 1_000m), (followed.Number, followed.Reason, followed.Input));
        // 98 ETH sold at 10.5 bring 1,029, less fee 1,018.71; at 9 they bring 882, less fee 873.18; then a book is gone.
        Assert.Equal([new FollowUp(50, 18.71m), new FollowUp(250, -126.82m), new FollowUp(1_000, null)], followed.Looks.ToArray());
    }

    [Fact]
    public void Without_a_change_of_the_books_it_would_have_made_what_it_was_refused_with()
    {
        var hand = Following().Open();
        hand.Wake().Wake().Wake();

        Assert.All(hand.Only<RefusalFollowedUp>().Looks.ToArray(), look => Assert.Equal(HandFed.Profit, look.Profit));
        Assert.Equal(long.MaxValue, hand.Engine.Deadlines.Next);
    }

    [Fact]
    public void A_refusal_before_the_sizing_is_followed_with_the_size_that_the_free_money_would_have_had()
    {
        var hand = Following().Quiet();
        hand.Give(new VenueStatus(HandFed.Venue, VenueCondition.Maintenance, "", "")).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);
        hand.Wake().Wake().Wake();

        Assert.Equal(0m, hand.Only<OpportunityRefused>().Input);
        Assert.Equal((1_000m, HandFed.Profit), (hand.Only<RefusalFollowedUp>().Input, hand.Only<RefusalFollowedUp>().Looks.Span[2].Profit));
    }

    [Fact]
    public void One_set_is_made_of_an_opportunity_and_reason_and_the_end_of_the_session_writes_what_was_seen()
    {
        var hand = Following().Open().Book(HandFed.EthUsd, [(10.9m, 200m)], [(11.1m, 200m)]).Book(HandFed.EthUsd, [(11m, 200m)], [(11.1m, 200m)]);
        hand.Wake();
        hand.Engine.End();

        var look = Assert.Single(hand.Only<RefusalFollowedUp>().Looks.ToArray());
        Assert.Equal(50, look.AfterMillis);
    }

    [Fact]
    public void Beyond_so_many_at_a_time_refusals_are_counted_and_let_go()
    {
        var hand = Following();
        for (var i = 0; i < 70; i++)
        {
            hand.Open().Quiet();
        }

        Assert.Equal(70, hand.All<OpportunityRefused>().Count);
        Assert.Equal(6, hand.Engine.Totals.FollowUpsLetGo);
    }

    [Fact]
    public void Nobody_is_followed_where_the_settings_do_not_say_so()
    {
        var hand = new HandFed(settings => settings with { Limits = settings.Limits with { NetEdgeBpsMin = 1_000m } }).Open();
        hand.Engine.End();

        Assert.Single(hand.All<OpportunityRefused>());
        Assert.Empty(hand.All<RefusalFollowedUp>());
        Assert.Equal(long.MaxValue, hand.Engine.Deadlines.Next);
    }

    [Fact]
    public void The_setting_stands_in_the_canonical_text_where_it_is_on()
    {
        var text = Following().Settings.Canonical();

        Assert.Contains("follow-ups=true", text, StringComparison.Ordinal);
        Assert.Equal(text, EngineSettings.FromCanonical(text).Canonical());
        Assert.DoesNotContain("follow-ups", new HandFed().Settings.Canonical(), StringComparison.Ordinal);
    }

    private static HandFed Following() =>
        new(settings => settings with { FollowsRefusals = true, Limits = settings.Limits with { NetEdgeBpsMin = 1_000m } });
}
