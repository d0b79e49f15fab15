namespace Parallax.Trading.Execution;

/// <summary>What an event did to an order.</summary>
public enum OrderStep : byte
{
    Ok = 0,

    /// <summary>The venue does not know the order: it may be sent again, with the same id.</summary>
    MayResend = 1,

    /// <summary>Says nothing new, or contradicts what is proved already: nothing changed.</summary>
    Ignored = 2,

    /// <summary>A fill that is booked already: nothing changed. Count it.</summary>
    Duplicate = 3,

    /// <summary>A fill after the venue said there would be none: to be booked, and somebody must be told.</summary>
    LateFill = 4,

    /// <summary>More was filled than ordered: to be booked, and the venue is not to be trusted further.</summary>
    OverFill = 5,
}

public static class OrderSteps
{
    /// <summary>Whether the fill that made this step is new and has to be booked.</summary>
    public static bool IsToBeBooked(this OrderStep step) => step is OrderStep.Ok or OrderStep.LateFill or OrderStep.OverFill;
}
