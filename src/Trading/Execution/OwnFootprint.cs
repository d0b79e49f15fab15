using Parallax.Domain;
using Parallax.MarketData.Books;

namespace Parallax.Trading.Execution;

/// <summary>What we have taken, or found gone, of levels that the book still shows as they were.</summary>
/// <remarks>
/// Between our trade and the venue's update of the book, the book shows what is no longer there. A level is believed again once its
/// displayed quantity changes, or after <see cref="MemoryNanos"/>. Without this an unwinding order is sent to the same empty level again
/// and again. Engine thread only.
/// </remarks>
internal sealed class OwnFootprint
{
    /// <summary>How long a level that does not change is distrusted: one second, longer than any book update takes.</summary>
    public const long MemoryNanos = UtcNanos.PerSecond;

    private readonly Dictionary<Place, Mark> _marks = [];

    /// <summary>Notes a fill of ours.</summary>
    public void Took(ushort instrument, OrderBook book, Side side, Level fill, long now)
    {
        var from = side.TakesFrom();
        if (book.TryGetQuantity(from, fill.PriceTicks, out var displayed))
        {
            var place = new Place(instrument, from, fill.PriceTicks);
            var before = _marks.TryGetValue(place, out var mark) && mark.Holds(displayed, now) ? mark.TakenLots : 0;
            _marks[place] = new Mark(displayed, before + fill.QuantityLots, now);
        }
    }

    /// <summary>Notes that an immediate-or-cancel order came back unfilled: at its limit and better there is nothing for us.</summary>
    public void Missed(ushort instrument, OrderBook book, Side side, long limitTicks, long now)
    {
        var from = side.TakesFrom();
        foreach (ref readonly var level in book.Levels(from))
        {
            if (side == Side.Buy ? level.PriceTicks > limitTicks : level.PriceTicks < limitTicks)
            {
                break;
            }

            _marks[new Place(instrument, from, level.PriceTicks)] = new Mark(level.QuantityLots, level.QuantityLots, now);
        }
    }

    /// <summary>Copies a side of a book without what we know to be gone.</summary>
    /// <param name="room">Grows as needed and is kept.</param>
    public ReadOnlySpan<Level> Believed(ushort instrument, OrderBook book, Side side, long now, ref Level[] room)
    {
        var from = side.TakesFrom();
        var levels = book.Levels(from);
        if (_marks.Count == 0)
        {
            return levels;
        }

        if (room.Length < levels.Length)
        {
            room = new Level[levels.Length * 2];
        }

        var count = 0;
        foreach (ref readonly var level in levels)
        {
            var place = new Place(instrument, from, level.PriceTicks);
            var lots = level.QuantityLots;
            if (_marks.TryGetValue(place, out var mark))
            {
                if (mark.Holds(lots, now))
                {
                    lots -= mark.TakenLots;
                }
                else
                {
                    _marks.Remove(place);
                }
            }

            if (lots > 0)
            {
                room[count++] = new Level(level.PriceTicks, lots);
            }
        }

        return room.AsSpan(0, count);
    }

    private readonly record struct Place(ushort Instrument, BookSide Side, long PriceTicks);

    private readonly record struct Mark(long DisplayedLots, long TakenLots, long Time)
    {
        public bool Holds(long displayedLots, long now) => displayedLots == DisplayedLots && now - Time <= MemoryNanos;
    }
}
