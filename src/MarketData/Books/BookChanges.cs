namespace Parallax.MarketData.Books;

/// <summary>What one record did to a book's best prices. At most one bid flag and one ask flag is set.</summary>
/// <remarks>
/// A side that was empty and now has a price improved; a side that had one and now has none worsened. The flags compare before and after
/// the whole record, so a price that left and came back within one record is no change.
/// </remarks>
[Flags]
public enum BookChanges : byte
{
    None = 0,

    /// <summary>The best bid is higher: selling became better.</summary>
    BidImproved = 1,

    /// <summary>The best bid is lower or gone.</summary>
    BidWorsened = 2,

    /// <summary>The same best bid price with another quantity.</summary>
    BidQuantity = 4,

    /// <summary>The best ask is lower: buying became better.</summary>
    AskImproved = 8,

    /// <summary>The best ask is higher or gone.</summary>
    AskWorsened = 16,

    /// <summary>The same best ask price with another quantity.</summary>
    AskQuantity = 32,

    /// <summary><see cref="OrderBook.State"/> is another one than before.</summary>
    State = 64,

    Bid = BidImproved | BidWorsened | BidQuantity,
    Ask = AskImproved | AskWorsened | AskQuantity,

    /// <summary>Best price or best quantity of either side.</summary>
    Best = Bid | Ask,
}
