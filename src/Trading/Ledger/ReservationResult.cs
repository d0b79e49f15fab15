namespace Parallax.Trading.Ledger;

public enum ReservationResult : byte
{
    Ok = 0,

    /// <summary>More was asked for than is available; nothing was reserved.</summary>
    Insufficient = 1,

    /// <summary>More was to be consumed than is reserved; nothing was consumed.</summary>
    Exceeds = 2,

    /// <summary>The id was granted before, whether it is still open or not.</summary>
    Duplicate = 3,

    /// <summary>No open reservation has this id.</summary>
    Unknown = 4,
}

/// <summary>What a plan wants set aside of one holding.</summary>
/// <param name="Amount">Zero or more.</param>
public readonly record struct ReservationLine(Holding Holding, decimal Amount);

/// <summary>Why a reservation was not granted.</summary>
/// <param name="Available">Balance minus what is reserved already; may be negative.</param>
public readonly record struct Shortfall(Holding Holding, decimal Wanted, decimal Available);
