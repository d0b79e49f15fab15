using Parallax.Domain;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Config;

/// <summary>A named set of defaults for the limits.</summary>
public enum RiskProfile
{
    Conservative = 0,

    /// <summary>The catalog's own defaults.</summary>
    Moderate = 1,
    Aggressive = 2,
}

/// <summary>What a profile sets, by key: as if somebody had written it, below everything that somebody did write.</summary>
internal static class RiskProfiles
{
    /// <summary>The limits of a plan, which have no term in the catalog of limits.</summary>
    private static readonly (string Key, string Conservative, string Aggressive)[] OfPlan =
    [
        ("limits.book-age-ms", "300", "1000"),
        ("limits.leg-coherence-ms", "150", "500"),
        ("limits.clock-skew-ms", "150", "250"),
        ("limits.min-edge-bps", "8", "3"),
        ("limits.notional-max", "500", "5000"),
        ("limits.reserve-fraction", "0.1", "0.02"),
        ("limits.open-plans", "2", "8"),
    ];

    /// <returns>Nothing for the moderate one: it is what the catalog says.</returns>
    public static IEnumerable<(string Key, string Text)> Values(RiskProfile profile) => profile switch
    {
        RiskProfile.Moderate => [],
        RiskProfile.Conservative => OfPlan.Select(one => (one.Key, one.Conservative))
            .Concat(LimitCatalog.All.Select(term => ($"limits.{term.Key}", Decimals.Plain(term.Conservative)))),
        RiskProfile.Aggressive => OfPlan.Select(one => (one.Key, one.Aggressive))
            .Concat(LimitCatalog.All.Select(term => ($"limits.{term.Key}", Decimals.Plain(term.Aggressive)))),
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "No such profile."),
    };
}
