using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;
using static Parallax.Simulation.Tests.Scenario;

namespace Parallax.Simulation.Tests.Venue;

public sealed class SimulatedVenueTests
{
    private const long Second = UtcNanos.PerSecond;

    [Fact]
    public void A_partly_filled_order_is_canceled_for_the_rest_at_the_same_moment()
    {
        var reports = new Scenario().Run(venue => venue.Submit(Buy(1, 900, 101, 0)));

        Assert.Equal([OrderEventType.Accepted, OrderEventType.Filled, OrderEventType.Filled, OrderEventType.Canceled], reports.Types(1));
        Assert.Equal([new Level(100, 100), new Level(101, 200)], reports.Fills(1));
        Assert.Equal(2, reports.Where(r => r.Event.Type == OrderEventType.Filled).Select(r => r.Event.TradeId).Distinct().Count());
    }

    [Fact]
    public void A_fill_or_kill_order_trades_all_or_nothing_and_nothing_leaves_no_trace()
    {
        var reports = new Scenario().Run(venue =>
        {
            venue.Submit(Buy(1, 301, 101, 0, TimeInForce.FillOrKill));
            venue.Submit(Buy(2, 300, 101, 1, TimeInForce.FillOrKill));
        });

        Assert.Equal([OrderEventType.Accepted, OrderEventType.Canceled], reports.Types(1));
        Assert.Equal([new Level(100, 100), new Level(101, 200)], reports.Fills(2));
    }

    [Theory]
    [InlineData(1, 100, TimeInForce.ImmediateOrCancel, "quantity 0.01 is below the minimum 0.02 BTC")]
    [InlineData(2, 100, TimeInForce.ImmediateOrCancel, "notional 2.00 is below the minimum 5 USD")]
    [InlineData(0, 100, TimeInForce.ImmediateOrCancel, "quantity is not a positive multiple of the lot size 0.01")]
    [InlineData(100, 0, TimeInForce.ImmediateOrCancel, "price is not a positive multiple of the tick size 1")]
    [InlineData(100, 100, TimeInForce.GoodTilCanceled, "time in force GoodTilCanceled is not supported")]
    public void An_order_against_the_venue_rules_is_rejected_in_the_venue_words(long lots, long limit, TimeInForce timeInForce, string reason)
    {
        var reports = new Scenario().Run(venue => venue.Submit(Buy(1, lots, limit, 0, timeInForce)));

        var report = Assert.Single(reports);
        Assert.Equal(OrderEventType.Rejected, report.Event.Type);
        Assert.Equal(reason, report.Event.Reason);
        Assert.Equal(10 * Ms, report.ReceivedTime);
    }

    [Fact]
    public void An_order_for_an_unlisted_instrument_is_rejected()
    {
        var reports = new Scenario().Run(venue => venue.Submit(Buy(1, 100, 100, 0) with { Instrument = 7 }));

        Assert.Equal("unknown instrument", Assert.Single(reports).Event.Reason);
    }

    [Fact]
    public void A_lost_request_is_unknown_at_the_deadline_and_not_found_when_asked()
    {
        var scenario = new Scenario
        {
            Faults = new ScriptedOrderFaults().Order(1, new OrderFault { LosesRequest = true }),
            Terms = new SimulatedVenueTerms { DeadlineNanos = Second },
            Engine = AskWhenUnknown,
        };

        var reports = scenario.Run(venue => venue.Submit(Buy(1, 100, 100, 0)));

        Assert.Equal([OrderEventType.OutcomeUnknown, OrderEventType.NotFound], reports.Types(1));
        Assert.Equal([Second, Second + (10 * Ms)], reports.Select(r => r.ReceivedTime));
    }

    [Fact]
    public void A_lost_answer_is_unknown_at_the_deadline_and_told_in_full_when_asked()
    {
        var scenario = new Scenario
        {
            Faults = new ScriptedOrderFaults().Order(1, new OrderFault { LosesResponse = true }),
            Terms = new SimulatedVenueTerms { DeadlineNanos = Second },
            Engine = AskWhenUnknown,
        };

        var reports = scenario.Run(venue =>
        {
            venue.Submit(Buy(1, 150, 100, 0));
            venue.Submit(Buy(2, 100, 100, 1));
        });

        Assert.Equal(
            [OrderEventType.OutcomeUnknown, OrderEventType.Accepted, OrderEventType.Filled, OrderEventType.Canceled], reports.Types(1));
        Assert.Equal([new Level(100, 100)], reports.Fills(1));
        Assert.Empty(reports.Fills(2)); // The unknown order took the level all the same.
        Assert.Equal(5 * Ms, reports.First(r => r.Event.Type == OrderEventType.Filled).VenueTime);
    }

