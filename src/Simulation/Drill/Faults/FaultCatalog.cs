using Parallax.Domain;
using Parallax.Simulation.Drill.World;
using Parallax.Simulation.Randomness;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Every fault there is, and how a seed draws from them.</summary>
public static class FaultCatalog
{
    private const ulong FaultStream = 16;
    private const int FaultsMax = 5;

    private static readonly Kind[] Kinds =
    [
        new("A1", (draw, from, until) => new A1DisconnectAfterSend { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), DownNanos = draw.Millis(20, 900) }),
        new("A2", (draw, from, until) => new A2LateAnswer { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Orders = draw.Orders(), DelayNanos = draw.Millis(900, 5_000) }),
        new("A3", (draw, from, until) => new A3LostRequest { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Orders = draw.Orders() }),
        new("A4", (draw, from, until) => new A4NotFoundAtFirst { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), HiddenNanos = draw.Millis(1_500, 2_900) }),
        new("A5", (draw, from, until) => new A5ToldTwice { FromNanos = from, UntilNanos = until, Orders = 10 }),
        new("A6", (draw, from, until) => new A6FillBeforeAck { FromNanos = from, UntilNanos = until, Orders = 10 }),
        new("A7", (draw, from, until) => new A7PartialFill { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Orders = draw.Orders(), Percent = draw.Whole(0, 99) }),
        new("A8", (draw, from, until) => new A8LegRejected { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Orders = draw.Orders() }),
        new("A9", (_, from, until) => new A9VenueDown { FromNanos = from, UntilNanos = until }),
        new("A10", (draw, from, until) => new A10UnwindFails { FromNanos = from, UntilNanos = until, Orders = 30 }),
        new("A11", (draw, from, until) => new A11WorsePrice { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Ticks = draw.Whole(1, 20) }),
        new("A12", (draw, from, until) => new A12OverFill { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Lots = draw.Whole(1, 5) }),
        new("A13", (draw, from, until) => new A13FillAfterCancel { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt() }),
        new("A14", (draw, from, until) => new A14ManyPlansOneBalance { FromNanos = from, UntilNanos = until, Usd = draw.Whole(300, 1_500) }),
        new("A15", (draw, from, until) => new A15OtherFee { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Orders = draw.Orders(), Asset = draw.Asset() }),
        new("A16", (draw, from, until) => new A16FeeCorrected { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Orders = draw.Orders(), AfterNanos = draw.Millis(5, 4_000) }),
        new("A17", (draw, from, until) => new A17StatusBackwards { FromNanos = from, UntilNanos = until, Orders = 10 }),
        new("A19", (draw, from, until) => new A19RejectionStorm { FromNanos = from, UntilNanos = until, Orders = draw.Whole(5, 30) }),
        new("A21", (draw, from, until) => new A21TradeByHand { FromNanos = from, UntilNanos = until, Quantity = draw.Whole(1, 100) }),
        new("A22", (draw, from, until) => new A22TradeReversed { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), AfterNanos = draw.Millis(5, 4_000) }),
        new("B2", (draw, from, until) => new B2Gap { FromNanos = from, UntilNanos = until, Messages = draw.Whole(1, 30) }),
        new("C1", (draw, from, until) => new C1Killed { FromNanos = from, UntilNanos = until, LosesPower = draw.Coin() }),
        new("C1", (draw, from, until) => new C1DiesAt { FromNanos = from, UntilNanos = until, Point = draw.CrashPoint() }),
        new("C1", (draw, from, until) => new C1DiesAt { FromNanos = from, UntilNanos = until, Point = draw.CrashPoint() }),
        new("C5", (_, from, until) => new C5StoreAway { FromNanos = from, UntilNanos = until }),
        new("C6", (draw, from, until) => new C6StoreSlow { FromNanos = from, UntilNanos = until, CommitNanos = draw.Millis(10, 3_000), LosesAnswers = draw.Coin() }),
        new("C6", (draw, from, until) => new C6DiskSlow { FromNanos = from, UntilNanos = until, FlushNanos = draw.Millis(1, 1_500) }),
        new("C7", (draw, from, until) => new C7DiskFull { FromNanos = from, UntilNanos = until, SpareBytes = draw.Coin() ? draw.Whole(0, 30_000) : 0 }),
        new("D1", (draw, from, until) => new D1ClockJump { FromNanos = from, UntilNanos = until, JumpNanos = draw.Coin() ? draw.Millis(-5_000, 5_000) : draw.Millis(-3_600_000, 15_000) }),
        new("D2", (draw, from, until) => new D2VenueClock { FromNanos = from, UntilNanos = until, OffsetNanos = draw.Millis(-3_000, 3_000) }),
        new("D3", (draw, from, until) => new D3InvalidNonce { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Refusals = draw.Whole(1, 2) }),
        new("D4", (_, from, until) => new D4RateLimit { FromNanos = from, UntilNanos = until }),
        new("D5", (_, from, until) => new D5Banned { FromNanos = from, UntilNanos = until }),
        new("D6", (_, from, until) => new D6Maintenance { FromNanos = from, UntilNanos = until }),
        new("D7", (draw, from, until) => new D7ServerError { FromNanos = from, UntilNanos = until, Attempt = draw.Attempt(), Orders = draw.Orders(), Arrives = draw.Coin() }),
        new("D9", (draw, from, until) => new D9Drift { FromNanos = from, UntilNanos = until, Usd = draw.Whole(-500, 500), ComesBack = draw.Coin() }),
        new("D10", (draw, from, until) => new D10Transfer { FromNanos = from, UntilNanos = until, Usd = draw.Whole(-2_000, 2_000) }),
        new("D11", (draw, from, until) => new D11FeesChange { FromNanos = from, UntilNanos = until, Rate = draw.Whole(0, 40) / 10_000m, ToldAfterNanos = draw.Millis(0, 500) }),
        new("D12", (draw, from, until) => new D12Depeg { FromNanos = from, UntilNanos = until, Bps = draw.Whole(60, 1_000) * (draw.Coin() ? 1 : -1) }),
        new("D14", (_, from, until) => new D14KeyRevoked { FromNanos = from, UntilNanos = until }),
        new("E1", (_, from, until) => new E1Kill { FromNanos = from, UntilNanos = until }),
        new("E2", (_, from, until) => new E2KillLoop { FromNanos = from, UntilNanos = until }),
        new("E3", (draw, from, until) => new E3DailyLoss { FromNanos = from, UntilNanos = until, Orders = 30, Usd = draw.Whole(1, 10) }),
        new("E4", (draw, from, until) => new E4OpenLoss { FromNanos = from, UntilNanos = until, Orders = 30, Usd = draw.Whole(2, 20), FallBps = -draw.Whole(50, 800) }),
        new("E5", (_, from, until) => new E5ProbesFail { FromNanos = from, UntilNanos = until }),
        new("E9", (draw, from, until) => new E9StartAndKill { FromNanos = from, UntilNanos = until, IsKillFirst = draw.Coin() }),
        new("E14", (_, from, until) => new E14LimitsAboveAccount { FromNanos = from, UntilNanos = until }),
    ];

    /// <summary>The scenarios that can be drawn, in order.</summary>
    public static IReadOnlyList<string> Scenarios { get; } = [.. Kinds.Select(kind => kind.Scenario).Distinct()];

    /// <summary>The faults of a seed: one to five, each at its own time.</summary>
    /// <param name="scenario">Draw of this one alone, or of these, <c>A21,C1</c>; <see langword="null"/> for all.</param>
    public static IReadOnlyList<Fault> Draw(ulong seed, DrillTerms terms, string? scenario)
    {
        var kinds = scenario is null ? Kinds : [.. Kinds.Where(kind => scenario.Split(',').Contains(kind.Scenario))];
        var random = new SeededRandom(seed, FaultStream);
        var faults = new Fault[(int)random.Between(1, FaultsMax)];
        for (var i = 0; i < faults.Length; i++)
        {
            var from = random.Below(terms.ChaosNanos * 3 / 4);
            var until = Math.Min(terms.ChaosNanos, from + random.Between(terms.ChaosNanos / 50, terms.ChaosNanos / 2));
            faults[i] = kinds[random.Below(kinds.Length)].Make(new FaultDraw(random), from, until);
        }

        return faults;
    }

    private sealed record Kind(string Scenario, Func<FaultDraw, long, long, Fault> Make);
}

