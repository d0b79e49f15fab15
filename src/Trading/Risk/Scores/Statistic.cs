namespace Parallax.Trading.Risk.Scores;

/// <summary>How a statistic meets the limits, which are decimal: with six decimals, and never beyond what they hold.</summary>
internal static class Statistic
{
    private const double Scale = 1_000_000, Max = 9e18;
    private const decimal Largest = 9_000_000_000_000m;

    /// <returns>Rounded half to even; what is not a number counts as the largest.</returns>
    public static decimal Decimal(double value) =>
        double.IsNaN(value) ? Largest : (decimal)(long)double.Clamp(Math.Round(value * Scale), -Max, Max) / 1_000_000m;
}
