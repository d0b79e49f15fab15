using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Scores;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Risk.Scores;

public sealed class AnswerTimesTests
{
    private const long Millisecond = UtcNanos.PerMillisecond;

    private readonly AnswerTimes _answers = new();

    [Fact]
    public void Until_enough_orders_are_answered_it_is_an_assumption()
    {
        for (var order = 1; order < AnswerTimes.AnswersMin; order++)
        {
            Answer(order, 5);
        }

        Assert.Equal((false, AnswerTimes.AssumedNanos), (_answers.IsMeasured, _answers.Nanos));
        Answer(AnswerTimes.AnswersMin, 5);
        Assert.Equal((true, 5 * Millisecond), (_answers.IsMeasured, _answers.Nanos));
    }

    [Fact]
    public void Nine_of_ten_of_the_last_answers_took_no_longer()
    {
        for (var order = 1; order <= 64; order++)
        {
            Answer(order, order);
        }

        Assert.Equal(58 * Millisecond, _answers.Nanos);
        for (var order = 65; order <= 128; order++)
        {
            Answer(order, 7);
        }

        Assert.Equal(7 * Millisecond, _answers.Nanos);
    }

    [Theory]
    [InlineData(OrderEventType.Accepted, 1)]
    [InlineData(OrderEventType.Filled, 1)]
    [InlineData(OrderEventType.Canceled, 1)]
    [InlineData(OrderEventType.OutcomeUnknown, 1)]
    [InlineData(OrderEventType.Rejected, 0)]
    [InlineData(OrderEventType.NotFound, 0)]
    [InlineData(OrderEventType.NotSent, 0)]
    public void The_first_word_that_an_order_arrived_counts_once(OrderEventType first, int expected)
    {
        var id = ClientOrderId.Of(1, 1, 1);
        _answers.Sent(id, 100);
        _answers.Told(id, first, 200);
        _answers.Told(id, OrderEventType.Filled, 9_000);
        _answers.Told(ClientOrderId.Of(1, 2, 1), OrderEventType.Accepted, 9_000);

        Assert.Equal(expected, _answers.Count);
    }

    [Fact]
    public void A_plan_is_judged_by_how_its_venue_answered_and_not_by_the_assumption()
    {
        var hand = new HandFed().Quiet();
        Assert.Equal(AnswerTimes.AssumedNanos, hand.Engine.Risk.AnswersOf(HandFed.Venue)!.Nanos);
        for (var order = 1; order <= AnswerTimes.AnswersMin; order++)
        {
            hand.Open();
            Assert.Equal(order, hand.Orders.Count);
            hand.After(40).Accept(order).Cancel(order).Quiet();
        }

        Assert.Equal((true, 40 * Millisecond), (hand.Engine.Risk.AnswersOf(HandFed.Venue)!.IsMeasured, hand.Engine.Risk.AnswersOf(HandFed.Venue)!.Nanos));
        LegBook[] legs = [new(HandFed.BtcUsd, hand.Now, null, true)];
        Assert.Equal(40 * Millisecond, hand.Engine.Risk.AnswerNanos(legs));
    }

    [Fact]
    public void An_edge_is_believed_the_less_the_later_its_orders_arrive()
    {
        var scorer = new OpportunityScorer(new RiskLimits(), new RouteHistory());
        LegBook[] legs = [new(0, 1_000, null, true), new(1, 1_000, null, true), new(2, 1_000, null, true)];
        var state = new RiskState { NowNanos = 1_000, IsKilled = false, OpenPlans = 0, Balance = 1_000m, Available = 1_000m, Volatility = 1m, VenueHealth = 1m };

        var scores = new[] { 5, 40, 250, 2_000 }.Select(millis => scorer.Score(legs, state, 8m, route: 0, millis * Millisecond)).ToList();

        Assert.Equal(scores.OrderByDescending(score => score.Confidence), scores);
        Assert.Equal(scores.OrderBy(score => score.Risk), scores);
        Assert.True(scores[0].Confidence > scores[^1].Confidence && scores[0].Risk < scores[^1].Risk);
    }

    private void Answer(int order, int millis)
    {
        var id = ClientOrderId.Of(1, order, 1);
        _answers.Sent(id, order);
        _answers.Told(id, OrderEventType.Accepted, order + (millis * Millisecond));
    }
}
