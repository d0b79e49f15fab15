namespace Parallax.Cli.Config;

/// <summary>What each limit holds for, as the table in docs/concepts/risk.md says; execution settings are a plan's.</summary>
public static class SettingOwners
{
    private static readonly (string Owner, string[] Keys)[] Owners =
    [
        ("leg", ["limits.book-age-ms", "limits.clock-skew-ms"]),
        ("plan", ["limits.leg-coherence-ms", "limits.min-edge-bps", "limits.notional-max", "limits.notional-min"]),
        ("holding", ["limits.reserve-fraction"]),
        ("opportunity", ["limits.confidence-min", "limits.risk-score", "limits.slippage-bps"]),
        ("market", ["limits.volatility", "limits.spread-multiple", "limits.outlier-bps", "limits.market-exposure"]),
        ("asset", ["limits.depeg-bps", "limits.depeg-halt-bps", "limits.asset-exposure", "limits.stable-coins"]),
        ("venue", ["limits.venue-health-min", "limits.venue-exposure", "limits.concentration"]),
        ("strategy", ["limits.plan-loss"]),
        ("residual", ["execution.residual-look-ms"]),
    ];

    public static string Of(string key) =>
        Array.Find(Owners, one => one.Keys.Contains(key)).Owner
        ?? (key.StartsWith("execution.", StringComparison.Ordinal) ? "plan"
            : key.StartsWith("limits.breaker-", StringComparison.Ordinal) ? "breaker"
            : "account");
}
