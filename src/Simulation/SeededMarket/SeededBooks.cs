using System.Runtime.CompilerServices;
using Parallax.Domain;
using Parallax.MarketData.Records;

namespace Parallax.Simulation.SeededMarket;

/// <summary>The books of a generated market: every side always holds exactly its instrument's depth. Writes down what it changes.</summary>
internal sealed class SeededBooks
{
    // Side s (0 bid, 1 ask) of instrument i starts at (2 i + s) times the largest depth, best first.
    private readonly Level[] _levels;
    private readonly int[] _depth;
    private readonly int _depthMax;
    private readonly BookLevel[] _changes;
    private int _changeCount;

    public SeededBooks(IReadOnlyList<ListedInstrument> instruments)
    {
        _depth = [.. instruments.Select(i => i.Depth)];
        _depthMax = _depth.Max();
        _levels = new Level[instruments.Count * 2 * _depthMax];
        _changes = new BookLevel[4 * (_depthMax + 1)];
    }

    /// <summary>The changes since <see cref="Restart"/>, in order.</summary>
    public ReadOnlySpan<BookLevel> Changes => _changes.AsSpan(0, _changeCount);

    public void Restart() => _changeCount = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<Level> Side(int instrument, BookSide side) => _levels.AsSpan(((instrument * 2) + (int)side) * _depthMax, _depth[instrument]);

    public ref readonly Level Best(int instrument, BookSide side) => ref _levels[((instrument * 2) + (int)side) * _depthMax];

    public void SetQuantity(int instrument, BookSide side, int index, long lots)
    {
        ref var level = ref Side(instrument, side)[index];
        level = new Level(level.PriceTicks, lots);
        Write(side, level);
    }

    /// <summary>Makes a price the best of its side: worse levels stay, better ones go, and the far end closes or opens to keep the depth.</summary>
    /// <param name="gapTicks">Usual distance of levels; nearer than half of it, the old best is replaced instead of kept.</param>
    /// <param name="lots">Quantity at the new best price.</param>
    /// <param name="farLots">Quantity of a level that has to be added at the far end.</param>
    public void MoveBest(int instrument, BookSide side, long bestTicks, long gapTicks, long lots, long farLots)
    {
        var levels = Side(instrument, side);
        var away = side == BookSide.Bid ? -1 : 1;
        var gone = 0;
        while (gone < levels.Length && (levels[gone].PriceTicks - bestTicks) * away < 0)
        {
            Write(side, new Level(levels[gone++].PriceTicks, 0));
        }

        var room = gone < levels.Length && levels[gone].PriceTicks == bestTicks ? 0 : 1;
        if (room == 1 && gone < levels.Length && (levels[gone].PriceTicks - bestTicks) * away < gapTicks / 2)
        {
            Write(side, new Level(levels[gone++].PriceTicks, 0));
        }

        if (room > gone)
        {
            Write(side, new Level(levels[^1].PriceTicks, 0));
        }

        var kept = levels.Length - Math.Max(gone, room);
        levels.Slice(gone, kept).CopyTo(levels[room..]);
        if (room == 1)
        {
            levels[0] = new Level(bestTicks, lots);
            Write(side, levels[0]);
        }

        for (var i = room + kept; i < levels.Length; i++)
        {
            levels[i] = new Level(levels[i - 1].PriceTicks + (away * gapTicks), farLots);
            Write(side, levels[i]);
        }
    }

    /// <summary>Moves all prices of a book by the same number of ticks.</summary>
    public void MoveAll(int instrument, long ticks)
    {
        for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
        {
            foreach (ref readonly var level in Side(instrument, side))
            {
                Write(side, new Level(level.PriceTicks, 0));
            }
        }

        for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
        {
            foreach (ref var level in Side(instrument, side))
            {
                level = new Level(level.PriceTicks + ticks, level.QuantityLots);
                Write(side, level);
            }
        }
    }

    /// <summary>Writes down the whole book as it stands.</summary>
    public void WriteAll(int instrument)
    {
        for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
        {
            foreach (ref readonly var level in Side(instrument, side))
            {
                Write(side, level);
            }
        }
    }

    private void Write(BookSide side, Level level) => _changes[_changeCount++] = new BookLevel(side, level.PriceTicks, level.QuantityLots);
}
