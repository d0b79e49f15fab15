using System.Globalization;
using System.Numerics;
using Parallax.Domain;

namespace Parallax.Storage.Tables;

/// <summary>A sum of decimals that is never rounded and survives being written as text, whatever was added in what order.</summary>
/// <remarks>An integer of 10⁻²⁸, the finest step a decimal can have.</remarks>
internal readonly record struct ExactAmount(BigInteger Units)
{
    private const int Scale = 28;

    private static readonly BigInteger One = BigInteger.Pow(10, Scale);

    public static ExactAmount Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = dot < 0 ? 0 : text.Length - dot - 1;
        var digits = dot < 0 ? text : text.Remove(dot, 1);
        return new(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * BigInteger.Pow(10, Scale - fraction));
    }

    public static ExactAmount operator +(ExactAmount left, ExactAmount right) => new(left.Units + right.Units);

    public static ExactAmount operator +(ExactAmount left, decimal right) => left + Parse(Decimals.Plain(right));

    /// <summary>The text of a sum with one more amount in it.</summary>
    public static string Add(string sum, decimal more) => (Parse(sum) + more).ToString();

    /// <summary>Rounded where it has more digits than a decimal.</summary>
    public decimal ToDecimal() => decimal.Parse(ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>All digits, no trailing zeros.</summary>
    public override string ToString()
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(Units), One, out var fraction);
        var digits = fraction.ToString("D28", CultureInfo.InvariantCulture).TrimEnd('0');
        var sign = Units.Sign < 0 ? "-" : "";
        return sign + whole.ToString(CultureInfo.InvariantCulture) + (digits.Length == 0 ? "" : "." + digits);
    }
}
