using System.Globalization;

namespace Parallax.Domain;

/// <summary>Decimals as text, the same on every machine.</summary>
public static class Decimals
{
    /// <summary>All digits that matter and no trailing zeros: 1.50 and 1.5 are both <c>1.5</c>.</summary>
    public static string Plain(decimal value) => Trim(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The same number without trailing zeros in its scale.</summary>
    public static decimal Trim(decimal value) => value / 1.000000000000000000000000000000m;

    /// <summary>Rounded toward minus infinity: a gain is never shown larger, a loss never smaller than it is.</summary>
    public static decimal Down(decimal value, int decimals)
    {
        var rounded = decimal.Round(value, decimals, MidpointRounding.ToNegativeInfinity);
        return Trim(rounded);
    }
}
