namespace Parallax.Trading.Execution;

/// <summary>Where an order is in its life. The numbers stand in the journal: never reuse one.</summary>
public enum OrderState : byte
{
    /// <summary>Not sent, or known not to have arrived: may be sent, with the same id.</summary>
    New = 0,

    /// <summary>Sent, nothing heard yet.</summary>
    Sent = 1,

    /// <summary>The venue has it.</summary>
    Acked = 2,

    /// <summary>Traded in part; the rest may still trade.</summary>
    Partial = 3,

    /// <summary>Traded in full.</summary>
    Filled = 4,

    /// <summary>The rest will not trade.</summary>
    Canceled = 5,

    /// <summary>Refused by the venue.</summary>
    Rejected = 6,

    /// <summary>Sent and not answered in time: it may be live, so it counts as exposure until the venue proves otherwise.</summary>
    Unknown = 7,
}

public static class OrderStates
{
    /// <summary>Whether nothing more is expected. A fill may still prove otherwise.</summary>
    public static bool IsFinal(this OrderState state) => state switch
    {
        OrderState.Filled or OrderState.Canceled or OrderState.Rejected => true,
        OrderState.New or OrderState.Sent or OrderState.Acked or OrderState.Partial or OrderState.Unknown => false,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such order state."),
    };

    /// <summary>Whether what is not filled may yet fill.</summary>
    public static bool IsExposed(this OrderState state) => state switch
    {
        OrderState.Sent or OrderState.Acked or OrderState.Partial or OrderState.Unknown => true,
        OrderState.New or OrderState.Filled or OrderState.Canceled or OrderState.Rejected => false,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such order state."),
    };
}
