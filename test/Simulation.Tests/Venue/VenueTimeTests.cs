using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;
using static Parallax.Simulation.Tests.Scenario;

namespace Parallax.Simulation.Tests.Venue;

public sealed class VenueTimeTests
{
    [Fact]
    public void An_order_meets_what_has_happened_though_we_have_not_been_told()
    {
        // The ask moved at 12 ms; we learn it at 30 ms; our order arrives at 15 ms.
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 12 * Ms, 30 * Ms, BookSide.Ask, 100, 40);

        var reports = new Scenario { Tape = tape }.Run(venue => venue.Submit(Buy(1, 100, 100, 10 * Ms)));

        Assert.Equal([new Level(100, 40)], reports.Fills(1));
    }

    [Fact]
    public void An_order_does_not_meet_what_happens_after_its_arrival()
    {
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 15 * Ms + 1, 16 * Ms, BookSide.Ask, 100, 0);

        var reports = new Scenario { Tape = tape }.Run(venue => venue.Submit(Buy(1, 100, 100, 10 * Ms)));

        Assert.Equal([new Level(100, 100)], reports.Fills(1));
    }

    [Fact]
    public void Market_data_of_the_moment_of_arrival_comes_first()
    {
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 15 * Ms, 15 * Ms, BookSide.Ask, 100, 30)
            .Delta(0, 15 * Ms, 15 * Ms, BookSide.Ask, 101, 20);

        var reports = new Scenario { Tape = tape }.Run(venue => venue.Submit(Buy(1, 100, 101, 10 * Ms)));

        Assert.Equal([new Level(100, 30), new Level(101, 20)], reports.Fills(1));
    }

    [Fact]
    public void What_happens_at_the_very_moment_of_arrival_is_met_though_it_is_received_later()
    {
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 15 * Ms, 20 * Ms, BookSide.Ask, 100, 30);

        var reports = new Scenario { Tape = tape }.Run(venue => venue.Submit(Buy(1, 100, 100, 10 * Ms)));

        Assert.Equal([new Level(100, 30)], reports.Fills(1));
    }

    [Fact]
    public void The_books_of_the_engine_stay_as_it_was_told()
    {
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 12 * Ms, 30 * Ms, BookSide.Ask, 100, 40);
        var seen = new List<Level>();
        var scenario = new Scenario
        {
            Tape = tape,
            Engine = (_, replay, report) =>
            {
                if (report is not null)
                {
                    seen.Add(replay.Books[0].Asks[0]);
                }
            },
        };

        scenario.Run(venue => venue.Submit(Buy(1, 100, 100, 10 * Ms)));

        Assert.All(seen, best => Assert.Equal(new Level(100, 100), best));
    }

    [Fact]
    public void A_report_is_learned_a_response_latency_after_the_arrival()
    {
        var reports = new Scenario { Latency = new ConstantLatency(3 * Ms, 4 * Ms) }.Run(venue => venue.Submit(Buy(1, 100, 100, 10 * Ms)));

        Assert.All(reports, r => Assert.Equal((13 * Ms, 17 * Ms), (r.VenueTime, r.ReceivedTime)));
        Assert.Equal([OrderEventType.Accepted, OrderEventType.Filled], reports.Types(1));
    }

    [Fact]
    public void An_order_sent_on_a_report_is_matched_before_the_next_record_when_there_is_no_latency()
    {
        var tape = new MemoryTape()
            .Snapshot(0, 0, 0, Bids, Asks)
            .Delta(0, 10 * Ms, 10 * Ms, BookSide.Ask, 103, 10)
            .Delta(0, 10 * Ms + 1, 10 * Ms + 1, BookSide.Ask, 101, 0);
        var scenario = new Scenario
        {
            Tape = tape,
            Latency = ConstantLatency.None,
            Engine = (venue, replay, report) =>
            {
                if (report is { Event.Type: OrderEventType.Filled } && report.Event.Id == Id(1))
                {
                    venue.Submit(Buy(2, 200, 101, report.ReceivedTime));
                }
            },
        };

        var reports = scenario.Run(venue => venue.Submit(Buy(1, 100, 100, 10 * Ms)));

        Assert.Equal([new Level(101, 200)], reports.Fills(2));
        Assert.Equal(10 * Ms, reports.Last(2).ReceivedTime);
    }

    [Fact]
    public void An_order_without_any_book_is_canceled()
    {
        var reports = new Scenario { Tape = new MemoryTape() }.Run(venue => venue.Submit(Buy(1, 100, 100, 0)));

        Assert.Equal([OrderEventType.Accepted, OrderEventType.Canceled], reports.Types(1));
    }

    [Fact]
    public void A_delta_on_its_way_does_not_make_a_book_of_an_unknown_one()
    {
        var tape = new MemoryTape().Delta(0, 5 * Ms, 30 * Ms, BookSide.Ask, 100, 10);

        var reports = new Scenario { Tape = tape }.Run(venue => venue.Submit(Buy(1, 100, 100, 10 * Ms)));

        Assert.Empty(reports.Fills(1));
    }

    [Fact]
    public void A_clock_that_runs_ahead_is_set_back_until_nothing_is_received_before_it_happened()
    {
        // The venue's clock leads by 1.27 s: the record "of 1282 ms" happened at 12 ms of our time at the latest.
        const long Lead = 1270 * Ms;
        var tape = new MemoryTape()
            .Snapshot(0, Lead, 0, Bids, Asks)
            .Delta(0, Lead + (12 * Ms), 14 * Ms, BookSide.Ask, 100, 40)
            .Delta(0, Lead + (16 * Ms), 17 * Ms, BookSide.Ask, 100, 20);

        var clock = Replay.ClockOf(tape);
        var reports = new Scenario { Tape = tape }.Run(venue => venue.Submit(Buy(1, 100, 100, 8 * Ms)));

        Assert.Equal(Lead, clock.AheadNanos);
        Assert.Equal(2 * Ms, clock.FeedDelayNanosMax);
        Assert.Equal([new Level(100, 40)], reports.Fills(1));
    }

    [Fact]
    public void A_clock_that_runs_behind_or_right_is_left_alone()
    {
        var clock = Replay.ClockOf(new MemoryTape().Snapshot(0, 10, 30, Bids, Asks).Snapshot(0, 20, 90, Bids, Asks));

        Assert.Equal(0, clock.AheadNanos);
        Assert.Equal(70, clock.FeedDelayNanosMax);
        Assert.Equal(0, new VenueClock().FeedDelayNanosMax);
    }

    [Fact]
    public void Idle_time_costs_no_allocation()
    {
        var venue = new SimulatedVenue(
            [Scenario.Instrument], FeeModel.Uniform(1, default), ConstantLatency.None, SeededOrderFaults.None, new SimulatedVenueTerms(), seed: 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var busy = 0;
        for (var time = 0L; time < 100_000; time++)
        {
            busy += venue.HasWorkBefore(time) || venue.IsWatching ? 1 : 0;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, busy);
        Assert.Equal(0, allocated);
    }
}
