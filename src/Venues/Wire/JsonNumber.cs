namespace Parallax.Venues.Wire;

/// <summary>Why a number is not a price or quantity on its grid.</summary>
public enum GridError : byte
{
    None = 0,
    Negative = 1,

    /// <summary>Not a whole number of steps.</summary>
    OffGrid = 2,

    /// <summary>More than 2^63 - 1 steps.</summary>
    OutOfRange = 3,
}

/// <summary>A JSON number exactly as written: mantissa times ten to the exponent.</summary>
/// <param name="Mantissa">All significant digits, when they are 19 at the most.</param>
/// <param name="Exponent">Held within ±100,000.</param>
/// <param name="IsNegative">Whether a minus sign stood before it.</param>
/// <param name="IsLong">Whether there were more significant digits than the mantissa holds; then it holds the first 19.</param>
public readonly record struct JsonNumber(ulong Mantissa, int Exponent, bool IsNegative, bool IsLong)
{
    /// <summary>How many steps of a grid the number is. Exact: nothing is rounded.</summary>
    /// <param name="count">Zero or more; zero when there is an error.</param>
    public GridError TryCount(DecimalGrid grid, out long count)
    {
        count = 0;
        if (Mantissa == 0)
        {
            return GridError.None;
        }

        if (IsNegative)
        {
            return GridError.Negative;
        }

        // Twenty significant digits are either beyond 64 bits or finer than any grid.
        var shift = Exponent + grid.Decimals;
        if (IsLong)
        {
            return shift >= 0 ? GridError.OutOfRange : GridError.OffGrid;
        }

        var units = Mantissa;
        if (shift < 0)
        {
            if (shift < -19)
            {
                return GridError.OffGrid;
            }

            var (quotient, rest) = Math.DivRem(units, DecimalGrid.Power(-shift));
            if (rest != 0)
            {
                return GridError.OffGrid;
            }

            units = quotient;
        }
        else if (shift > 0)
        {
            if (shift > 19 || Math.BigMul(units, DecimalGrid.Power(shift), out units) != 0)
            {
                return GridError.OutOfRange;
            }
        }

        if (grid.Step != 1)
        {
            var (quotient, rest) = Math.DivRem(units, grid.Step);
            if (rest != 0)
            {
                return GridError.OffGrid;
            }

            units = quotient;
        }

        if (units > long.MaxValue)
        {
            return GridError.OutOfRange;
        }

        count = (long)units;
        return GridError.None;
    }
}
