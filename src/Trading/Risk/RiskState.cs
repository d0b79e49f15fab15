namespace Parallax.Trading.Risk;

/// <summary>What the limits look at besides the proposal: a copy taken at the moment of decision.</summary>
public readonly record struct RiskState
{
    /// <summary>Engine time, UTC nanoseconds.</summary>
    public required long NowNanos { get; init; }

    public required bool IsKilled { get; init; }

    /// <summary>Plans that have begun and not ended, unwinding ones included.</summary>
    public required int OpenPlans { get; init; }

    /// <summary>Of the start asset at the venue where the plan begins.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Balance minus what open plans have reserved; may be negative.</summary>
    public required decimal Available { get; init; }
}
