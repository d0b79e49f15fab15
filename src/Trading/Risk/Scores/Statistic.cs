namespace Parallax.Trading.Risk.Scores;

/// <summary>How a statistic meets the limits, which are decimal: with six decimals, and never beyond what they hold.</summary>
internal static class Statistic
{
    private const double Scale = 1_000_000, Max = 9e18;
    private const byte Decimals = 6;
    private const decimal Largest = 9_000_000_000_000m;

    /// <returns>Rounded half to even and without trailing zeros; what is not a number counts as the largest.</returns>
    public static decimal Decimal(double value)
    {
        if (value == 0)
        {
            return 0m;
        }

        if (double.IsNaN(value))
        {
            return Largest;
        }

        var units = (long)double.Clamp(Math.Round(value * Scale), -Max, Max);
        var decimals = Decimals;
        for (; decimals > 0 && units % 10 == 0; decimals--)
        {
            units /= 10;
        }

        var digits = (ulong)Math.Abs(units);
        return new decimal((int)(uint)digits, (int)(uint)(digits >> 32), 0, units < 0, decimals);
    }
}
