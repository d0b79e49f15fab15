namespace Parallax.Venues.Wire;

/// <summary>Decimal numbers of a message, exactly as written: <c>0.00010000</c>, <c>1e-08</c>, <c>-0.005</c>.</summary>
internal static class ExactDecimal
{
    private const int ExponentMax = 100_000;

    private static readonly UInt128 MantissaMax = (UInt128.One << 96) - 1;

    /// <summary>Reads a number in JSON's grammar, leading zeros allowed.</summary>
    /// <param name="value">Carries no trailing zeros, so that equal numbers are equal bytes too.</param>
    /// <returns><see langword="false"/> when it is none, or when a decimal cannot hold it to the last digit: nothing is ever rounded.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0m;
        var negative = text is [(byte)'-', ..];
        var rest = negative ? text[1..] : text;
        var mantissa = UInt128.Zero;
        var zeros = 0; // Zeros held back until a digit follows them, so that trailing ones cost no precision.
        var decimals = 0;
        if (!TryDigits(ref rest, ref mantissa, ref zeros, out var whole) || whole == 0)
        {
            return false;
        }

        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            if (!TryDigits(ref rest, ref mantissa, ref zeros, out decimals) || decimals == 0)
            {
                return false;
            }
        }

        return TryExponent(rest, out var exponent) && TryScale(mantissa, (long)exponent - decimals + zeros, negative, out value);
    }

    private static bool TryDigits(ref ReadOnlySpan<byte> rest, ref UInt128 mantissa, ref int zeros, out int count)
    {
        for (count = 0; count < rest.Length && rest[count] is >= (byte)'0' and <= (byte)'9'; count++)
        {
            if (rest[count] == '0')
            {
                zeros++;
                continue;
            }

            for (; mantissa != 0 && zeros > 0; zeros--)
            {
                mantissa *= 10;
                if (mantissa > MantissaMax)
                {
                    return false;
                }
            }

            zeros = 0;
            mantissa = (mantissa * 10) + (uint)(rest[count] - '0');
            if (mantissa > MantissaMax)
            {
                return false;
            }
        }

        rest = rest[count..];
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<byte> rest, out int exponent)
    {
        exponent = 0;
        if (rest.IsEmpty)
        {
            return true;
        }

        if ((rest[0] | 0x20) != 'e')
        {
            return false;
        }

        rest = rest[1..];
        var negative = rest is [(byte)'-', ..];
        if (rest is [(byte)'-' or (byte)'+', ..])
        {
            rest = rest[1..];
        }

        foreach (var digit in rest)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            exponent = Math.Min((exponent * 10) + digit - '0', ExponentMax);
        }

        exponent = negative ? -exponent : exponent;
        return !rest.IsEmpty;
    }

    private static bool TryScale(UInt128 mantissa, long exponent, bool negative, out decimal value)
    {
        value = 0m;
        if (mantissa == 0)
        {
            return true;
        }

        for (; exponent > 0; exponent--)
        {
            mantissa *= 10;
            if (mantissa > MantissaMax)
            {
                return false;
            }
        }

        if (exponent < -28)
        {
            return false;
        }

        value = new decimal((int)(uint)mantissa, (int)(uint)(mantissa >> 32), (int)(uint)(mantissa >> 64), negative, (byte)-exponent);
        return true;
    }
}
