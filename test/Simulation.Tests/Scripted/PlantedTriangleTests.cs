using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Scripted;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Tests.Scripted;

/// <summary>Trades the planted triangle by hand: three legs, each of what the one before brought.</summary>
public sealed class PlantedTriangleTests
{
    private const long Ms = UtcNanos.PerMillisecond;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 0)]
    [InlineData(0, 7)]
    [InlineData(20, 7)]
    public void The_best_plan_earns_the_known_profit_to_the_last_unit_while_the_books_stand(int latencyMs, int feedDelayMs)
    {
        var balances = Trade(new PlantedTriangleTerms { FeedDelayNanos = feedDelayMs * Ms }, latencyMs * Ms);

        Assert.Equal(PlantedTriangle.Received - PlantedTriangle.Spent, PlantedTriangle.Profit);
        Assert.Equal(PlantedTriangle.Capital + PlantedTriangle.Profit, balances["USDT"]);
        Assert.Equal(0.000098m, balances["BTC"]);
        Assert.Equal(0m, balances["ETH"]);
    }

    [Fact]
    public void With_latency_the_profit_falls_by_exactly_what_the_last_book_moved()
    {
        // Leg 3 arrives 100 ms after the opening; at 90 ms the best bid, 8 ETH at 3015, went. Those 8 now come from 3012.
        var terms = new PlantedTriangleTerms { BestBidGoneAfterNanos = 90 * Ms };

        var balances = Trade(terms, latency: 20 * Ms);

        Assert.Equal(PlantedTriangle.Profit - (8 * (3015m - 3012m) * 0.999m), balances["USDT"] - PlantedTriangle.Capital);
    }

    [Fact]
    public void A_feed_delay_takes_from_the_profit_what_a_latency_would()
    {
        // Without latency, but told 95 ms late: the venue's book has lost its best bid before we know of the opening.
        var terms = new PlantedTriangleTerms { BestBidGoneAfterNanos = 90 * Ms, FeedDelayNanos = 95 * Ms };

        var balances = Trade(terms, latency: 0);

        Assert.Equal(PlantedTriangle.Profit - (8 * (3015m - 3012m) * 0.999m), balances["USDT"] - PlantedTriangle.Capital);
    }

    [Fact]
    public void Too_late_for_the_second_leg_leaves_the_first_one_open()
    {
        var balances = Trade(new PlantedTriangleTerms { LifeNanos = 50 * Ms }, latency: 20 * Ms);

        Assert.Equal(1.500498m, balances["BTC"]);
        Assert.Equal(PlantedTriangle.Capital - PlantedTriangle.Spent, balances["USDT"]);
    }

    [Fact]
    public void Outside_its_life_no_cycle_pays_even_without_fees()
    {
        var terms = new PlantedTriangleTerms();
        var tape = new MemoryTape();
        var market = PlantedTriangle.Write(terms);
        market.WriteTo(tape);
        var open = (terms.StartTime + terms.OpensAfterNanos, terms.StartTime + terms.OpensAfterNanos + terms.LifeNanos);
        var books = market.Instruments.Select(i => new OrderBook(i)).ToArray();
        var (paying, losing) = (0, 0);
        for (var i = 0; i < tape.Count; i++)
        {
            var record = tape[i];
            books[record.Header.Subject].Apply(record);
            if (books.Any(b => b.Bids.IsEmpty))
            {
                continue;
            }

            var (btc, cross, eth) = (books[0], books[1], books[2]);
            Assert.All(books, b => Assert.Equal(BookState.Live, b.State));
            var forward = Price(eth, eth.Bids) / (Price(btc, btc.Asks) * Price(cross, cross.Asks));
            var backward = Price(cross, cross.Bids) * Price(btc, btc.Bids) / Price(eth, eth.Asks);
            Assert.True(backward < 1);
            if (record.Header.VenueTime < open.Item1 || record.Header.VenueTime > open.Item2)
            {
                Assert.True(forward < 1);
                losing++;
            }
            else if (forward > 1)
            {
                Assert.Equal(1.005m, forward);
                paying++;
            }
        }

        Assert.True(paying > 20 && losing > 60);

        static decimal Price(OrderBook book, ReadOnlySpan<Level> side) => book.Instrument.Price(side[0].PriceTicks);
    }

    private static Dictionary<string, decimal> Trade(PlantedTriangleTerms terms, long latency)
    {
        var tape = new MemoryTape();
        var market = PlantedTriangle.Write(terms);
        market.WriteTo(tape);
        var clock = Replay.ClockOf(tape);
        var fees = FeeModel.Uniform(3, PlantedTriangle.Fee);
        var venue = new SimulatedVenue(
            market.Instruments, fees, new ConstantLatency(latency, latency), SeededOrderFaults.None, new SimulatedVenueTerms(), seed: 1, clock);
        var balances = new Dictionary<string, decimal> { ["USDT"] = PlantedTriangle.Capital, ["BTC"] = 0, ["ETH"] = 0 };
        var leg = 0;

        new Replay(tape, market.Instruments, venue, clock)
        {
            Engine = (replay, report) =>
            {
                if (report is null)
                {
                    if (leg == 0 && replay.Books[1].TryGetBest(BookSide.Ask, out var best) && best.PriceTicks == 5000)
                    {
                        Send(PlantedTriangle.BtcUsdt, Side.Buy, 60_030m, PlantedTriangle.Quantities[leg++], replay.Now);
                    }

                    return;
                }

                Book(report.Event);
                var isLast = report.Event.Type == OrderEventType.Filled
                    && replay.Reports.Where(r => r.Event.Id == report.Event.Id && r.Event.Type == OrderEventType.Filled)
                        .Sum(r => market.Instruments[r.Event.Instrument].Quantity(r.Event.Fill.QuantityLots)) == PlantedTriangle.Quantities[leg - 1];
                if (isLast && leg == 1)
                {
                    Send(PlantedTriangle.EthBtc, Side.Buy, 0.05002m, PlantedTriangle.Quantities[leg++], replay.Now);
                }
                else if (isLast && leg == 2)
                {
                    Send(PlantedTriangle.EthUsdt, Side.Sell, 3012m, PlantedTriangle.Quantities[leg++], replay.Now);
                }
            },
        }.Run();
        return balances;

        void Send(ushort number, Side side, decimal limit, decimal quantity, long now)
        {
            Assert.True(market.Instruments[number].TryTicks(limit, out var ticks) & market.Instruments[number].TryLots(quantity, out var lots));
            venue.Submit(new OrderRequest(ClientOrderId.Of(1, 1, number), number, side, ticks, lots, TimeInForce.ImmediateOrCancel, SpendMax: decimal.MaxValue, now));
        }

        void Book(OrderEvent report)
        {
            if (report.Type != OrderEventType.Filled)
            {
                return;
            }

            var instrument = market.Instruments[report.Instrument];
            var quantity = instrument.Quantity(report.Fill.QuantityLots) * (report.Side == Side.Buy ? 1 : -1);
            balances[instrument.Base.Code] += quantity;
            balances[instrument.Quote.Code] -= quantity * instrument.Price(report.Fill.PriceTicks);
            balances[report.FeeAsset.Code] -= report.Fee;
        }
    }
}
