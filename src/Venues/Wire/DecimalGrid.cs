namespace Parallax.Venues.Wire;

/// <summary>A tick or lot as text parsers need it: a whole number of units of the last decimal.</summary>
/// <remarks>0.1 is one decimal and a step of 1; 0.5 one decimal and a step of 5; 10 no decimals and a step of 10.</remarks>
public readonly record struct DecimalGrid
{
    /// <summary>Most decimals of a grid: ten to that power still fits 64 bits.</summary>
    public const int DecimalsMax = 18;

    private static readonly ulong[] Powers = [.. Enumerable.Range(0, 20).Select(PowerOfTen)];

    /// <param name="step">The tick or lot; positive, at most 18 decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, too fine or too coarse.</exception>
    public DecimalGrid(decimal step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var decimals = 0;
        while (decimal.Truncate(step) != step)
        {
            ArgumentOutOfRangeException.ThrowIfEqual(decimals, DecimalsMax, nameof(step));
            step *= 10m;
            decimals++;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, long.MaxValue);
        Decimals = decimals;
        Step = (ulong)step;
    }

    /// <summary>0 to 18.</summary>
    public int Decimals { get; }

    /// <summary>One step, in units of the last decimal; positive.</summary>
    public ulong Step { get; }

    /// <summary>Ten to a power of 0 to 19.</summary>
    internal static ulong Power(int exponent) => Powers[exponent];

    private static ulong PowerOfTen(int exponent)
    {
        var power = 1ul;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
