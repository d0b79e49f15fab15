using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Tests;

/// <summary>One BTC/USD book (tick 1, lot 0.01) and a simulated venue with defaults that a test changes where it matters.</summary>
internal sealed class Scenario
{
    public const long Ms = UtcNanos.PerMillisecond;

    public static readonly Instrument Instrument = new Instrument
    {
        Id = new InstrumentId(new VenueId("test"), new Asset("BTC"), new Asset("USD"), InstrumentKind.Spot),
        Symbol = "BTC/USD",
        TickSize = 1m,
        LotSize = 0.01m,
        QuantityMin = 0.02m,
        NotionalMin = 5m,
    }.Validated();

    /// <summary>Bids 99 x 2, 98 x 5; asks 100 x 1, 101 x 2, 102 x 5, in whole coins.</summary>
    public static readonly Level[] Bids = [new(99, 200), new(98, 500)];

    public static readonly Level[] Asks = [new(100, 100), new(101, 200), new(102, 500)];

    public MemoryTape Tape { get; init; } = new MemoryTape().Snapshot(0, 0, 0, Bids, Asks);

    public ILatencyModel Latency { get; init; } = new ConstantLatency(5 * Ms, 5 * Ms);

    public IOrderFaults Faults { get; init; } = SeededOrderFaults.None;

    public SimulatedVenueTerms Terms { get; init; } = new();

    public FeeTerms Fee { get; init; } = new(0.001m, FeeMode.Quote);

    /// <summary>What the venue holds for us; null where it keeps no account.</summary>
    public VenueAccount? Account { get; init; }

    /// <summary>What the venue said of the account, after <see cref="Run"/>.</summary>
    public IReadOnlyList<Statement> Statements { get; private set; } = [];

    public bool Observes { get; init; } = true;

    /// <summary>What the engine does on a report (or, with <see langword="null"/>, after each record).</summary>
    public Action<SimulatedVenue, Replay, Report?>? Engine { get; init; }

    /// <summary>Orders and queries on their way before the first record.</summary>
    public IReadOnlyList<Report> Run(Action<SimulatedVenue> before)
    {
        var clock = Replay.ClockOf(Tape);
        var venue = new SimulatedVenue([Instrument], FeeModel.Uniform(1, Fee), Latency, Faults, Terms, seed: 1, clock) { Account = Account };
        before(venue);
        var engine = Engine;
        var replay = new Replay(Tape, [Instrument], venue, clock, Observes)
        {
            Engine = engine is null ? null : (replay, report) => engine(venue, replay, report),
        }.Run();
        Statements = replay.Statements;
        return replay.Reports;
    }

    public static OrderRequest Buy(int number, long lots, long limit, long sentTime, TimeInForce timeInForce = TimeInForce.ImmediateOrCancel) =>
        new(Id(number), 0, Side.Buy, limit, lots, timeInForce, SpendMax: decimal.MaxValue, sentTime);

    public static ClientOrderId Id(int number) => ClientOrderId.Of(1, 1, number);
}

internal static class Reports
{
    public static Level[] Fills(this IEnumerable<Report> reports, int number) =>
        [.. reports.Where(r => r.Event.Id == Scenario.Id(number) && r.Event.Type == OrderEventType.Filled).Select(r => r.Event.Fill)];

    public static OrderEventType[] Types(this IEnumerable<Report> reports, int number) =>
        [.. reports.Where(r => r.Event.Id == Scenario.Id(number)).Select(r => r.Event.Type)];

    public static Report Last(this IEnumerable<Report> reports, int number) => reports.Last(r => r.Event.Id == Scenario.Id(number));
}
