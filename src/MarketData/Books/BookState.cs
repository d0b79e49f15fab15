namespace Parallax.MarketData.Books;

/// <summary>What an order book knows about itself. Only a <see cref="Live"/> book may be traded on.</summary>
public enum BookState : byte
{
    /// <summary>Nothing held yet; deltas are refused until a snapshot comes.</summary>
    AwaitingSnapshot = 0,

    /// <summary>Held, verified where the venue sends checksums, and bid below ask. Either side may still be empty.</summary>
    Live = 1,

    /// <summary>Best bid equals best ask. The levels are kept and later deltas are applied.</summary>
    Locked = 2,

    /// <summary>Best bid above best ask. The levels are kept and later deltas are applied.</summary>
    Crossed = 3,

    /// <summary>Not to be believed, for <see cref="OrderBook.InvalidReason"/>: emptied, and deltas are refused until a snapshot comes.</summary>
    Invalid = 4,
}

/// <summary>Why a book is <see cref="BookState.Invalid"/>.</summary>
public enum BookInvalidReason : byte
{
    None = 0,

    /// <summary>The venue's checksum is not the checksum of the levels held: an update was lost or misread.</summary>
    ChecksumMismatch = 1,

    /// <summary>A checksum came, but the instrument's decimals are too few to print its prices or quantities.</summary>
    ChecksumUndefined = 2,

    /// <summary>The venue's sequence numbers skipped.</summary>
    SequenceGap = 3,

    /// <summary>The connection that fed the book is gone.</summary>
    FeedLost = 4,

    /// <summary>The feed had to drop a message about this book.</summary>
    MessageRejected = 5,

    /// <summary>A record's payload is not a whole number of levels.</summary>
    MalformedRecord = 6,

    /// <summary>Bid at or above ask for longer than a venue's own book ever is. The book is kept; only asked for afresh.</summary>
    CrossedTooLong = 7,
}
