namespace Parallax.Simulation.SeededMarket;

/// <summary>Powers of ten without the platform's logarithm, which may differ in its last bit between machines.</summary>
internal static class PowersOfTen
{
    private static readonly double[] Values =
    [
        1e-18, 1e-17, 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1,
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
    ];

    private const int First = -18;

    /// <param name="exponent">-18 to 12.</param>
    public static double Of(int exponent) => Values[exponent - First];

    /// <param name="exponent">-18 to 12.</param>
    public static decimal Decimal(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            power = exponent < 0 ? power / 10 : power * 10;
        }

        return power;
    }

    /// <summary>The largest exponent whose power of ten is not above a value.</summary>
    /// <param name="value">1e-18 to below 1e13.</param>
    public static int FloorExponent(double value)
    {
        var exponent = First;
        while (exponent - First + 1 < Values.Length && Values[exponent - First + 1] <= value)
        {
            exponent++;
        }

        return exponent;
    }
}
