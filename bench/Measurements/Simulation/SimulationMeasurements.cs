using System.Diagnostics;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;

namespace Parallax.Measurements.Simulation;

/// <summary>G1: what a generated record costs, of few and of many instruments. G2: what a simulated order costs, reports included.</summary>
public sealed class SimulationMeasurements
{
    private const int Rounds = 5;
    private const int Records = 500_000;
    private const int Orders = 100_000;

    /// <summary>Runs all, in about three seconds.</summary>
    public IReadOnlyList<Measurement> Run() => [Generate(30), Generate(2000), Trade()];

    /// <summary>Against copying the same bytes, which is what any source of records has to do at the least.</summary>
    private static Measurement Generate(int instruments)
    {
        var ours = new double[Rounds];
        var copy = new double[Rounds];
        var bytes = new byte[1 << 16];
        var allocated = 0L;
        var digests = new ulong[2];
        for (var run = 0; run < digests.Length; run++)
        {
            var generator = new MarketGenerator(new MarketTerms { Seed = 1, Instruments = instruments, MispricingsPerMinute = 0 });
            for (var i = 0; i < (2 * instruments) + 10_000; i++)
            {
                generator.MoveNext();
            }

            for (var round = 0; round < Rounds; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                var size = 0L;
                for (var i = 0; i < Records; i++)
                {
                    generator.MoveNext();
                    size += generator.Payload.Length;
                    digests[run] = (digests[run] * 31) + (ulong)generator.Header.VenueTime + (ulong)generator.Payload.Length;
                }

                ours[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Records;
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                copy[round] = Copy(bytes, (int)(size / Records) + RecordHeader.Size);
            }
        }

        var million = 1_000 / Median(ours);
        return new("G1", $"generated market, {instruments} instruments (ratio: million records a second)", Median(ours), "copying as many bytes", Median(copy), million, 1, IsUpperBound: false, digests[0] == digests[1], allocated, Spread(copy));
    }

    /// <summary>Submit, arrival, match over two levels, three reports; against matching alone.</summary>
    private static Measurement Trade()
    {
        var instrument = new MarketGenerator(new MarketTerms { Seed = 1, Instruments = 1 }).Instruments[0];
        var book = new OrderBook(instrument);
        BookLevel[] levels = [.. Enumerable.Range(1, 10).Select(i => new BookLevel(BookSide.Ask, 600_000 + i, 1_000_000))];
        book.Apply(BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 0, 0), levels);
        var fees = FeeModel.Uniform(1, new FeeTerms(0.0026m, FeeMode.Receive));
        var venue = new SimulatedVenue(
            [instrument], fees, new ConstantLatency(5, 5), SeededOrderFaults.None, new SimulatedVenueTerms { RememberedOrders = 64 }, seed: 1);
        var market = new LiveMarket([book]);
        var sink = new Counting();
        var ours = new double[Rounds];
        var bare = new double[Rounds];
        var allocated = 0L;
        var number = 0;
        var walked = 0L;
        for (var round = -1; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Orders; i++)
            {
                // Two seconds apart, so that every order finds its levels refilled.
                var request = new OrderRequest(
                    new ClientOrderId((ulong)++number), 0, Side.Buy, 600_010, 1_500_000, TimeInForce.ImmediateOrCancel, decimal.MaxValue, number * 2 * UtcNanos.PerSecond);
                venue.Submit(request);
                venue.ProcessBefore(long.MaxValue, market, sink);
            }

            var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Orders;
            var now = GC.GetAllocatedBytesForCurrentThread();
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Orders; i++)
            {
                walked += Walk(book.Asks, 600_010, 1_500_000);
            }

            if (round >= 0)
            {
                (ours[round], bare[round]) = (elapsed, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Orders);
                allocated += now - before;
            }
        }

        return new("G2", "order through the simulated venue, reports included (ratio: thousand orders a millisecond)", Median(ours), "matching alone", Median(bare), 1_000 / Median(ours), 0.5, IsUpperBound: false, sink.FilledLots == walked, allocated, Spread(bare));
    }

    private static long Walk(ReadOnlySpan<Level> levels, long limitTicks, long lots)
    {
        var rest = lots;
        foreach (ref readonly var level in levels)
        {
            if (rest == 0 || level.PriceTicks > limitTicks)
            {
                break;
            }

            rest -= Math.Min(rest, level.QuantityLots);
        }

        return lots - rest;
    }

    private static double Copy(byte[] bytes, int size)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Records; i++)
        {
            var from = i * 64 % (bytes.Length / 4);
            bytes.AsSpan(from, size).CopyTo(bytes.AsSpan((bytes.Length / 2) + from));
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Records;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Spread(double[] values) => (values.Max() - values.Min()) / Median(values);

    private sealed class Counting : IOrderEventSink
    {
        public long FilledLots { get; private set; }

        public void Take(in OrderEvent report, long venueTime, long receivedTime) => FilledLots += report.Fill.QuantityLots;

        public void Take(Trading.Reconciliation.Statement item, long venueTime, long receivedTime)
        {
        }
    }
}
