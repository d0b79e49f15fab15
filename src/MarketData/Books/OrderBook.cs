using System.Runtime.CompilerServices;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Checksums;
using Parallax.MarketData.Records;

namespace Parallax.MarketData.Books;

/// <summary>The order book of one instrument, on its ticks and lots: fed by records, verified against the venue's checksum.</summary>
/// <remarks>
/// One thread owns a book. Applying a record allocates nothing once the arrays have grown to the book's size. A side without levels has
/// no best price; an invalid book has no levels at all, so no reader can trade on it by oversight.
/// </remarks>
public sealed class OrderBook
{
    private TopTenChecksum _checksum;
    private readonly int _depth;
    private Halves _halves;

    /// <param name="instrument"><see cref="Domain.Instrument.BookDepth"/> levels a side are kept, all when it is zero.</param>
    public OrderBook(Instrument instrument)
    {
        Instrument = instrument;
        _depth = instrument.BookDepth == 0 ? int.MaxValue : instrument.BookDepth;
        _checksum = new TopTenChecksum(instrument);
        var capacity = Math.Max(HalfBook.CapacityMin, 2 * Math.Min(instrument.BookDepth, 1024));
        _halves[(int)BookSide.Bid] = new HalfBook(BookSide.Bid, capacity);
        _halves[(int)BookSide.Ask] = new HalfBook(BookSide.Ask, capacity);
    }

    public Instrument Instrument { get; }

    public BookState State { get; private set; }

    /// <summary>Why the state is <see cref="BookState.Invalid"/>; <see cref="BookInvalidReason.None"/> in any other state.</summary>
    public BookInvalidReason InvalidReason { get; private set; }

    /// <summary>When the last record that was applied reached us, UTC nanoseconds; 0 before the first.</summary>
    public long ReceivedTime { get; private set; }

    /// <summary>When the venue made the last record that was applied, UTC nanoseconds; 0 before the first.</summary>
    public long VenueTime { get; private set; }

    /// <summary>Snapshots and deltas that were applied, since the book was made.</summary>
    public long Updates { get; private set; }

    /// <summary>Deltas that came while no snapshot was held, since the book was made.</summary>
    public long RefusedDeltas { get; private set; }

    /// <summary>Records that carried a checksum which the levels matched.</summary>
    public long VerifiedChecksums { get; private set; }

    public long ChecksumMismatches { get; private set; }

    /// <summary>Best (highest) first. Valid until the next record is applied.</summary>
    public ReadOnlySpan<Level> Bids => _halves[(int)BookSide.Bid].Levels;

    /// <summary>Best (lowest) first. Valid until the next record is applied.</summary>
    public ReadOnlySpan<Level> Asks => _halves[(int)BookSide.Ask].Levels;

    /// <summary>The levels of one side, best first. Valid until the next record is applied.</summary>
    public ReadOnlySpan<Level> Levels(BookSide side) => _halves[(int)side].Levels;

    /// <returns><see langword="false"/> when the side is empty, as it always is before the first snapshot and while invalid.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetBest(BookSide side, out Level best)
    {
        best = _halves[(int)side].BestOrNothing;
        return best.QuantityLots != 0;
    }

    /// <returns><see langword="false"/> when no level stands at that price.</returns>
    public bool TryGetQuantity(BookSide side, long priceTicks, out long quantityLots)
    {
        ref readonly var half = ref _halves[(int)side];
        var position = half.Find(priceTicks);
        quantityLots = position >= 0 ? half.Levels[position].QuantityLots : 0;
        return position >= 0;
    }

    /// <summary>Whether the last record reached us longer ago than a limit; a book that never held a snapshot is stale.</summary>
    public bool IsStale(long nowNanos, long limitNanos) =>
        State is BookState.AwaitingSnapshot or BookState.Invalid || nowNanos - ReceivedTime > limitNanos;

    /// <summary>The checksum a venue would publish for this book: what records that carry one are compared with.</summary>
    /// <exception cref="InvalidOperationException">The instrument's decimals cannot print its ticks or lots.</exception>
    public uint Checksum() => _checksum.IsDefined
        ? _checksum.Of(ref _halves[0])
        : throw new InvalidOperationException($"{Instrument.Id} has too few decimals to print its tick and lot.");

    /// <summary>Applies a book snapshot or delta, or the feed's word that this book is lost; other records change nothing.</summary>
    public BookChanges Apply(Record record)
    {
        ref readonly var header = ref record.Header;
        if (header.Kind is not (MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta))
        {
            return header.Kind == MarketRecordKind.FeedState && FeedStateRecord.State(header) == FeedState.BookLost
                ? Invalidate(FeedStateRecord.Reason(header))
                : BookChanges.None;
        }

        return record.Payload.Length % BookLevel.Size == 0
            ? Apply(header, BookRecord.Levels(record.Payload))
            : Invalidate(BookInvalidReason.MalformedRecord);
    }

