using System.Runtime.InteropServices;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Cycles.Screening;

/// <summary>Says after each change of a best price which cycles pay at the top of the books, fees included.</summary>
/// <remarks>
/// A cycle can begin to pay only through an edge that improved (the bid rose: the sell edge; the ask fell: the buy edge); through an
/// edge that worsened only the cycles that are open can change. The screen adds logarithms in binary64 and proposes; what is reported
/// was decided exactly, strictly above a rate of one. Engine thread only. Allocates nothing once its lists have grown.
/// </remarks>
public sealed class CycleDetector
{
    private readonly CycleIndex _index;
    private readonly EdgeRate[] _rates;
    private readonly CycleScreen _screen;
    private readonly long[] _ticks;
    private readonly OpenCycles _open;
    private readonly List<int> _candidates = new(64);
    private readonly List<int> _paying = new(64);
    private readonly List<int> _closed = new(64);

    /// <param name="instruments">By number; at least as many as the index knows.</param>
    /// <param name="fees">Taker fees of the same instruments.</param>
    public CycleDetector(CycleIndex index, IReadOnlyList<Instrument> instruments, IReadOnlyList<FeeTerms> fees)
    {
        _index = index;
        _open = new OpenCycles(index);
        _rates = new EdgeRate[index.EdgeCount];
        _ticks = new long[index.EdgeCount];
        _screen = new CycleScreen(index);
        for (var edge = 0; edge < index.EdgeCount; edge++)
        {
            var leg = CycleLeg.OfEdge(edge);
            _rates[edge] = new EdgeRate(leg.Side, instruments[leg.Instrument].TickSize, fees[leg.Instrument]);
        }
    }

    /// <summary>The cycles through the instrument of the last change that pay now, whether they just opened or stay open; ascending.</summary>
    /// <remarks>Only those through an edge whose price changed. Valid until the next change.</remarks>
    public ReadOnlySpan<int> Paying => CollectionsMarshal.AsSpan(_paying);

    /// <summary>The cycles that stopped paying with the last change, ascending. Valid until the next change.</summary>
    public ReadOnlySpan<int> Closed => CollectionsMarshal.AsSpan(_closed);

    /// <summary>Every cycle that pays at the prices seen so far. Valid until the next change.</summary>
    public ReadOnlySpan<int> Open => _open.All;

    /// <summary>Whether the cycle pays at the prices seen so far.</summary>
    public bool IsOpen(int cycle) => _open.Contains(cycle);

    /// <summary>Whether an open cycle trades on the instrument, so that a change of its depth changes what can be earned.</summary>
    public bool HasOpenThrough(int instrument) => (_open.CountThrough(instrument << 1) | _open.CountThrough((instrument << 1) | 1)) != 0;

    /// <summary>Takes the best prices of an instrument after its book changed.</summary>
    /// <param name="hasBid">False when the side is empty, or when the book must not be traded on: crossed, stale, out of sequence.</param>
    /// <param name="bidTicks">Positive; not read without a bid.</param>
    /// <returns>Whether <see cref="Paying"/> or <see cref="Closed"/> has something.</returns>
    public bool OnBest(int instrument, bool hasBid, long bidTicks, bool hasAsk, long askTicks)
    {
        _candidates.Clear();
        _paying.Clear();
        _closed.Clear();
        var buy = instrument << 1;
        var sell = buy | 1;
        var isBidBetter = false;
        var isAskBetter = false;
        var bid = hasBid ? bidTicks : 0;
        var ask = hasAsk ? askTicks : 0;
        if (bid != _ticks[sell])
        {
            isBidBetter = bid > _ticks[sell];
            _ticks[sell] = bid;
            _screen.Set(sell, hasBid ? _rates[sell].WeightBase - Math.Log(bid) : double.PositiveInfinity);
            _open.AddThrough(sell, _candidates);
        }

        if (ask != _ticks[buy])
        {
            isAskBetter = hasAsk && (ask < _ticks[buy] || _ticks[buy] == 0);
            _ticks[buy] = ask;
            _screen.Set(buy, hasAsk ? _rates[buy].WeightBase + Math.Log(ask) : double.PositiveInfinity);
            _open.AddThrough(buy, _candidates);
        }

        if (isBidBetter)
        {
            _screen.Propose(sell, _candidates);
        }

        if (isAskBetter)
        {
            _screen.Propose(buy, _candidates);
        }

        return _candidates.Count > 0 && Decide();
    }

    /// <summary>Takes an instrument out: its book is stale, crossed, out of sequence or its market is closed.</summary>
    /// <returns>Whether <see cref="Closed"/> has something.</returns>
    public bool Withdraw(int instrument) => OnBest(instrument, false, 0, false, 0);

    /// <summary>The cycle's edge at the last seen best prices, in basis points with eight decimals, rounded down.</summary>
    /// <param name="isNet">With fees, or without.</param>
    /// <returns>False when a leg has no price.</returns>
    public bool TryEdgeBps(int cycle, bool isNet, out decimal edgeBps)
    {
        edgeBps = 0m;
        if (!HasPrices(cycle))
        {
            return false;
        }

        edgeBps = CycleRate.Of(_index.EdgesOf(cycle), _rates, _ticks, isNet).EdgeBpsDown();
        return true;
    }

    /// <summary>The cycle's rate at the last seen best prices as an exact fraction: what comes back for one unit. Allocates.</summary>
    /// <returns>False when a leg has no price.</returns>
    public bool TryRate(int cycle, bool isNet, out Rational rate)
    {
        rate = Rational.Zero;
        if (!HasPrices(cycle))
        {
            return false;
        }

        rate = CycleRate.Of(_index.EdgesOf(cycle), _rates, _ticks, isNet).ToRational();
        return true;
    }

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
            var pays = Pays(cycle);
            if (pays)
            {
                _paying.Add(cycle);
            }

            if (pays != _open.Contains(cycle))
            {
                Turn(cycle, pays);
            }
        }

        return _paying.Count + _closed.Count > 0;
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

    private bool Pays(int cycle) => HasPrices(cycle) && CycleRate.Of(_index.EdgesOf(cycle), _rates, _ticks, isNet: true).IsAboveOne;

    private bool HasPrices(int cycle)
    {
        foreach (var edge in _index.EdgesOf(cycle))
        {
            if (_ticks[edge] == 0)
            {
                return false;
            }
        }

        return true;
    }
}
