using Parallax.Domain;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Recordings.Messages;

internal enum MessageKind : byte
{
    BookSnapshot,
    BookDelta,
    Trade,
    BestQuote,

    /// <summary>Updates of the book were lost: it is not to be believed until the next snapshot.</summary>
    BookLost,
}

/// <summary>What a venue said, in its own numbers, before ticks and lots are known. Reused: good until the reader is asked for the next.</summary>
internal sealed class MarketMessage
{
    private readonly WireLevels _levels = new();

    public MessageKind Kind { get; private set; }

    public Listing Listing { get; private set; } = null!;

    /// <summary>UTC nanoseconds.</summary>
    public long VenueTime { get; private set; }

    /// <summary>UTC nanoseconds.</summary>
    public long ReceivedTime { get; private set; }

    /// <summary>Of the line that held it, or its first row, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The venue's checksum of the book after this message; <see langword="null"/> when it sent none.</summary>
    public uint? VenueChecksum { get; set; }

    /// <summary>Of a trade: who crossed the spread.</summary>
    public Side Aggressor { get; set; }

    /// <summary>Of a trade: the venue's number; zero when it gives none.</summary>
    public ulong TradeId { get; set; }

    /// <summary>Of a book: in the order sent. Of a trade: its price and quantity. Of a best quote: the bid, then the ask.</summary>
    public ReadOnlySpan<WireLevel> Levels => _levels.Span;

    public MarketMessage Restart(MessageKind kind, Listing listing, long venueTime, long receivedTime, long line)
    {
        Kind = kind;
        Listing = listing;
        VenueTime = venueTime;
        ReceivedTime = receivedTime;
        Line = line;
        VenueChecksum = null;
        TradeId = 0;
        _levels.Clear();
        return this;
    }

    public void Add(in WireLevel level) => _levels.Add(level);

    public void Add(ReadOnlySpan<WireLevel> levels) => _levels.Add(levels);
}
