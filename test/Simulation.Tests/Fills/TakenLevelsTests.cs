using Parallax.Domain;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Venue;
using static Parallax.Simulation.Tests.Scenario;

namespace Parallax.Simulation.Tests.Fills;

public sealed class TakenLevelsTests
{
    [Fact]
    public void What_was_taken_stays_taken_until_the_refill_time_is_over()
    {
        var taken = new TakenLevels(instrumentCount: 1, refillNanos: 1000);
        var level = new Level(100, 50);
        taken.Take(0, BookSide.Ask, level, 20, time: 10);

        Assert.Equal(30, taken.Available(0, BookSide.Ask, level, 1009));
        Assert.Equal(50, taken.Available(0, BookSide.Ask, level, 1010));
    }

    [Fact]
    public void A_second_take_adds_to_the_first_and_starts_the_time_again()
    {
        var taken = new TakenLevels(1, 1000);
        var level = new Level(100, 50);
        taken.Take(0, BookSide.Ask, level, 20, time: 0);
        taken.Take(0, BookSide.Ask, level, 10, time: 900);

        Assert.Equal(20, taken.Available(0, BookSide.Ask, level, 1899));
        Assert.Equal(50, taken.Available(0, BookSide.Ask, level, 1900));
    }

    [Fact]
    public void Another_quantity_side_price_or_instrument_is_untouched()
    {
        var taken = new TakenLevels(2, 1000);
        taken.Take(0, BookSide.Ask, new Level(100, 50), 20, time: 0);

        Assert.Equal(60, taken.Available(0, BookSide.Ask, new Level(100, 60), 1));
        Assert.Equal(50, taken.Available(0, BookSide.Ask, new Level(101, 50), 1));
        Assert.Equal(50, taken.Available(0, BookSide.Bid, new Level(100, 50), 1));
        Assert.Equal(50, taken.Available(1, BookSide.Ask, new Level(100, 50), 1));
    }

    [Fact]
    public void A_take_from_a_changed_quantity_forgets_what_was_taken_from_the_earlier_one()
    {
        var taken = new TakenLevels(1, 1000);
        taken.Take(0, BookSide.Ask, new Level(100, 50), 20, time: 0);
        taken.Take(0, BookSide.Ask, new Level(100, 60), 5, time: 1);

        Assert.Equal(55, taken.Available(0, BookSide.Ask, new Level(100, 60), 2));
        Assert.Equal(50, taken.Available(0, BookSide.Ask, new Level(100, 50), 2));
    }

    [Fact]
    public void A_refill_time_of_zero_remembers_nothing()
    {
        var taken = new TakenLevels(1, 0);
        taken.Take(0, BookSide.Ask, new Level(100, 50), 50, time: 0);

        Assert.Equal(50, taken.Available(0, BookSide.Ask, new Level(100, 50), 0));
    }

    [Theory]
    [InlineData(true, 100)]
    [InlineData(false, 0)]
    public void A_quantity_that_changed_and_changed_back_was_refilled_if_somebody_watched(bool observes, long filled)
    {
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 12 * Ms, 12 * Ms, BookSide.Ask, 100, 40)
            .Delta(0, 14 * Ms, 14 * Ms, BookSide.Ask, 100, 100);

        var reports = new Scenario { Tape = tape, Observes = observes }.Run(TwoOrders);

        Assert.Equal(100, reports.Fills(1).Sum(f => f.QuantityLots));
        Assert.Equal(filled, reports.Fills(2).Sum(f => f.QuantityLots));
    }

    [Fact]
    public void A_change_seen_only_on_the_way_refills_too()
    {
        // Both changes have happened when the second order arrives at 25 ms, but are received later.
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 12 * Ms, 40 * Ms, BookSide.Ask, 100, 40)
            .Delta(0, 14 * Ms, 40 * Ms, BookSide.Ask, 100, 100);

        var reports = new Scenario { Tape = tape }.Run(TwoOrders);

        Assert.Equal(100, reports.Fills(2).Sum(f => f.QuantityLots));
    }

    [Fact]
    public void A_change_that_the_first_order_met_already_does_not_refill_when_it_is_received()
    {
        // At its arrival at 10 ms the first order sees 40 and takes them; the record comes in at 12 ms, before the second order.
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 8 * Ms, 12 * Ms, BookSide.Ask, 100, 40);

        var reports = new Scenario { Tape = tape }.Run(TwoOrders);

        Assert.Equal([new Level(100, 40)], reports.Fills(1));
        Assert.Empty(reports.Fills(2));
    }

    [Fact]
    public void Changes_on_the_way_to_what_the_first_order_met_do_not_refill_either()
    {
        // The first order meets 40, by way of 70; the 70 is received after it took.
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 7 * Ms, 12 * Ms, BookSide.Ask, 100, 70)
            .Delta(0, 8 * Ms, 13 * Ms, BookSide.Ask, 100, 40);

        var reports = new Scenario { Tape = tape }.Run(TwoOrders);

        Assert.Equal([new Level(100, 40)], reports.Fills(1));
        Assert.Empty(reports.Fills(2));
    }

    [Fact]
    public void A_level_that_left_a_snapshot_and_came_back_was_refilled()
    {
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Snapshot(0, 12 * Ms, 12 * Ms, Bids, Asks[1..])
            .Snapshot(0, 14 * Ms, 14 * Ms, Bids, Asks);

        var reports = new Scenario { Tape = tape }.Run(TwoOrders);

        Assert.Equal(100, reports.Fills(2).Sum(f => f.QuantityLots));
    }

    [Fact]
    public void A_snapshot_that_repeats_the_quantity_refills_nothing()
    {
        var tape = new MemoryTape().Snapshot(0, 0, 0, Bids, Asks).Snapshot(0, 12 * Ms, 12 * Ms, Bids, Asks);

        var reports = new Scenario { Tape = tape }.Run(TwoOrders);

        Assert.Empty(reports.Fills(2));
    }

    [Fact]
    public void Watching_ends_when_every_take_is_refilled()
    {
        var taken = new TakenLevels(1, 1000);
        taken.Take(0, BookSide.Ask, new Level(100, 50), 20, time: 0);
        Assert.True(taken.IsWatching);

        taken.Observe(new MemoryTape().Delta(0, 999, 999, BookSide.Ask, 105, 1)[0], 999);
        Assert.True(taken.IsWatching);

        taken.Observe(new MemoryTape().Delta(0, 1000, 1000, BookSide.Ask, 105, 1)[0], 1000);
        Assert.False(taken.IsWatching);
    }

    private static void TwoOrders(SimulatedVenue venue)
    {
        venue.Submit(Buy(1, 100, 100, 5 * Ms));
        venue.Submit(Buy(2, 100, 100, 20 * Ms));
    }
}
