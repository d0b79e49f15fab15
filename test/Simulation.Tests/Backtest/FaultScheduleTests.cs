using System.Globalization;
using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Randomness;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Venue;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Xunit.Abstractions;

namespace Parallax.Simulation.Tests.Backtest;

/// <summary>Hundreds of small markets on which everything goes wrong by a seed, audited at every step.</summary>
/// <remarks>PARALLAX_FAULT_SCHEDULES sets how many schedules run; a failure names the seed, PARALLAX_FAULT_SEED runs that one alone.</remarks>
public sealed class FaultScheduleTests(ITestOutputHelper output)
{
    private const int SchedulesPerMarket = 25;

    [Fact]
    public void Whatever_goes_wrong_the_books_balance_and_every_plan_ends_once()
    {
        var only = Number("PARALLAX_FAULT_SEED", 0);
        var (first, count) = only > 0 ? (only, 1UL) : (1UL, Number("PARALLAX_FAULT_SCHEDULES", 300));
        var outcomes = new Dictionary<PlanOutcome, int>();
        for (var seed = first; seed < first + count;)
        {
            var market = seed / SchedulesPerMarket;
            using var play = Market(market);
            for (; seed < first + count && seed / SchedulesPerMarket == market; seed++)
            {
                var audit = Play(play, seed);
                foreach (var outcome in Enum.GetValues<PlanOutcome>())
                {
                    outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + audit.Outcomes(outcome);
                }
            }
        }

        output.WriteLine(string.Join(", ", outcomes));
        Assert.All(Enum.GetValues<PlanOutcome>(), outcome => Assert.True(only > 0 || outcomes[outcome] > 0, $"No plan ended as {outcome}: the faults are too tame."));
    }

    private static JournalAudit Play(TapePlay play, ulong seed)
    {
        var random = new SeededRandom(seed, stream: 0x71);
        var fee = new FeeTerms(
            (random.Below(4) * 5) / 10_000m,
            new[] { FeeMode.Receive, FeeMode.Quote, FeeMode.Base, FeeMode.Spend }[random.Below(4)],
            random.Chance(0.3) ? 0.00000001m : null);
        var isLate = random.Chance(0.2);
        var capital = new[] { ("USD", 20_000m + random.Below(100_000)), ("USDT", random.Chance(0.5) ? 30_000m : 0m) };
        var settings = TapePlay.Settings(fee, capital) with
        {
            LegsMax = 3 + (int)random.Below(2),
            Execution = new ExecutionSettings { OrdersMax = 4 + (int)random.Below(10), ContinueLossBpsMax = random.Below(60) },
        };
        var audit = new JournalAudit { Fees = settings.Fees, MayOverdraw = isLate };
        var terms = new SimulatedVenueTerms
        {
            DeadlineNanos = (1 + random.Below(3)) * UtcNanos.PerSecond,
            QueryLagNanos = random.Below(3) * UtcNanos.PerSecond,
            Fills = new TakerFillTerms { LevelProbability = random.Chance(0.3) ? 0.7 : 1 },
        };
        try
        {
            play.Run(
                settings, audit, random.Below(60) * UtcNanos.PerMillisecond, new Trouble(seed, isLate), terms, seed, attach: engine => audit.Engine = engine);
            audit.CheckEnd();
            return audit;
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"Fault schedule {seed}: {broken.Message}", broken);
        }
    }

    private static TapePlay Market(ulong seed)
    {
        var terms = new MarketTerms
        {
            Seed = seed,
            Instruments = 3 + (int)(seed % 6),
            EventsPerSecond = 60,
            Depth = 5,
            MispricingsPerMinute = 500,
            MispricingFeeBps = 16,
            MispricingMarginBps = (1, 60),
        };
        return new TapePlay(tape => new MarketGenerator(terms).WriteUntil(terms.StartTime + (4 * UtcNanos.PerSecond), tape));
    }

    private static ulong Number(string name, ulong fallback) =>
        Environment.GetEnvironmentVariable(name) is { } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : fallback;

    /// <summary>Rejections, lost requests and answers, delays and partial fills, at rates that the seed sets as well.</summary>
    private sealed class Trouble : IOrderFaults
    {
        private readonly SeededRandom _random;
        private readonly double _reject, _lose, _delay, _partial;
        private readonly int _delayMsMax;

        public Trouble(ulong seed, bool isLate)
        {
            _random = new SeededRandom(seed, stream: 0x72);
            (_reject, _lose, _delay, _partial) = (Rate(), Rate(), Rate(), Rate());
            // Later than deadline and queries together: an order turns up after it was given up.
            _delayMsMax = isLate ? 20_000 : 1_500;
        }

        public OrderFault OfOrder(in OrderRequest request) => Of() with
        {
            RejectReason = _random.Chance(_reject) ? "no" : null,
            FillLotsMax = _random.Chance(_partial) ? _random.Below(request.QuantityLots) : null,
        };

        public OrderFault OfQuery(ClientOrderId id) => Of();

        private OrderFault Of() => new()
        {
            LosesRequest = _random.Chance(_lose),
            LosesResponse = _random.Chance(_lose),
            ExtraEntryNanos = _random.Chance(_delay) ? _random.Below(_delayMsMax) * UtcNanos.PerMillisecond : 0,
            ExtraResponseNanos = _random.Chance(_delay) ? _random.Below(_delayMsMax) * UtcNanos.PerMillisecond : 0,
        };

        private double Rate() => _random.Chance(0.5) ? 0 : _random.Below(50) / 100.0;
    }
}