/// <summary>The numbers of one fault.</summary>
internal readonly struct FaultDraw(SeededRandom random)
{
    private static readonly byte[] RecordKindsMet =
    [
        (byte)DecisionKind.PlanOpened, (byte)DecisionKind.OrderIntent, (byte)DecisionKind.Posted, (byte)DecisionKind.LegDecided,
        (byte)DecisionKind.PlanClosed, (byte)DecisionKind.OrderUnknown, (byte)DecisionKind.SessionStarted, (byte)DecisionKind.OpeningTaken,
        OrderEvent.RecordKind, Opening.RecordKind, Statement.RecordKind,
    ];

    public int Whole(int first, int last) => (int)random.Between(first, last);

    public long Millis(int first, int last) => random.Between(first, last) * 1_000_000;

    public bool Coin() => random.Chance(0.5);

    /// <summary>Any of the named points, at one of the first times it is passed.</summary>
    public CrashPoint CrashPoint()
    {
        var place = (CrashPlace)Whole(0, (int)CrashPlace.AfterSend);
        var isRecord = place is CrashPlace.BeforeRecord or CrashPlace.AfterRecord;
        return new CrashPoint(place, isRecord ? RecordKindsMet[Whole(0, RecordKindsMet.Length - 1)] : (byte)0, Whole(1, 6), Coin());
    }

    public Asset Asset() => ((ReadOnlySpan<Asset>)[DrillListings.Usd, DrillListings.Btc, DrillListings.Eth, DrillListings.Sol, DrillListings.Usdt])[Whole(0, 4)];

    /// <summary>Any attempt, or one of the first four of a plan.</summary>
    public int Attempt() => Whole(0, 4);

    public int Orders() => Whole(1, 4);
}
