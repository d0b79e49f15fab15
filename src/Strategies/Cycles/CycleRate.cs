using System.Runtime.CompilerServices;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Cycles;

/// <summary>The product of a cycle's edge rates as one exact fraction on the stack.</summary>
internal struct CycleRate
{
    private const long Unit = 1_000_000_000_000;
    private const long RatioMax = 1_000;

    private WideInteger _numerator;
    private WideInteger _denominator;

    /// <param name="rates">By edge.</param>
    /// <param name="ticks">By leg: its best price.</param>
    /// <param name="isNet">Whether fees are in.</param>
    public static CycleRate Of(ReadOnlySpan<int> edges, ReadOnlySpan<EdgeRate> rates, ReadOnlySpan<long> ticks, bool isNet)
    {
        Unsafe.SkipInit(out CycleRate rate);
        rate._numerator.Become(1);
        rate._denominator.Become(1);
        var exponent = 0;
        for (var leg = 0; leg < edges.Length; leg++)
        {
            rates[edges[leg]].MultiplyInto(ref rate._numerator, ref rate._denominator, ref exponent, ticks[leg], isNet);
        }

        if (exponent >= 0)
        {
            rate._numerator.MultiplyByPowerOfTen(exponent);
        }
        else
        {
            rate._denominator.MultiplyByPowerOfTen(-exponent);
        }

        return rate;
    }

    public readonly bool IsAboveOne => _numerator.CompareTo(in _denominator) > 0;

    /// <summary>The edge in basis points with eight decimals, rounded down: exact, so never above what the prices give.</summary>
    /// <remarks>A rate above a thousand is a broken market; it is given as a thousand.</remarks>
    public readonly decimal EdgeBpsDown()
    {
        var ratio = WideInteger.Ratio(in _numerator, in _denominator);
        if (ratio > RatioMax)
        {
            return 10_000m * (RatioMax - 1);
        }

        Unsafe.SkipInit(out WideInteger scaled);
        scaled.Become(in _numerator);
        scaled.MultiplyBy((ulong)Unit);
        var units = (ulong)(ratio * Unit);
        while (Reaches(in scaled, units + 1))
        {
            units++;
        }

        while (!Reaches(in scaled, units))
        {
            units--;
        }

        return ((decimal)units - Unit) / (Unit / 10_000);
    }

    public readonly Rational ToRational() => new(_numerator.ToBigInteger(), _denominator.ToBigInteger());

    private readonly bool Reaches(in WideInteger scaled, ulong units)
    {
        Unsafe.SkipInit(out WideInteger product);
        product.Become(in _denominator);
        product.MultiplyBy(units);
        return product.CompareTo(in scaled) <= 0;
    }
}
