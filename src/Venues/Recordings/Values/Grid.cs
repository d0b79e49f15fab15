namespace Parallax.Venues.Recordings.Values;

/// <summary>Counts whole steps of a tick or lot size in a number, exactly.</summary>
internal readonly struct Grid
{
    private readonly long _stepDigits;
    private readonly int _stepDecimals;

    /// <param name="step">One for which <see cref="IsStep"/> holds.</param>
    public Grid(decimal step)
    {
        Step = step;
        var decimals = Decimals(step);
        _stepDigits = (long)(step * WireNumber.PowerOfTen(decimals));
        _stepDecimals = decimals;
    }

    public decimal Step { get; }

    /// <summary>Whether a number can be the step of a grid: positive, at most 18 decimals, and at most 18 digits in all.</summary>
    public static bool IsStep(decimal step) =>
        step > 0m
        && step < WireNumber.PowerOfTen(WireNumber.DecimalsMax)
        && decimal.Round(step, WireNumber.DecimalsMax) == step
        && step * WireNumber.PowerOfTen(Decimals(step)) < WireNumber.PowerOfTen(WireNumber.DecimalsMax);

    /// <summary>Decimals of a number without its trailing zeros.</summary>
    public static int Decimals(decimal value)
    {
        var decimals = 0;
        while (decimals < WireNumber.DecimalsMax && decimal.Truncate(value) != value)
        {
            value *= 10m;
            decimals++;
        }

        return decimals;
    }

    public static decimal StepOf(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);

    /// <returns>False when the number lies between two steps or is too many of them.</returns>
    public bool TryCount(in WireNumber number, out long count)
    {
        count = 0;
        if (number.Decimals > _stepDecimals)
        {
            return false;
        }

        var scaled = (Int128)number.Digits * WireNumber.PowerOfTen(_stepDecimals - number.Decimals);
        var (steps, rest) = Int128.DivRem(scaled, _stepDigits);
        if (rest != 0 || steps > long.MaxValue || steps < long.MinValue + 1)
        {
            return false;
        }

        count = (long)steps;
        return true;
    }
}
