namespace Parallax.Trading.Ledger;

/// <summary>Where money is, or why it moved. Kept per asset and venue; the accounts of one asset always sum to zero.</summary>
/// <remarks>The numbers stand in the journal: never reuse one.</remarks>
public enum Account : byte
{
    /// <summary>What we own at the venue: the balance.</summary>
    Holdings = 0,

    /// <summary>What went into trades (positive) and came out of them (negative).</summary>
    Trading = 1,

    /// <summary>What the venue charged; negative after rebates.</summary>
    Fees = 2,

    /// <summary>What a venue's own rounding took or gave.</summary>
    Rounding = 3,

    /// <summary>Everything outside: minus the opening capital and deposits, plus withdrawals.</summary>
    External = 4,
}