    [Fact]
    public void A_late_answer_still_comes_after_the_outcome_was_called_unknown()
    {
        var scenario = new Scenario
        {
            Faults = new ScriptedOrderFaults().Order(1, new OrderFault { ExtraResponseNanos = 5 * Second }),
            Terms = new SimulatedVenueTerms { DeadlineNanos = Second },
        };

        var reports = scenario.Run(venue => venue.Submit(Buy(1, 100, 100, 0)));

        Assert.Equal([OrderEventType.OutcomeUnknown, OrderEventType.Accepted, OrderEventType.Filled], reports.Types(1));
        Assert.Equal((5 * Second) + (10 * Ms), reports.Last(1).ReceivedTime);
    }

    [Fact]
    public void An_answer_told_twice_names_the_same_trades()
    {
        var reports = new Scenario().Run(venue =>
        {
            venue.Submit(Buy(1, 300, 101, 0));
            venue.Query(Id(1), Second);
            venue.Query(Id(1), 2 * Second);
        });

        var trades = reports.Where(r => r.Event.Type == OrderEventType.Filled).Select(r => r.Event.TradeId).ToArray();
        Assert.Equal(6, trades.Length);
        Assert.Equal(2, trades.Distinct().Count());
    }

    [Fact]
    public void An_order_still_on_its_way_is_not_found_and_trades_later()
    {
        var scenario = new Scenario { Faults = new ScriptedOrderFaults().Order(1, new OrderFault { ExtraEntryNanos = Second }) };

        var reports = scenario.Run(venue =>
        {
            venue.Submit(Buy(1, 100, 100, 0));
            venue.Query(Id(1), Ms);
        });

        Assert.Equal([OrderEventType.NotFound, OrderEventType.Accepted, OrderEventType.Filled], reports.Types(1));
    }

    [Fact]
    public void A_venue_with_a_slow_read_path_finds_an_order_only_after_its_lag()
    {
        var scenario = new Scenario
        {
            Terms = new SimulatedVenueTerms { QueryLagNanos = 100 * Ms },
            Faults = new ScriptedOrderFaults().Order(1, new OrderFault { LosesResponse = true }),
        };

        var reports = scenario.Run(venue =>
        {
            venue.Submit(Buy(1, 100, 100, 0));
            venue.Query(Id(1), 99 * Ms);
            venue.Query(Id(1), 100 * Ms);
        });

        Assert.Equal(
            [OrderEventType.NotFound, OrderEventType.Accepted, OrderEventType.Filled, OrderEventType.OutcomeUnknown], reports.Types(1));
    }

    [Fact]
    public void A_lost_query_is_unknown_at_its_deadline()
    {
        var scenario = new Scenario { Faults = new ScriptedOrderFaults().Query(1, new OrderFault { LosesResponse = true }) };

        var reports = scenario.Run(venue => venue.Query(Id(1), 0));

        Assert.Equal(OrderEventType.OutcomeUnknown, Assert.Single(reports).Event.Type);
        Assert.Equal(10 * Second, reports[0].ReceivedTime);
    }

    [Fact]
    public void A_second_order_of_one_id_is_rejected_and_the_first_one_stays_what_it_was()
    {
        var reports = new Scenario().Run(venue =>
        {
            venue.Submit(Buy(1, 100, 100, 0));
            venue.Submit(Buy(1, 100, 101, 1));
            venue.Query(Id(1), Second);
        });

        Assert.Equal(
            [OrderEventType.Accepted, OrderEventType.Filled, OrderEventType.Rejected, OrderEventType.Accepted, OrderEventType.Filled],
            reports.Types(1));
        Assert.Equal("duplicate client order id", reports[2].Event.Reason);
    }

    [Fact]
    public void An_id_whose_order_never_arrived_may_be_sent_again()
    {
        var scenario = new Scenario { Faults = new ScriptedOrderFaults().Order(1, new OrderFault { LosesRequest = true }) };

        var reports = scenario.Run(venue =>
        {
            venue.Submit(Buy(1, 100, 100, 0));
            venue.Submit(Buy(1, 100, 100, Second));
        });

        Assert.Equal([OrderEventType.Accepted, OrderEventType.Filled, OrderEventType.OutcomeUnknown], reports.Types(1));
    }

    [Fact]
    public void A_scripted_order_can_be_filled_in_part_or_refused()
    {
        var faults = new ScriptedOrderFaults()
            .Order(1, new OrderFault { FillLotsMax = 30 })
            .Order(2, new OrderFault { RejectReason = "venue busy" })
            .Order(3, new OrderFault { FillLotsMax = 30 });

        var reports = new Scenario { Faults = faults }.Run(venue =>
        {
            venue.Submit(Buy(1, 100, 100, 0));
            venue.Submit(Buy(2, 100, 100, 1));
            venue.Submit(Buy(3, 50, 100, 2, TimeInForce.FillOrKill));
        });

        Assert.Equal([new Level(100, 30)], reports.Fills(1));
        Assert.Equal([OrderEventType.Accepted, OrderEventType.Filled, OrderEventType.Canceled], reports.Types(1));
        Assert.Equal("venue busy", reports.Last(2).Event.Reason);
        Assert.Equal([OrderEventType.Accepted, OrderEventType.Canceled], reports.Types(3));
    }

