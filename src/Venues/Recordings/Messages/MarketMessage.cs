using Parallax.Domain;
using Parallax.Venues.Recordings.Symbols;
using Parallax.Venues.Recordings.Values;

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

/// <summary>A level as it stood in the recording.</summary>
/// <param name="Quantity">Zero removes the level.</param>
/// <param name="Line">Where it stood, counted from 1.</param>
internal readonly record struct WireLevel(BookSide Side, WireNumber Price, WireNumber Quantity, long Line);

/// <summary>What a venue said, in its own numbers, before ticks and lots are known. Reused: good until the reader is asked for the next.</summary>
internal sealed class MarketMessage
{
    private WireLevel[] _levels = new WireLevel[8];
    private int _levelCount;

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
    public ReadOnlySpan<WireLevel> Levels => _levels.AsSpan(0, _levelCount);

    public MarketMessage Restart(MessageKind kind, Listing listing, long venueTime, long receivedTime, long line)
    {
        Kind = kind;
        Listing = listing;
        VenueTime = venueTime;
        ReceivedTime = receivedTime;
        Line = line;
        VenueChecksum = null;
        TradeId = 0;
        _levelCount = 0;
        return this;
    }

    public void Add(in WireLevel level)
    {
        if (_levelCount == _levels.Length)
        {
            Array.Resize(ref _levels, _levels.Length * 2);
        }

        _levels[_levelCount++] = level;
    }

    public void Add(ReadOnlySpan<WireLevel> levels)
    {
        if (_levelCount + levels.Length > _levels.Length)
        {
            Array.Resize(ref _levels, Math.Max(_levels.Length * 2, _levelCount + levels.Length));
        }

        levels.CopyTo(_levels.AsSpan(_levelCount));
        _levelCount += levels.Length;
    }
}
