using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.Measurements.Feed;

/// <summary>One market of the stream: a book deeper than what is published, and the ten levels a side that a subscriber has.</summary>
internal sealed class GeneratedMarket
{
    private const int DepthHeld = 30;

    private readonly SplitMix _random;
    private readonly OrderBook _full;
    private readonly List<BookLevel> _changes = [];
    private readonly long _typicalLots;
    private readonly int _spreadTicks;

    public GeneratedMarket(Instrument instrument, SplitMix random)
    {
        _random = random;
        _full = new OrderBook(instrument with { BookDepth = 0 });
        Book = new OrderBook(instrument);
        var mid = 20_000L << random.Below(11);
        mid += (long)(random.Next() % (ulong)mid);
        _spreadTicks = 2 + random.Below(12);
        _typicalLots = (long)Math.Pow(10, instrument.QuantityDecimals) << random.Below(14) >> 2;
        _full.Apply(BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 0, 0), []);
        Fill(BookSide.Bid, mid - (_spreadTicks / 2) - 1);
        Fill(BookSide.Ask, mid + (_spreadTicks / 2));
    }

    /// <summary>What a subscriber holds.</summary>
    public OrderBook Book { get; }

    public BookChanges LastChanges { get; private set; }

    public IReadOnlyList<BookLevel> Snapshot()
    {
        _changes.Clear();
        Publish(BookSide.Bid);
        Publish(BookSide.Ask);
        Book.Apply(BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 0, 0), [.. _changes]);
        return _changes;
    }

    /// <summary>Changes the market once, now and then twice, and returns the levels that a venue would send.</summary>
    public IReadOnlyList<BookLevel> Update()
    {
        _changes.Clear();
        Change((BookSide)_random.Below(2));
        if (_random.Happens(125))
        {
            Change((BookSide)_random.Below(2));
        }

        // The venue lists bids before asks.
        var sorted = _changes.OrderBy(level => level.Side).ToArray();
        _changes.Clear();
        _changes.AddRange(sorted);
        LastChanges = Book.Apply(BookRecord.Header(MarketRecordKind.BookDelta, 0, 0, 0), sorted);
        return _changes;
    }

    private void Change(BookSide side)
    {
        var position = _random.Happens(355) ? 0 : 1 + Math.Min(8, (_random.Below(6) * _random.Below(6) / 3) + _random.Below(3));
        var price = _full.Levels(side)[position].PriceTicks;
        if (_random.Happens(480))
        {
            Set(side, price, Lots());
        }
        else if (_random.Happens(500))
        {
            Remove(side, price);
        }
        else
        {
            Insert(side, position, price);
        }
    }

    private void Remove(BookSide side, long price)
    {
        Set(side, price, 0);

        // What moves up into the published depth is sent along.
        if (Book.Levels(side).Length == 10)
        {
            var entering = _full.Levels(side)[9];
            Set(side, entering.PriceTicks, entering.QuantityLots);
        }

        var held = _full.Levels(side);
        if (held.Length < DepthHeld / 2)
        {
            Fill(side, held[^1].PriceTicks + (side == BookSide.Bid ? -2 : 2));
        }
    }

    /// <summary>A new level before the one at a position, when there is a free tick; else another quantity.</summary>
    private void Insert(BookSide side, int position, long price)
    {
        var better = side == BookSide.Bid ? 1 : -1;
        var gap = position > 0
            ? Math.Abs(_full.Levels(side)[position - 1].PriceTicks - price)
            : _full.Levels(BookSide.Ask)[0].PriceTicks - _full.Levels(BookSide.Bid)[0].PriceTicks;
        Set(side, gap > 1 ? price + (better * (1 + _random.Below((int)Math.Min(gap - 1, _spreadTicks)))) : price, Lots());
    }

    private void Set(BookSide side, long price, long lots)
    {
        var level = new BookLevel(side, price, lots);
        _full.Apply(BookRecord.Header(MarketRecordKind.BookDelta, 0, 0, 0), [level]);
        _changes.Add(level);
    }

    private void Fill(BookSide side, long from)
    {
        var price = from;
        while (_full.Levels(side).Length < DepthHeld)
        {
            _full.Apply(BookRecord.Header(MarketRecordKind.BookDelta, 0, 0, 0), [new BookLevel(side, price, Lots())]);
            price += (side == BookSide.Bid ? -1 : 1) * (1 + _random.Below(2 * _spreadTicks));
        }
    }

    private void Publish(BookSide side)
    {
        foreach (var level in _full.Levels(side)[..10])
        {
            _changes.Add(new BookLevel(side, level.PriceTicks, level.QuantityLots));
        }
    }

    /// <summary>Quantities spread over three powers of ten, one in eight a round number.</summary>
    private long Lots()
    {
        var lots = Math.Max(1, _typicalLots >> _random.Below(7));
        lots += (long)(_random.Next() % (ulong)lots);
        return _random.Happens(125) ? Math.Max(1, lots / 1000 * 1000) : lots;
    }
}