    [Fact]
    public void Seeded_faults_come_at_their_rates_and_again_with_the_same_seed()
    {
        var scenario = () => new Scenario
        {
            Faults = new SeededOrderFaults(new OrderFaultRates { Reject = 0.2, RequestLoss = 0.1, ResponseLoss = 0.05 }, seed: 9),
        };
        var first = scenario().Run(Thousand);
        var second = scenario().Run(Thousand);

        Assert.Equal(first, second);
        Assert.InRange(first.Count(r => r.Event.Type == OrderEventType.OutcomeUnknown), 110, 180); // 1 - 0.9 x 0.95 = 14.5 %
        Assert.InRange(first.Count(r => r.Event.Type == OrderEventType.Rejected), 130, 215); // 20 % of what arrives and is answered

        static void Thousand(SimulatedVenue venue)
        {
            for (var i = 0; i < 1000; i++)
            {
                venue.Submit(Buy(i + 1, 10, 100, i * Ms));
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.5, 440, 560)]
    [InlineData(1, 1000, 1000)]
    public void A_level_is_still_there_with_the_stated_probability(double probability, int least, int most)
    {
        var scenario = () => new Scenario
        {
            Terms = new SimulatedVenueTerms { Fills = new TakerFillTerms { LevelProbability = probability } },
        };

        var first = scenario().Run(Thousand);

        Assert.Equal(first, scenario().Run(Thousand));
        Assert.InRange(first.Count(r => r.Event.Type == OrderEventType.Filled), least, most);

        static void Thousand(SimulatedVenue venue)
        {
            for (var i = 0; i < 1000; i++)
            {
                venue.Submit(Buy(i + 1, 10, 100, i * Second));
            }
        }
    }

    [Fact]
    public void A_level_that_went_to_somebody_faster_stays_gone_for_us()
    {
        // The first order empties the level, or finds it emptied; the second finds nothing in either case.
        var scenario = new Scenario { Terms = new SimulatedVenueTerms { Fills = new TakerFillTerms { LevelProbability = 0.5 } } };

        var reports = scenario.Run(venue =>
        {
            for (var i = 0; i < 200; i++)
            {
                venue.Submit(Buy((2 * i) + 1, 100, 100, i * 2 * Second));
                venue.Submit(Buy((2 * i) + 2, 100, 100, (i * 2 * Second) + 1));
            }
        });

        Assert.All(Enumerable.Range(0, 200), i => Assert.Empty(reports.Fills((2 * i) + 2)));
    }

    [Fact]
    public void Old_orders_are_forgotten_and_recent_ones_are_not()
    {
        var scenario = new Scenario
        {
            Terms = new SimulatedVenueTerms { RememberedOrders = 2 },
            Tape = new MemoryTape().Snapshot(0, 0, 0, Bids, Asks).Snapshot(0, Second, Second, Bids, Asks),
            Engine = (venue, replay, report) =>
            {
                if (report is null && replay.Now == Second)
                {
                    venue.Query(Id(1), Second);
                    venue.Query(Id(3), Second);
                }
            },
        };

        var reports = scenario.Run(venue =>
        {
            for (var i = 1; i <= 3; i++)
            {
                venue.Submit(Buy(i, 10, 100, i));
            }
        });

        Assert.Equal(OrderEventType.NotFound, reports.Last(1).Event.Type);
        Assert.Equal(OrderEventType.Filled, reports.Last(3).Event.Type);
    }

    [Fact]
    public void Orders_allocate_nothing_in_steady_state()
    {
        var terms = new SimulatedVenueTerms { RememberedOrders = 8 };
        var venue = new SimulatedVenue(
            [Scenario.Instrument], FeeModel.Uniform(1, new FeeTerms(0.001m, FeeMode.Receive, 0.00000001m)), new ConstantLatency(5, 5), SeededOrderFaults.None, terms, 1);
        var book = new MarketData.Books.OrderBook(Scenario.Instrument);
        var tape = new MemoryTape().Snapshot(0, 0, 0, Bids, Asks);
        book.Apply(tape[0]);
        var market = new LiveMarket([book]);
        var sink = new Counting();
        Trade(0, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Trade(1000, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000, sink.Accepted);
        Assert.True(sink.Filled > 0);

        void Trade(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                venue.Submit(Buy(i, 150, 101, i * 100 * Ms));
                venue.ProcessBefore(long.MaxValue, market, sink);
            }
        }
    }

    private static void AskWhenUnknown(SimulatedVenue venue, Replay replay, Report? report)
    {
        if (report is { Event.Type: OrderEventType.OutcomeUnknown })
        {
            venue.Query(report.Event.Id, report.ReceivedTime);
        }
    }

    private sealed class Counting : IOrderEventSink
    {
        public int Accepted { get; private set; }

        public int Filled { get; private set; }

        public void Take(in OrderEvent report, long venueTime, long receivedTime)
        {
            Accepted += report.Type == OrderEventType.Accepted ? 1 : 0;
            Filled += report.Type == OrderEventType.Filled ? 1 : 0;
        }

        public void Take(Trading.Reconciliation.Statement item, long venueTime, long receivedTime)
        {
        }
    }
}
