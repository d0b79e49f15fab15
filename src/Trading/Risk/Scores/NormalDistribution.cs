namespace Parallax.Trading.Risk.Scores;

/// <summary>The standard normal distribution in binary64.</summary>
internal static class NormalDistribution
{
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>The share below x. Near zero by its series, far from it by a continued fraction; relative error about 1e-14.</summary>
    /// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.10 and 26.2.14.</remarks>
    public static double Below(double x)
    {
        const double FractionFrom = 2.5, Certain = 38;
        return double.Abs(x) >= Certain ? (x > 0 ? 1 : 0)
            : double.Abs(x) < FractionFrom ? 0.5 + (Density(x) * Series(x))
            : x > 0 ? 1 - Tail(x)
            : Tail(-x);
    }

    private static double Series(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 3; double.Abs(term) > 1e-17 * double.Abs(sum); n += 2)
        {
            term *= x * x / n;
            sum += term;
        }

        return sum;
    }

    private static double Tail(double x)
    {
        const int Depth = 120;
        var fraction = x;
        for (var n = Depth; n >= 1; n--)
        {
            fraction = x + (n / fraction);
        }

        return Density(x) / fraction;
    }
}
