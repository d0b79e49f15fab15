using System.Numerics;

namespace Parallax.Strategies.Sizing.Lots;

/// <summary>A decimal amount as a whole number of units, and back.</summary>
internal static class LotAmount
{
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
        var most = T.CreateTruncating((Int128)decimal.MaxValue);
        var value = T.Abs(units);
        while (decimals > 28 || value > most)
        {
            value /= ten;
            decimals--;
        }

        var mantissa = UInt128.CreateTruncating(value);
        var amount = new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), T.IsNegative(units), (byte)decimals);
        return Plain(amount);
    }

    /// <summary>The same value without trailing zeros, so that equal amounts print alike.</summary>
    public static decimal Plain(decimal amount)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        if (bits[2] != 0)
        {
            return amount / 1.0000000000000000000000000000m;
        }

        var mantissa = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        var scale = (bits[3] >> 16) & 0xFF;
        for (; scale > 0 && mantissa % 10 == 0; scale--)
        {
            mantissa /= 10;
        }

        return new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), 0, bits[3] < 0, (byte)scale);
    }
}
