namespace Parallax.Simulation.Faults;

/// <summary>What goes wrong with one order or one query on its way. The default value is: nothing.</summary>
public readonly record struct OrderFault
{
    public static OrderFault None => default;

    /// <summary>The request never reaches the venue: nothing happens, nothing is answered.</summary>
    public bool LosesRequest { get; init; }

    /// <summary>The venue acts on the request, but its answer never comes back.</summary>
    public bool LosesResponse { get; init; }

    /// <summary>The venue refuses the order with this text; <see langword="null"/> when it does not.</summary>
    public string? RejectReason { get; init; }

    /// <summary>The venue trades no more than this many lots, then cancels the rest; <see langword="null"/> for no such cap.</summary>
    public long? FillLotsMax { get; init; }

    /// <summary>On top of the latency model's entry time; zero or more.</summary>
    public long ExtraEntryNanos { get; init; }

    /// <summary>On top of the latency model's response time; zero or more.</summary>
    public long ExtraResponseNanos { get; init; }
}
