namespace Parallax.Trading.Ledger;

/// <summary>What booking a fill did.</summary>
public readonly ref struct Settlement(ReadOnlySpan<PostingLine> lines, decimal beyondReservation)
{
    /// <summary>For the journal; valid until the next posting.</summary>
    public ReadOnlySpan<PostingLine> Lines { get; } = lines;

    /// <summary>
    /// Whether the venue took more than the plan had set aside, spent amount and fee together: a worse price than the limit, an
    /// over-fill, or a fee in an unexpected asset. Booked as the fact it is; somebody must be told.
    /// </summary>
    public bool ExceedsReservation { get; } = beyondReservation > 0m;
}
