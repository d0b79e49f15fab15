namespace Parallax.Venues.Recordings.Values;

/// <summary>A decimal number as it stood in the recording, exact: <see cref="Digits"/> ÷ 10^<see cref="Decimals"/>.</summary>
/// <param name="Digits">Negative for a negative number. No trailing zero while <paramref name="Decimals"/> is above zero.</param>
/// <param name="Decimals">Decimals that matter, 0 to 18.</param>
/// <param name="DecimalsWritten">Decimals as written, trailing zeros included, 0 to 18: 61837.64000000 has 8 written and 2 that matter.</param>
public readonly record struct WireNumber(long Digits, int Decimals, int DecimalsWritten)
{
    public const int DecimalsMax = 18;

    /// <summary>Reads <c>12</c>, <c>-0.50</c>, <c>1e-08</c>; not <c>NaN</c>, <c>1,5</c>, a blank, or what needs more than 18 digits or decimals.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out WireNumber number)
    {
        number = default;
        var at = 0;
        var negative = false;
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            negative = text[at++] == '-';
        }

        long digits = 0;
        var decimals = 0;
        var zerosPending = 0;
        var written = 0;
        var anyDigit = false;
        var inFraction = false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '.' && !inFraction)
            {
                inFraction = true;
                continue;
            }

            var digit = c - '0';
            if ((uint)digit > 9)
            {
                break;
            }

            anyDigit = true;
            if (!inFraction)
            {
                if (!TryAppend(ref digits, 1, digit))
                {
                    return false;
                }
            }
            else
            {
                written++;
                if (digit == 0)
                {
                    zerosPending++;
                }
                else if (!TryAppend(ref digits, zerosPending + 1, digit))
                {
                    return false;
                }
                else
                {
                    decimals += zerosPending + 1;
                    zerosPending = 0;
                }
            }
        }

        if (!anyDigit)
        {
            return false;
        }

        if (at < text.Length && (!TryExponent(text[at..], out var exponent) || !TryShift(exponent, ref digits, ref decimals, ref written)))
        {
            return false;
        }

        if (digits == 0)
        {
            decimals = 0;
        }

        if (decimals > DecimalsMax)
        {
            return false;
        }

        number = new WireNumber(negative ? -digits : digits, decimals, Math.Min(written, DecimalsMax));
        return true;
    }

    public decimal ToDecimal() => (decimal)Digits / PowerOfTen(Decimals);

    /// <param name="exponent">0 to 18.</param>
    internal static long PowerOfTen(int exponent) => Powers[exponent];

    private static readonly long[] Powers = MakePowers();

    private static long[] MakePowers()
    {
        var powers = new long[DecimalsMax + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }

    private static bool TryAppend(ref long digits, int places, int digit)
    {
        if (digits == 0)
        {
            digits = digit;
            return true;
        }

        if (places > DecimalsMax)
        {
            return false;
        }

        var wide = (Int128)digits * Powers[places] + digit;
        digits = (long)wide;
        return wide < Powers[DecimalsMax];
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text is not [(byte)'e' or (byte)'E', .. var rest])
        {
            return false;
        }

        var negative = rest is [(byte)'-', ..];
        if (rest is [(byte)'-' or (byte)'+', ..])
        {
            rest = rest[1..];
        }

        // More than three digits of exponent is out of range whatever they say, leading zeros included.
        if (rest.Length is < 1 or > 3)
        {
            return false;
        }

        foreach (var c in rest)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            exponent = exponent * 10 + (c - '0');
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static bool TryShift(int exponent, ref long digits, ref int decimals, ref int written)
    {
        written = Math.Max(0, written - exponent);
        decimals -= exponent;
        if (digits == 0)
        {
            return true;
        }

        if (decimals < 0)
        {
            if (!TryAppend(ref digits, Math.Min(-decimals, DecimalsMax + 1), 0))
            {
                return false;
            }

            decimals = 0;
        }

        // 100e-2 is 1: what the exponent moved behind the point may end in zeros.
        while (decimals > 0 && digits % 10 == 0)
        {
            digits /= 10;
            decimals--;
        }

        return true;
    }
}
