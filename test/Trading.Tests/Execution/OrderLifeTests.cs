using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Tests.Execution;

public sealed class OrderLifeTests
{
    private readonly OrderLife _order = new();

    public OrderLifeTests() => _order.Begin(ClientOrderId.Of(1, 1, 1), 10);

    [Fact]
    public void An_order_is_sent_once_until_the_venue_says_it_does_not_know_it()
    {
        Assert.Equal(OrderStep.Ok, _order.Submit());
        Assert.Equal(OrderStep.Ignored, _order.Submit());
        Tell(OrderEventType.OutcomeUnknown);
        Assert.Equal(OrderStep.Ignored, _order.Submit());
        Assert.Equal(OrderStep.MayResend, Tell(OrderEventType.NotFound));
        Assert.Equal(OrderStep.Ok, _order.Submit());
        Assert.Equal(2, _order.Sends);
    }

    [Fact]
    public void A_fill_may_come_before_the_acknowledgement()
    {
        _order.Submit();

        Assert.Equal(OrderStep.Ok, Fill(1, 10));
        Assert.Equal(OrderState.Filled, _order.State);
        Assert.Equal(OrderStep.Ignored, Tell(OrderEventType.Accepted));
        Assert.Equal(OrderState.Filled, _order.State);
    }

    [Fact]
    public void The_same_trade_told_twice_counts_once()
    {
        _order.Submit();
        Fill(7, 4);

        Assert.Equal(OrderStep.Duplicate, Fill(7, 4));
        Assert.Equal(4, _order.FilledLots);
        Assert.False(OrderStep.Duplicate.IsToBeBooked());
    }

    [Fact]
    public void An_unknown_outcome_counts_in_full_as_exposure_until_it_is_proved()
    {
        Assert.Equal(0, _order.ExposedLots);
        _order.Submit();
        Tell(OrderEventType.OutcomeUnknown);
        Assert.Equal(10, _order.ExposedLots);
        Fill(1, 3);
        Assert.Equal((OrderState.Partial, 7L), (_order.State, _order.ExposedLots));
        Tell(OrderEventType.Canceled);
        Assert.Equal(0, _order.ExposedLots);
    }

    [Fact]
    public void An_order_that_turns_up_after_not_found_is_matched_and_not_sent_again()
    {
        _order.Submit();
        Tell(OrderEventType.OutcomeUnknown);
        Tell(OrderEventType.NotFound);

        Assert.Equal(OrderStep.Ok, Tell(OrderEventType.Accepted));
        Assert.Equal(OrderStep.Ignored, _order.Submit());
    }

    [Fact]
    public void A_late_fill_of_an_order_that_was_not_found_is_booked()
    {
        _order.Submit();
        Tell(OrderEventType.OutcomeUnknown);
        Tell(OrderEventType.NotFound);

        Assert.True(Fill(1, 10).IsToBeBooked());
        Assert.Equal(OrderState.Filled, _order.State);
        Assert.Equal(OrderStep.Ignored, _order.Submit());
    }

    [Theory]
    [InlineData(OrderEventType.Accepted)]
    [InlineData(OrderEventType.Canceled)]
    [InlineData(OrderEventType.Rejected)]
    [InlineData(OrderEventType.OutcomeUnknown)]
    [InlineData(OrderEventType.NotFound)]
    public void A_status_that_goes_backwards_is_ignored(OrderEventType type)
    {
        _order.Submit();
        Fill(1, 10);

        Assert.Equal(OrderStep.Ignored, Tell(type));
        Assert.Equal(OrderState.Filled, _order.State);
    }

    [Theory]
    [InlineData(OrderEventType.Accepted)]
    [InlineData(OrderEventType.Canceled)]
    [InlineData(OrderEventType.Rejected)]
    [InlineData(OrderEventType.OutcomeUnknown)]
    [InlineData(OrderEventType.NotFound)]
    public void Nothing_but_a_fill_concerns_an_order_that_was_never_sent(OrderEventType type)
    {
        Assert.Equal(OrderStep.Ignored, Tell(type));
        Assert.Equal(OrderState.New, _order.State);
    }

    [Fact]
    public void More_filled_than_ordered_is_booked_and_told()
    {
        _order.Submit();
        Fill(1, 9);

        Assert.Equal(OrderStep.OverFill, Fill(2, 2));
        Assert.Equal((OrderState.Filled, 11L, 0L), (_order.State, _order.FilledLots, _order.ExposedLots));
        Assert.True(_order.IsOverFilled);
    }

    [Fact]
    public void A_fill_after_a_reject_is_booked_as_late()
    {
        _order.Submit();
        Tell(OrderEventType.Rejected);

        Assert.Equal(OrderStep.LateFill, Fill(1, 1));
        Assert.Equal(OrderState.Rejected, _order.State);
    }

    [Fact]
    public void An_event_of_another_order_or_a_fill_of_nothing_is_a_fault()
    {
        Assert.Throws<ArgumentException>(() => _order.Apply(new OrderEvent { Id = ClientOrderId.Of(1, 1, 2), Type = OrderEventType.Accepted }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fill(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _order.Begin(default, 0));
    }

    [Fact]
    public void An_object_begun_again_remembers_nothing()
    {
        _order.Submit();
        Fill(1, 10);

        _order.Begin(ClientOrderId.Of(1, 2, 1), 5);

        Assert.Equal((OrderState.New, 0L, 0), (_order.State, _order.FilledLots, _order.Sends));
        _order.Submit();
        Assert.Equal(OrderStep.Ok, Fill(1, 5));
    }

    [Fact]
    public void Any_events_in_any_order_leave_the_sum_of_the_distinct_fills() =>
        Prop.ForAll(Events().ToArbitrary(), events =>
        {
            var order = new OrderLife();
            order.Begin(default, 10);
            var fills = new Dictionary<ulong, long>();
            foreach (var (type, trade, lots) in events)
            {
                var (before, sends) = (order.State, order.Sends);
                var step = type == 0
                    ? order.Submit()
                    : order.Apply(new OrderEvent { Id = default, Type = (OrderEventType)type, TradeId = trade, Fill = new Level(1, lots) });
                if (type == (int)OrderEventType.Filled)
                {
                    Assert.Equal(!fills.TryAdd(trade, lots), step == OrderStep.Duplicate);
                }

                Assert.Equal(fills.Values.Sum(), order.FilledLots);
                Assert.True(order.Sends == sends || before == OrderState.New, "sent while it may be live");
                Assert.True(order.ExposedLots >= 0 && (order.State != OrderState.Unknown || order.ExposedLots == 10 - order.FilledLots));
                Assert.True(!before.IsFinal() || order.State == before, $"{before} became {order.State}");
                Assert.True(step is not (OrderStep.Ignored or OrderStep.Duplicate) || order.State == before);
            }
        }).QuickCheckThrowOnFailure();

    private OrderStep Tell(OrderEventType type) => _order.Apply(new OrderEvent { Id = _order.Id, Type = type });

    private OrderStep Fill(ulong trade, long lots) =>
        _order.Apply(new OrderEvent { Id = _order.Id, Type = OrderEventType.Filled, TradeId = trade, Fill = new Level(100, lots) });

    private static Gen<(int Type, ulong Trade, long Lots)[]> Events() =>
        (from type in Gen.Choose(0, 6)
         from trade in Gen.Choose(1, 20)
         from lots in Gen.Choose(1, 12)
         select (type, (ulong)trade, (long)lots)).ArrayOf();
}
