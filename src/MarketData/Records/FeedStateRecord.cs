using Parallax.Journal.Framing;
using Parallax.MarketData.Books;

namespace Parallax.MarketData.Records;

/// <summary>What a feed says about itself.</summary>
public enum FeedState : byte
{
    /// <summary>The connection stands; books come with their snapshots.</summary>
    Connected = 1,

    /// <summary>The connection is gone: every book it fed is to be treated as lost.</summary>
    Disconnected = 2,

    /// <summary>One instrument's book is not to be believed until its next snapshot; the tag is the <see cref="BookInvalidReason"/>.</summary>
    BookLost = 3,

    /// <summary>The venue trades the instrument.</summary>
    MarketOpen = 4,

    /// <summary>The venue does not trade the instrument for now, or only lets orders be canceled.</summary>
    MarketHalted = 5,
}

/// <summary>A feed state: a header without payload. The state stands in the flags, the instrument in the subject.</summary>
public static class FeedStateRecord
{
    /// <summary>As subject: the state is that of the whole feed.</summary>
    public const ushort WholeFeed = ushort.MaxValue;

    public static RecordHeader Header(FeedState state, ushort instrument, long venueTime, long receivedTime) => new()
    {
        Kind = MarketRecordKind.FeedState,
        Flags = (byte)state,
        Subject = instrument,
        VenueTime = venueTime,
        ReceivedTime = receivedTime,
    };

    /// <summary>Says that an instrument's book is lost.</summary>
    public static RecordHeader BookLost(ushort instrument, BookInvalidReason reason, long venueTime, long receivedTime)
    {
        var header = Header(FeedState.BookLost, instrument, venueTime, receivedTime);
        header.Tag = (uint)reason;
        return header;
    }

    public static FeedState State(in RecordHeader header) => (FeedState)header.Flags;

    /// <summary>Why a <see cref="FeedState.BookLost"/> book is lost; a reason this version does not know counts as a rejected message.</summary>
    public static BookInvalidReason Reason(in RecordHeader header) =>
        header.Tag is > 0 and <= (uint)BookInvalidReason.CrossedTooLong ? (BookInvalidReason)header.Tag : BookInvalidReason.MessageRejected;
}
