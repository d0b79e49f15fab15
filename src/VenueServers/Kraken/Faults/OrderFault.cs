namespace Parallax.VenueServers.Kraken.Faults;

/// <summary>What befalls the next order, or what is told of it, once.</summary>
public enum OrderFault
{
    None,

    /// <summary>It is refused for no fault of its own (<c>EService:Busy</c>).</summary>
    Reject,

    /// <summary>Its acknowledgement comes late.</summary>
    DelayAck,

    /// <summary>Its acknowledgement never comes; it lives.</summary>
    LoseAck,

    /// <summary>It trades a tick beyond its limit.</summary>
    BeyondLimit,

    /// <summary>It trades more than it asked for: its last trade happens twice, under two ids.</summary>
    OverFill,

    /// <summary>What of it was canceled trades a little later all the same.</summary>
    LateFill,

    /// <summary>Its first trade is told without a fee; the history of trades and the balances have it.</summary>
    FeeLater,
}

/// <summary>What befalls the next message of the executions channel.</summary>
public enum ExecutionFault
{
    None,

    /// <summary>It comes twice, with the same sequence number.</summary>
    Duplicate,

    /// <summary>It comes after the one that follows it.</summary>
    Swap,

    /// <summary>It is lost, and its sequence number with it.</summary>
    Drop,
}
