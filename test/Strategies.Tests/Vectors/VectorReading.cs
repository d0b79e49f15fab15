using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Parallax.Domain;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Tests.Vectors;

/// <summary>Reads the values that vector files write: decimal strings of any length, fractions, sides, fee modes.</summary>
internal static class VectorReading
{
    private static readonly Rational Tolerance = new(1, BigInteger.Pow(10, 20));

    public static bool IsNull(this JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;

    public static string Text(this JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    public static decimal Decimal(this JsonElement parent, string name) => decimal.Parse(parent.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture);

    public static decimal? DecimalOrNone(this JsonElement parent, string name) => parent.IsNull(name) ? null : parent.Decimal(name);

    public static Rational Exact(this JsonElement parent, string name) => ParseExact(parent.Text(name));

    /// <summary>A decimal of any length, or <c>numerator/denominator</c>.</summary>
    public static Rational ParseExact(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return new Rational(BigInteger.Parse(text.AsSpan(0, slash), CultureInfo.InvariantCulture), BigInteger.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture));
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = dot < 0 ? 0 : text.Length - dot - 1;
        return new Rational(BigInteger.Parse(text.Replace(".", ""), CultureInfo.InvariantCulture), BigInteger.Pow(10, decimals));
    }

    public static Side Side(this JsonElement parent) => parent.Text("side") == "buy" ? Domain.Side.Buy : Domain.Side.Sell;

    public static FeeTerms Fee(this JsonElement parent) =>
        new(parent.Decimal("fee"), Enum.Parse<FeeMode>(parent.Text("feeMode"), ignoreCase: true), parent.DecimalOrNone("feeStep"));

    public static ExactLeg ExactLeg(this JsonElement leg) => new(
        leg.Side(),
        leg.Fee(),
        [.. leg.GetProperty("levels").EnumerateArray().Select(level => new ExactLevel(ParseExact(level[0].GetString()!), ParseExact(level[1].GetString()!)))]);

    /// <summary>Equal within 1e-20 relative, which is what a decimal rounded to 28 digits allows to be said.</summary>
    public static void Close(Rational expected, Rational actual, string what)
    {
        var difference = expected - actual;
        var distance = difference.Sign < 0 ? Rational.Zero - difference : difference;
        var size = expected.Sign < 0 ? Rational.Zero - expected : expected;
        Assert.True(distance <= size * Tolerance, $"{what}: expected {expected.ToDecimal()}, found {actual.ToDecimal()}.");
    }
}
