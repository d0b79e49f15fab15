namespace Parallax.Trading.Risk;

/// <summary>Whether requests pass a breaker. The numbers stand in the journal; a higher one lets less through.</summary>
public enum BreakerState : byte
{
    Closed = 0,

    /// <summary>A few, to see whether it works again.</summary>
    HalfOpen = 1,
    Open = 2,
}

public static class BreakerStates
{
    /// <summary>The stable word: <c>half-open</c>.</summary>
    public static string Word(this BreakerState state) => state switch
    {
        BreakerState.Closed => "closed",
        BreakerState.HalfOpen => "half-open",
        BreakerState.Open => "open",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };
}
