using System.Runtime.InteropServices;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Cycles.Screening;

/// <summary>Says after each change of a best price which cycles pay at the top of the books, fees included.</summary>
/// <remarks>
/// A cycle can begin to pay only through an edge that improved (the bid rose: the sell edge; the ask fell: the buy edge); through an
/// edge that worsened only the cycles that are open can change. Logarithms in binary64 only propose: what opens or closes was decided
/// exactly, strictly above a rate of one. Engine thread only. Allocates nothing once its lists have grown.
/// </remarks>
public sealed class CycleDetector
{
    private readonly CycleIndex _index;
    private readonly EdgeRate[] _rates;
    private readonly CycleScreen _screen;
    private readonly EdgeNode[] _nodes;
    private readonly OpenCycles _open;
    private readonly List<int> _candidates = new(64);
    private readonly List<int> _paying = new(64);
    private readonly List<int> _closed = new(64);

    // The net rate that was decided on last: whoever hears that a cycle pays asks for its edge next. No cycle's from the next change on.
    private CycleRate _priced;
    private int _pricedCycle = -1;

    /// <param name="instruments">By number; at least as many as the index knows.</param>
    /// <param name="fees">Taker fees of the same instruments.</param>
    public CycleDetector(CycleIndex index, IReadOnlyList<Instrument> instruments, IReadOnlyList<FeeTerms> fees)
    {
        _index = index;
        _rates = new EdgeRate[index.EdgeCount];
        for (var edge = 0; edge < index.EdgeCount; edge++)
        {
            var leg = CycleLeg.OfEdge(edge);
            _rates[edge] = new EdgeRate(leg.Side, instruments[leg.Instrument].TickSize, fees[leg.Instrument]);
        }

        _screen = new CycleScreen(index, Array.ConvertAll(_rates, rate => rate.WeightBase));
        _nodes = _screen.Nodes;
        _open = new OpenCycles(index, _nodes);
    }

    /// <summary>The cycles through the instrument of the last change that pay now, whether they just opened or stay open; ascending.</summary>
    /// <remarks>Only those through an edge whose price changed. Valid until the next change.</remarks>
    public ReadOnlySpan<int> Paying => CollectionsMarshal.AsSpan(_paying);

    /// <summary>The cycles that stopped paying with the last change, ascending. Valid until the next change.</summary>
    public ReadOnlySpan<int> Closed => CollectionsMarshal.AsSpan(_closed);

    /// <summary>Every cycle that pays at the prices seen so far, in the order in which they opened. Valid until the next change.</summary>
    public ReadOnlySpan<int> Open => _open.All;

    /// <summary>Whether the cycle pays at the prices seen so far.</summary>
    public bool IsOpen(int cycle) => _open.Contains(cycle);

    /// <summary>Whether an open cycle trades on the instrument, so that a change of its depth changes what can be earned.</summary>
    public bool HasOpenThrough(int instrument) =>
        instrument < _index.InstrumentCount && (_nodes[instrument << 1].OpenCount | _nodes[(instrument << 1) | 1].OpenCount) != 0;

    /// <summary>Takes the best prices of an instrument after its book changed.</summary>
    /// <param name="instrument">One that the index does not know is in no cycle, and nothing happens.</param>
    /// <param name="hasBid">False when the side is empty, or when the book must not be traded on: crossed, stale, out of sequence.</param>
    /// <param name="bidTicks">Positive; not read without a bid.</param>
    /// <returns>Whether <see cref="Paying"/> or <see cref="Closed"/> has something.</returns>
    public bool OnBest(int instrument, bool hasBid, long bidTicks, bool hasAsk, long askTicks)
    {
        _paying.Clear();
        _closed.Clear();
        if (instrument >= _index.InstrumentCount)
        {
            return false;
        }

        _candidates.Clear();
        _pricedCycle = -1;
        ref var buy = ref _nodes[instrument << 1];
        ref var sell = ref _nodes[(instrument << 1) | 1];
        var isBidBetter = false;
        var isAskBetter = false;
        var bid = hasBid ? bidTicks : 0;
        var ask = hasAsk ? askTicks : 0;
        if (bid != sell.Ticks)
        {
            isBidBetter = bid > sell.Ticks;
            _screen.Set(ref sell, bid, hasBid ? sell.WeightBase - Math.Log(bid) : double.PositiveInfinity);
            if (sell.OpenCount > 0)
            {
                _open.AddThrough((instrument << 1) | 1, _candidates);
            }
        }

        if (ask != buy.Ticks)
        {
            isAskBetter = hasAsk && (ask < buy.Ticks || buy.Ticks == 0);
            _screen.Set(ref buy, ask, hasAsk ? buy.WeightBase + Math.Log(ask) : double.PositiveInfinity);
            if (buy.OpenCount > 0)
            {
                _open.AddThrough(instrument << 1, _candidates);
            }
        }

        // Both prices first: they stand for one book.
        if (isBidBetter)
        {
            _screen.Propose((instrument << 1) | 1, ref sell, _candidates);
        }

        if (isAskBetter)
        {
            _screen.Propose(instrument << 1, ref buy, _candidates);
        }

        return _candidates.Count > 0 && Decide();
    }