    /// <summary>Applies the levels of a book snapshot or delta in their order, then cuts to depth, then verifies the checksum.</summary>
    /// <returns>What became of the best prices; <see cref="BookChanges.None"/> for a delta that was refused.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BookChanges Apply(in RecordHeader header, ReadOnlySpan<BookLevel> levels)
    {
        var isSnapshot = header.Kind == MarketRecordKind.BookSnapshot;
        if (!isSnapshot && State is BookState.AwaitingSnapshot or BookState.Invalid)
        {
            RefusedDeltas++;
            return BookChanges.None;
        }

        var hasChecksum = (header.Flags & BookRecord.HasVenueChecksum) != 0;
        ref var bids = ref _halves[(int)BookSide.Bid];
        ref var asks = ref _halves[(int)BookSide.Ask];
        var bid = bids.BestOrNothing;
        var ask = asks.BestOrNothing;
        if (isSnapshot)
        {
            bids.Clear();
            asks.Clear();
            _checksum.Forget();
        }

        if (hasChecksum)
        {
            SetAndDigest(levels);
        }
        else
        {
            Set(levels);
        }

        bids.Truncate(_depth);
        asks.Truncate(_depth);
        VenueTime = header.VenueTime;
        ReceivedTime = header.ReceivedTime;
        Updates++;
        if (hasChecksum && !Verify(header.Tag))
        {
            return Emptied(bid, ask);
        }

        return Compared(bid, ask, StateOfPrices());
    }

    /// <summary>Empties the book until the next snapshot.</summary>
    /// <param name="reason">Never <see cref="BookInvalidReason.None"/>.</param>
    public BookChanges Invalidate(BookInvalidReason reason)
    {
        InvalidReason = reason;
        return Emptied(_halves[(int)BookSide.Bid].BestOrNothing, _halves[(int)BookSide.Ask].BestOrNothing);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Set(ReadOnlySpan<BookLevel> levels)
    {
        _checksum.Forget();
        foreach (ref readonly var level in levels)
        {
            _halves[(int)level.Side].Set(level.PriceTicks, level.QuantityLots, keepsDigests: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetAndDigest(ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
        {
            ref var half = ref _halves[(int)level.Side];
            _checksum.Changed(ref half, level, half.Set(level.PriceTicks, level.QuantityLots, keepsDigests: true));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Verify(uint expected)
    {
        if (!_checksum.IsDefined)
        {
            InvalidReason = BookInvalidReason.ChecksumUndefined;
            return false;
        }

        if (_checksum.Of(ref _halves[0]) != expected)
        {
            ChecksumMismatches++;
            InvalidReason = BookInvalidReason.ChecksumMismatch;
            return false;
        }

        VerifiedChecksums++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BookState StateOfPrices()
    {
        var bid = _halves[(int)BookSide.Bid].BestOrNothing;
        var ask = _halves[(int)BookSide.Ask].BestOrNothing;
        if (bid.PriceTicks < ask.PriceTicks || bid.QuantityLots == 0 || ask.QuantityLots == 0)
        {
            return BookState.Live;
        }

        return bid.PriceTicks == ask.PriceTicks ? BookState.Locked : BookState.Crossed;
    }

    private BookChanges Emptied(Level bid, Level ask)
    {
        _halves[(int)BookSide.Bid].Clear();
        _halves[(int)BookSide.Ask].Clear();
        _checksum.Forget();
        return Compared(bid, ask, BookState.Invalid);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private BookChanges Compared(Level bid, Level ask, BookState state)
    {
        var changes = Edge(_halves[(int)BookSide.Bid], bid) | (Edge(_halves[(int)BookSide.Ask], ask) << 3);
        if (state != State)
        {
            changes |= (int)BookChanges.State;
            State = state;
            if (state != BookState.Invalid)
            {
                InvalidReason = BookInvalidReason.None;
            }
        }

        return (BookChanges)changes;
    }

    /// <summary>1 improved, 2 worsened, 4 other quantity, 0 the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Edge(in HalfBook half, Level before)
    {
        var after = half.BestOrNothing;
        var (rank, rankBefore) = (half.Rank(after), half.Rank(before));
        var isImproved = rank > rankBefore ? 1 : 0;
        var isWorsened = rank < rankBefore ? 1 : 0;
        var isOther = after.QuantityLots != before.QuantityLots ? 1 : 0;
        return isImproved | (isWorsened << 1) | ((isOther & ~(isImproved | isWorsened)) << 2);
    }

    [InlineArray(2)]
    private struct Halves
    {
        private HalfBook _bids;
    }
}
