namespace Parallax.Trading.Risk;

/// <summary>Every reason for which risk refuses. The numbers stand in the journal, the codes in API, metrics and reports: never reuse one.</summary>
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
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>What value and threshold of such a refusal are counted in; empty for the kill switch.</summary>
    public static string Unit(this RefusalReason reason) => reason switch
    {
        RefusalReason.Kill => "",
        RefusalReason.BookAge or RefusalReason.LegCoherence or RefusalReason.ClockSkew => "ms",
        RefusalReason.NetEdge => "bps",
        RefusalReason.OpenPlans => "plans",
        RefusalReason.MaximumNotional or RefusalReason.MinimumNotional or RefusalReason.Balance or RefusalReason.Reserve =>
            "reporting currency",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };
}