    /// <summary>Takes an instrument out: its book is stale, crossed, out of sequence or its market is closed.</summary>
    /// <returns>Whether <see cref="Closed"/> has something.</returns>
    public bool Withdraw(int instrument) => OnBest(instrument, false, 0, false, 0);

    /// <summary>Takes a book after a record was applied to it. Only a live book has a price to trade on: not a locked, crossed or invalid one.</summary>
    /// <returns>Whether <see cref="Paying"/> or <see cref="Closed"/> has something.</returns>
    public bool OnBook(int instrument, OrderBook book)
    {
        if (book.State != BookState.Live)
        {
            return Withdraw(instrument);
        }

        var hasBid = book.TryGetBest(BookSide.Bid, out var bid);
        var hasAsk = book.TryGetBest(BookSide.Ask, out var ask);
        return OnBest(instrument, hasBid, bid.PriceTicks, hasAsk, ask.PriceTicks);
    }

    /// <summary>The cycle's edge at the last seen best prices, in basis points with eight decimals, rounded down.</summary>
    /// <param name="isNet">With fees, or without.</param>
    /// <returns>False when a leg has no price.</returns>
    public bool TryEdgeBps(int cycle, bool isNet, out decimal edgeBps)
    {
        if (isNet && cycle == _pricedCycle)
        {
            edgeBps = _priced.EdgeBpsDown();
            return true;
        }

        var isPriced = TryRate(cycle, isNet, out CycleRate rate);
        edgeBps = isPriced ? rate.EdgeBpsDown() : 0m;
        return isPriced;
    }

    /// <summary>The cycle's rate at the last seen best prices as an exact fraction: what comes back for one unit. Allocates.</summary>
    /// <returns>False when a leg has no price.</returns>
    public bool TryRate(int cycle, bool isNet, out Rational rate)
    {
        var isPriced = TryRate(cycle, isNet, out CycleRate exact);
        rate = isPriced ? exact.ToRational() : Rational.Zero;
        return isPriced;
    }

    private bool Decide()
    {
        CollectionsMarshal.AsSpan(_candidates).Sort();
        var previous = -1;
        foreach (var cycle in _candidates)
        {
            if (cycle == previous)
            {
                continue;
            }

            previous = cycle;
            // Only a cycle that stays as it was may stay so on the word of logarithms; none opens or closes on it.
            var isOpen = _open.Contains(cycle);
            var pays = _screen.Clearly(_index.EdgesOf(cycle), isOpen) ? isOpen : PaysExactly(cycle);
            if (pays)
            {
                _paying.Add(cycle);
            }

            if (pays != isOpen)
            {
                Turn(cycle, pays);
            }
        }

        return _paying.Count + _closed.Count > 0;
    }

    private bool PaysExactly(int cycle)
    {
        var isPriced = TryRate(cycle, isNet: true, out _priced);
        _pricedCycle = isPriced ? cycle : -1;
        return isPriced && _priced.IsAboveOne;
    }

    private void Turn(int cycle, bool pays)
    {
        if (pays)
        {
            _open.Open(cycle);
        }
        else
        {
            _open.Close(cycle);
            _closed.Add(cycle);
        }
    }

    private bool TryRate(int cycle, bool isNet, out CycleRate rate)
    {
        var edges = _index.EdgesOf(cycle);
        Span<long> ticks = stackalloc long[edges.Length];
        for (var k = 0; k < edges.Length; k++)
        {
            ticks[k] = _nodes[edges[k]].Ticks;
            if (ticks[k] == 0)
            {
                rate = default;
                return false;
            }
        }

        rate = CycleRate.Of(edges, _rates, ticks, isNet);
        return true;
    }
}
