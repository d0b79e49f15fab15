namespace Parallax.Trading.Risk;

/// <summary>Every limit, with a conservative default: a limit that nobody set is not a limit that is off.</summary>
/// <remarks>Money is in the reporting currency. Immutable: a plan keeps the limits it started with.</remarks>
public sealed record RiskLimits
{
    private const long DayMillis = 86_400_000;

    /// <summary>Oldest book a leg may stand on. Default 500; 0 to a day. An age equal to it passes.</summary>
    public long BookAgeMillisMax { get; init; } = 500;

    /// <summary>Largest difference between the received times of the legs' books. Default 250; 0 to a day.</summary>
    public long LegCoherenceMillisMax { get; init; } = 250;

    /// <summary>Largest difference, either way, between a book's venue time and its received time. Default 250; 0 to a day.</summary>
    public long ClockSkewMillisMax { get; init; } = 250;

    /// <summary>Smallest edge after fees and rounding. Default 5; 0 to 10 000. An edge equal to it passes.</summary>
    public decimal NetEdgeBpsMin { get; init; } = 5m;

    /// <summary>Most that one plan spends; larger ones are cut to it. Default 1 000; above 0, up to 10^12.</summary>
    public decimal NotionalMax { get; init; } = 1_000m;

    /// <summary>Least that is worth a plan. Default 10; 0 to <see cref="NotionalMax"/>.</summary>
    public decimal NotionalMin { get; init; } = 10m;

    /// <summary>Share of the start asset's balance that is never spent. Default 0.05; 0 to 1.</summary>
    public decimal ReserveFraction { get; init; } = 0.05m;

    /// <summary>Plans open at one time. Default 4; 0 to 1 000, 0 starts none.</summary>
    public int OpenPlansMax { get; init; } = 4;

    /// <exception cref="ArgumentException">Names each limit that is out of range, what was found and what is allowed.</exception>
    public RiskLimits Validated()
    {
        var faults = new List<string>();
        Require(nameof(BookAgeMillisMax), BookAgeMillisMax, 0, DayMillis);
        Require(nameof(LegCoherenceMillisMax), LegCoherenceMillisMax, 0, DayMillis);
        Require(nameof(ClockSkewMillisMax), ClockSkewMillisMax, 0, DayMillis);
        Require(nameof(NetEdgeBpsMin), NetEdgeBpsMin, 0m, 10_000m);
        Require(nameof(NotionalMax), NotionalMax, 0.00000001m, 1_000_000_000_000m);
        Require(nameof(NotionalMin), NotionalMin, 0m, decimal.Max(0m, NotionalMax));
        Require(nameof(ReserveFraction), ReserveFraction, 0m, 1m);
        Require(nameof(OpenPlansMax), OpenPlansMax, 0, 1_000);
        return faults.Count == 0 ? this : throw new ArgumentException(string.Join(" ", faults));

        void Require(string limit, decimal found, decimal min, decimal max)
        {
            if (found < min || found > max)
            {
                faults.Add($"Risk limit {limit} must be from {min} to {max}; found {found}.");
            }
        }
    }
}
