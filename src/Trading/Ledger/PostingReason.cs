namespace Parallax.Trading.Ledger;

/// <summary>Why a transaction was posted. The numbers stand in the journal: never reuse one.</summary>
public enum PostingReason : byte
{
    Fill = 1,
    Deposit = 2,
    Withdrawal = 3,

    /// <summary>From one venue to another.</summary>
    Transfer = 4,

    /// <summary>The venue rounded differently from us, by less than a lot.</summary>
    Rounding = 5,

    /// <summary>The venue's balance differs from ours and was taken over.</summary>
    Reconciliation = 6,

    /// <summary>The venue charged another fee than the fill said.</summary>
    FeeCorrection = 7,

    /// <summary>What an earlier session owned at its end: every session's postings add up to its balances.</summary>
    Carried = 8,

    /// <summary>Somebody else's trade on the same account: external, neither profit nor loss of ours.</summary>
    ForeignTrade = 9,

    /// <summary>The venue took a trade of ours back: its lines the other way round.</summary>
    TradeReversal = 10,
}
