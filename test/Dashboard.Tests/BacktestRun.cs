using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Books;
using Parallax.Reporting.Sessions;
using Parallax.Simulation.Backtest;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Venue;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Dashboard.Tests;

/// <summary>A real engine on a generated market, stopped in the middle of a plan: its journal, and the picture it had of itself.</summary>
/// <remarks>Orders are lost, rejected and partly filled by a seed, so that every outcome is there.</remarks>
internal sealed class BacktestRun
{
    private const long Length = 240 * UtcNanos.PerSecond;

    /// <summary>After so many plans the second leg of the next one is where the run stops.</summary>
    private const int PlansBefore = 60;

    private static readonly Asset Dollar = new("USD");

    private BacktestRun(SessionSnapshot picture) => Picture = picture;

    public SessionSnapshot Picture { get; }

    public static BacktestRun Play(string folder)
    {
        var terms = new MarketTerms
        {
            Seed = 11,
            Instruments = 30,
            EventsPerSecond = 400,
            MispricingsPerMinute = 60,
            MispricingFeeBps = 16,
            MispricingMarginBps = (2, 30),
            HasChecksums = true,
            // Friday, 6 March 2026, half past one in the afternoon.
            StartTime = 1_772_803_800 * UtcNanos.PerSecond,
        };
        var path = Path.Combine(folder, "market.tape");
        var clock = new VenueClock();
        using (var tape = new TapeWriter(path))
        {
            new MarketGenerator(terms).WriteUntil(terms.StartTime + Length, tape);
        }

        using var market = TapeFile.Open(path);
        var instruments = new List<Instrument>();
        var cursor = market.Cursor();
        while (cursor.TryRead(out var record))
        {
            if (record.Header.Kind == MarketData.Records.MarketRecordKind.Instrument)
            {
                instruments.Add(MarketData.Records.InstrumentRecord.Read(record.Payload));
            }
            else
            {
                clock.Observe(record.Header);
            }
        }

        var settings = Settings();
        var journalFolder = Path.Combine(folder, "demo.journal");
        using var journal = JournalWriter.Create(journalFolder);
        var watch = new Watch(journal, journalFolder);
        var venue = new SimulatedVenue(
            instruments, new FeeModel(instruments.Select(settings.Fees.For)), new QuantileLatency(Latency(), Latency(), 3), new Trouble(), new SimulatedVenueTerms(), 3, clock);
        var engine = new Engine(settings, venue, watch);
        watch.Engine = engine;
        try
        {
            new Replay(engine, venue, clock).Run(market.Cursor(), null, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The watch saw what it waited for.
        }

        journal.Close();
        return new BacktestRun(watch.Picture ?? throw new InvalidOperationException($"The run ended after {watch.Plans} plans; {PlansBefore} are waited for."));
    }

    private static EngineSettings Settings() => new()
    {
        Mode = "demo",
        Capital = new Dictionary<Asset, decimal> { [Dollar] = 50_000m, [new Asset("BTC")] = 0.25m, [new Asset("ETH")] = 4m },
        StartAssets = [Dollar],
        Fees = new FeeTable(new FeeTerms(0.0016m, FeeMode.Receive)),
        Limits = new RiskLimits { NetEdgeBpsMin = 3m, NotionalMax = 5_000m }.Loosened(),
    };

    private static LatencyQuantiles Latency() => new((0, 2 * UtcNanos.PerMillisecond), (500_000, 9 * UtcNanos.PerMillisecond), (1_000_000, 60 * UtcNanos.PerMillisecond));

    /// <summary>One order in eight meets something: a rejection, a cap on what trades, an answer that is lost.</summary>
    private sealed class Trouble : IOrderFaults
    {
        private int _orders;

        public OrderFault OfOrder(in OrderRequest request) => (++_orders % 24) switch
        {
            5 => new OrderFault { RejectReason = "venue busy" },
            11 => new OrderFault { FillLotsMax = request.QuantityLots / 3 },
            17 => new OrderFault { LosesResponse = true },
            _ => OrderFault.None,
        };

        public OrderFault OfQuery(ClientOrderId id) => OrderFault.None;
    }

    /// <summary>Lets the journal be written and stops the run when the order it waits for leaves.</summary>
    private sealed class Watch(JournalWriter journal, string folder) : IRecordSink
    {
        private readonly Dictionary<int, (PlanOpened Plan, long Time)> _open = [];

        public Engine? Engine { get; set; }

        public int Plans { get; private set; }

        public SessionSnapshot? Picture { get; private set; }

        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            journal.Append(header, payload);
            var reader = new PayloadReader(payload);
            switch ((DecisionKind)header.Kind)
            {
                case DecisionKind.PlanOpened:
                    var opened = PlanOpened.Read(ref reader);
                    _open[opened.Plan] = (opened, header.ReceivedTime);
                    Plans = opened.Plan;
                    break;
                case DecisionKind.PlanClosed:
                    _open.Remove(PlanClosed.Read(ref reader).Plan);
                    break;
                case DecisionKind.OrderIntent when Plans > PlansBefore:
                    var intent = OrderIntent.Read(ref reader);
                    if (intent is { Leg: 1, Purpose: OrderPurpose.Leg })
                    {
                        Picture = Take(header.ReceivedTime, intent.Plan, legsDone: 1);
                        throw new OperationCanceledException();
                    }

                    break;
            }
        }

        private SessionSnapshot Take(long now, int running, int legsDone)
        {
            var engine = Engine!;
            var ledger = engine.Treasury.Ledger;
            return new SessionSnapshot
            {
                Mode = "demo",
                Session = 1,
                Time = now,
                StartedTime = 1_772_803_800 * UtcNanos.PerSecond,
                State = TradingState.Running,
                StateReason = null,
                ReportingAsset = Dollar,
                Venues = [new VenueHealth(new VenueId("seeded"), "online", now - (3 * UtcNanos.PerMillisecond), 180_000, 420_000, engine.Totals.BookRecords, 1, 2, 2)],
                Books = [.. engine.Markets.Books.Select(Top)],
                Balances =
                [
                    .. ledger.Holdings.Select(holding => new BalanceView(
                        holding.Asset,
                        holding.Venue,
                        ledger.Balance(holding),
                        engine.Treasury.Reservations.Reserved(holding),
                        engine.Markets.TryPrice(holding.Asset, Dollar, out var price) ? ledger.Balance(holding) * price : null)),
                ],
                OpenPlans =
                [
                    .. _open.Values.Select(one => new OpenPlanView(
                        one.Plan.Plan, one.Plan.Cycle, one.Plan.StartAsset, one.Plan.Input, one.Plan.ExpectedProfit, one.Time, one.Plan.Plan == running ? legsDone : 0, 3)),
                ],
                Cycles = engine.CycleCount,
                Records = engine.Totals.Records,
                Opportunities = engine.Totals.Opportunities,
                Refused = new Dictionary<string, long>(engine.Totals.Refused),
                Fills = engine.Executor.Totals.Fills,
                JournalSequence = journal.Sequence,
                Journal = folder,
                Latencies =
                [
                    new StageLatency("queue", [1_000, 2_000, 5_000, 10_000, 50_000], [810, 4_200, 900, 61, 8, 1], 9_731_000),
                    new StageLatency("decision", [2_000, 5_000, 10_000, 50_000, 250_000], [120, 4_800, 990, 66, 4, 0], 24_410_000),
                ],
                Overflows = 0,
            };
        }

        private static BookView Top(OrderBook book)
        {
            var instrument = book.Instrument;
            return new BookView(instrument, book.State, book.ReceivedTime == 0 ? null : book.ReceivedTime, Levels(book.Bids), Levels(book.Asks), book.VerifiedChecksums, book.ChecksumMismatches);

            List<PriceLevel> Levels(ReadOnlySpan<Level> levels)
            {
                var shown = new List<PriceLevel>();
                foreach (var level in levels[..Math.Min(10, levels.Length)])
                {
                    shown.Add(new PriceLevel(instrument.Price(level.PriceTicks), instrument.Quantity(level.QuantityLots)));
                }

                return shown;
            }
        }
    }
}
