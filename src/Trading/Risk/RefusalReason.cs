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

    /// <summary>A leg's book has a gap, a failed checksum, or is crossed.</summary>
    BookState = 17,

    /// <summary>A breaker on the way is open.</summary>
    CircuitOpen = 18,

    /// <summary>Trading is restricted or halted; the value is the <see cref="RiskLevel"/>.</summary>
    TradingState = 19,
    Duplicate = 20,

    /// <summary>A leg's mid moves too much.</summary>
    Volatility = 21,
    Confidence = 22,
    RiskScore = 23,
    Slippage = 24,
    DailyLoss = 25,
    HourlyLoss = 26,
    LossStreak = 27,
    Drawdown = 28,
    OpenOrders = 29,
    OrderRate = 30,
    Turnover = 31,
    AssetExposure = 32,
    MarketExposure = 33,
    VenueExposure = 34,
    TotalExposure = 35,

    /// <summary>Too large a share of everything at one venue.</summary>
    Concentration = 36,

    /// <summary>A stable coin on the way is off its peg.</summary>
    Depeg = 37,

    /// <summary>A leg's price has left its own market behind.</summary>
    Outlier = 38,
    VenueHealth = 39,
    QuietHours = 40,

    /// <summary>The disk under journal and tape is full: what is done could not be kept.</summary>
    StorageFull = 41,

    /// <summary>The store is too far behind the journal, hangs or is gone: nobody could look up what is done.</summary>
    StoreBehind = 42,

    /// <summary>A leg's spread has opened against its running median.</summary>
    Spread = 45,

    /// <summary>A task of the venue, its feed or its orders, threw: it is started again, or stays stopped.</summary>
    TaskDown = 43,

    /// <summary>The venues' accounts have not been compared with the ledger since the session began.</summary>
    NotReconciled = 61,

    /// <summary>What attempts at the route have taught leaves less than the least expected value.</summary>
    ExpectedValue = 62,

    /// <summary>A venue's balance differs from the ledger's, and nobody has accepted it.</summary>
    BalanceDrift = 63,

    /// <summary>The venue takes no orders of this kind just now, or we send it none.</summary>
    VenueClosed = 64,

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
        RefusalReason.BookState => "book-state",
        RefusalReason.CircuitOpen => "circuit-open",
        RefusalReason.TradingState => "trading-state",
        RefusalReason.Duplicate => "duplicate",
        RefusalReason.Volatility => "volatility",
        RefusalReason.Spread => "spread",
        RefusalReason.Confidence => "confidence",
        RefusalReason.RiskScore => "risk-score",
        RefusalReason.Slippage => "slippage",
        RefusalReason.DailyLoss => "daily-loss",
        RefusalReason.HourlyLoss => "hourly-loss",
        RefusalReason.LossStreak => "loss-streak",
        RefusalReason.Drawdown => "drawdown",
        RefusalReason.OpenOrders => "open-orders",
        RefusalReason.OrderRate => "order-rate",
        RefusalReason.Turnover => "turnover",
        RefusalReason.AssetExposure => "asset-exposure",
        RefusalReason.MarketExposure => "market-exposure",
        RefusalReason.VenueExposure => "venue-exposure",
        RefusalReason.TotalExposure => "total-exposure",
        RefusalReason.Concentration => "concentration",
        RefusalReason.Depeg => "depeg",
        RefusalReason.Outlier => "outlier",
        RefusalReason.VenueHealth => "venue-health",
        RefusalReason.QuietHours => "quiet-hours",
        RefusalReason.StorageFull => "storage-full",
        RefusalReason.StoreBehind => "store-behind",
        RefusalReason.TaskDown => "task-down",
        RefusalReason.NotReconciled => "not-reconciled",
        RefusalReason.ExpectedValue => "expected-value",
        RefusalReason.BalanceDrift => "balance-drift",
        RefusalReason.VenueClosed => "venue-closed",
        RefusalReason.Disarmed => "disarmed",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>What value and threshold of such a refusal are counted in; empty for the kill switch.</summary>
    public static string Unit(this RefusalReason reason) => reason switch
    {
        RefusalReason.Kill or RefusalReason.NoReportingPrice or RefusalReason.CircuitOpen or RefusalReason.Duplicate or RefusalReason.QuietHours
            or RefusalReason.VenueClosed or RefusalReason.Disarmed => "",
        RefusalReason.InstrumentBusy or RefusalReason.OwnTradeUnseen or RefusalReason.BookState => "instrument",
        RefusalReason.EmptyBook or RefusalReason.Lots or RefusalReason.NoEdgeOnDepth => "bps",
        RefusalReason.BookAge or RefusalReason.LegCoherence or RefusalReason.ClockSkew => "ms",
        RefusalReason.NetEdge or RefusalReason.ExpectedValue or RefusalReason.Slippage or RefusalReason.Depeg or RefusalReason.Outlier => "bps",
        RefusalReason.OpenPlans or RefusalReason.LossStreak => "plans",
        RefusalReason.OpenOrders or RefusalReason.OrderRate => "orders",
        RefusalReason.Confidence or RefusalReason.RiskScore or RefusalReason.VenueHealth => "score",
        RefusalReason.TradingState => "level",
        RefusalReason.Volatility => "annualised",
        RefusalReason.Spread => "times the median",
        RefusalReason.Drawdown => "share of the peak",
        RefusalReason.MaximumNotional or RefusalReason.MinimumNotional or RefusalReason.Balance or RefusalReason.Reserve
            or RefusalReason.DailyLoss or RefusalReason.HourlyLoss or RefusalReason.Turnover
            or RefusalReason.AssetExposure or RefusalReason.MarketExposure or RefusalReason.VenueExposure or RefusalReason.TotalExposure
            or RefusalReason.Concentration => "reporting currency",
        RefusalReason.StorageFull => "bytes",
        RefusalReason.StoreBehind => "records",
        RefusalReason.TaskDown => "failures",
        RefusalReason.NotReconciled => "venues",
        RefusalReason.BalanceDrift => "the asset's units",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
