using System.Numerics;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>A decimal amount as a whole number of units, and back.</summary>
internal static class LotAmount
{
    /// <summary>Bits of a decimal's digits.</summary>
    private const int DecimalBits = 96;

    /// <summary>The whole units in an amount, the rest cut off, but no more than a limit.</summary>
    public static T DownTo<T>(decimal amount, int decimals, T most)
        where T : struct, IBinaryInteger<T>
    {
        if (amount <= 0m)
        {
            return T.Zero;
        }

        if (amount >= ToDecimal(most, decimals))
        {
            return most;
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        var mantissa = T.CreateChecked(((UInt128)(uint)bits[2] << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var scale = (bits[3] >> 16) & 0xFF;
        for (; scale < decimals; scale++)
        {
            mantissa *= T.CreateTruncating(10);
        }

        for (; scale > decimals; scale--)
        {
            mantissa /= T.CreateTruncating(10);
        }

        return mantissa;
    }

    /// <summary>The amount without trailing zeros; digits beyond what a decimal holds are cut off.</summary>
    public static decimal ToDecimal<T>(T units, int decimals)
        where T : struct, IBinaryInteger<T>
    {
        var ten = T.CreateTruncating(10);
        var value = T.Abs(units);
        while (decimals > 28 || !T.IsZero(value >> DecimalBits))
        {
            value /= ten;
            decimals--;
        }

        var mantissa = UInt128.CreateTruncating(value);
        if ((mantissa >> 64) == 0)
        {
            var low = (ulong)mantissa;
            Trim(ref low, ref decimals);
            return new decimal((int)(uint)low, (int)(uint)(low >> 32), 0, T.IsNegative(units), (byte)decimals);
        }

        var amount = new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), T.IsNegative(units), (byte)decimals);
        return Plain(amount);
    }

    /// <summary>The same value without trailing zeros, so that equal amounts print alike.</summary>
    public static decimal Plain(decimal amount)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        var (high, low) = ((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var scale = (bits[3] >> 16) & 0xFF;
        if (high == 0)
        {
            Trim(ref low, ref scale);
            return new decimal((int)(uint)low, (int)(uint)(low >> 32), 0, bits[3] < 0, (byte)scale);
        }

        while (scale >= 8 && TryDivide(ref high, ref low, 100_000_000, zeroBits: 8))
        {
            scale -= 8;
        }

        // Less than eight zeros are left.
        scale -= scale >= 4 && TryDivide(ref high, ref low, 10_000, zeroBits: 4) ? 4 : 0;
        scale -= scale >= 2 && TryDivide(ref high, ref low, 100, zeroBits: 2) ? 2 : 0;
        scale -= scale >= 1 && TryDivide(ref high, ref low, 10, zeroBits: 1) ? 1 : 0;
        return new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)high, bits[3] < 0, (byte)scale);
    }

    /// <summary>Takes the zeros from the end of 64 bits, which nearly every amount fits in.</summary>
    private static void Trim(ref ulong low, ref int scale)
    {
        while (scale >= 8 && (byte)low == 0 && low % 100_000_000 == 0)
        {
            (low, scale) = (low / 100_000_000, scale - 8);
        }

        if (scale >= 4 && (low & 0xF) == 0 && low % 10_000 == 0)
        {
            (low, scale) = (low / 10_000, scale - 4);
        }

        if (scale >= 2 && (low & 3) == 0 && low % 100 == 0)
        {
            (low, scale) = (low / 100, scale - 2);
        }

        if (scale >= 1 && (low & 1) == 0 && low % 10 == 0)
        {
            (low, scale) = (low / 10, scale - 1);
        }
    }

    /// <summary>Divides 96 bits where nothing is left over.</summary>
    /// <param name="zeroBits">Zero bits at the end of every multiple of the divisor: most numbers need no division to be told apart.</param>
    private static bool TryDivide(ref uint high, ref ulong low, uint divisor, int zeroBits)
    {
        if ((low & ((1UL << zeroBits) - 1)) != 0)
        {
            return false;
        }

        var (upper, upperRest) = Math.DivRem(high, divisor);
        var (middle, middleRest) = Math.DivRem(((ulong)upperRest << 32) | (low >> 32), divisor);
        var (lower, rest) = Math.DivRem((middleRest << 32) | (uint)low, divisor);
        if (rest != 0)
        {
            return false;
        }

        (high, low) = (upper, (middle << 32) | lower);
        return true;
    }
}
