namespace Parallax.Trading.Risk;

/// <summary>Every reason for which an opportunity is not taken. The numbers stand in the journal, the codes in API, metrics and reports: never reuse one.</summary>
/// <remarks>A new limit adds a member, its code and unit below, one file, and one line in <see cref="RiskChain"/>.</remarks>
public enum RefusalReason : byte
{
    Kill = 1,
    BookAge = 2,
    LegCoherence = 3,
    ClockSkew = 4,
    NetEdge = 5,
    OpenPlans = 6,
    MaximumNotional = 7,
    MinimumNotional = 8,
    Balance = 9,
    Reserve = 10,

    /// <summary>An open plan trades one of the legs' instruments (docs/decisions/0005).</summary>
    InstrumentBusy = 11,

    /// <summary>We traded one of the legs' instruments and its book has not been updated since (docs/decisions/0005).</summary>
    OwnTradeUnseen = 12,

    /// <summary>No market says what the start asset is worth in the reporting currency.</summary>
    NoReportingPrice = 13,

    /// <summary>A leg has nothing to take.</summary>
    EmptyBook = 14,

    /// <summary>The prices pay, but no quantity on the venues' lots, minimums and fee steps does.</summary>
    Lots = 15,

    /// <summary>The best prices pay, and not enough of them to earn anything.</summary>
    NoEdgeOnDepth = 16,

    /// <summary>A live session that no operator has armed: everything else approved the plan, and nothing was sent.</summary>
    Disarmed = 81,
}

public static class RefusalReasons
{
    /// <summary>The stable text: <c>book-age</c>.</summary>
    public static string Code(this RefusalReason reason) => reason switch
    {
        RefusalReason.Kill => "kill",
        RefusalReason.BookAge => "book-age",
        RefusalReason.LegCoherence => "leg-coherence",
        RefusalReason.ClockSkew => "clock-skew",
        RefusalReason.NetEdge => "net-edge",
        RefusalReason.OpenPlans => "open-plans",
        RefusalReason.MaximumNotional => "notional",
        RefusalReason.MinimumNotional => "notional-min",
        RefusalReason.Balance => "balance",
        RefusalReason.Reserve => "reserve",
        RefusalReason.InstrumentBusy => "instrument-busy",
        RefusalReason.OwnTradeUnseen => "own-trade-unseen",
        RefusalReason.NoReportingPrice => "no-reporting-price",
        RefusalReason.EmptyBook => "empty-book",
        RefusalReason.Lots => "lots",
        RefusalReason.NoEdgeOnDepth => "no-edge-on-depth",
        RefusalReason.Disarmed => "disarmed",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>What value and threshold of such a refusal are counted in; empty for the kill switch.</summary>
    public static string Unit(this RefusalReason reason) => reason switch
    {
        RefusalReason.Kill or RefusalReason.NoReportingPrice or RefusalReason.Disarmed => "",
        RefusalReason.InstrumentBusy or RefusalReason.OwnTradeUnseen => "instrument",
        RefusalReason.EmptyBook or RefusalReason.Lots or RefusalReason.NoEdgeOnDepth => "bps",
        RefusalReason.BookAge or RefusalReason.LegCoherence or RefusalReason.ClockSkew => "ms",
        RefusalReason.NetEdge => "bps",
        RefusalReason.OpenPlans => "plans",
        RefusalReason.MaximumNotional or RefusalReason.MinimumNotional or RefusalReason.Balance or RefusalReason.Reserve =>
            "reporting currency",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
