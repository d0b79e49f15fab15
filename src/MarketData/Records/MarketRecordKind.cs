using Parallax.Journal.Framing;

namespace Parallax.MarketData.Records;

/// <summary>The records a venue's feed makes. Layouts: docs/concepts/records.md.</summary>
public static class MarketRecordKind
{
    /// <summary>Defines the instrument that later records name by <see cref="RecordHeader.Subject"/>.</summary>
    public const byte Instrument = 1;

    /// <summary>Replaces both sides of a book.</summary>
    public const byte BookSnapshot = 2;

    /// <summary>Changes levels of a book.</summary>
    public const byte BookDelta = 3;

    public const byte Trade = 4;

    /// <summary>A venue's separate best bid and ask stream; does not touch the book.</summary>
    public const byte BestQuote = 5;

    /// <summary>The feed says what it knows about itself: connected, lost, a book out of sequence, market status.</summary>
    public const byte FeedState = 6;
}
