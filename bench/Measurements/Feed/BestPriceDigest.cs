using System.Runtime.CompilerServices;
using Parallax.Domain;
using Parallax.MarketData.Books;

namespace Parallax.Measurements.Feed;

/// <summary>Folds the best bid and ask after every message into one number: two readers of a stream agree when theirs are equal.</summary>
public struct BestPriceDigest()
{
    public ulong Value { get; private set; } = 14_695_981_039_346_656_037;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(OrderBook book)
    {
        book.TryGetBest(BookSide.Bid, out var bid);
        book.TryGetBest(BookSide.Ask, out var ask);
        Add(bid, ask);
    }

    /// <summary>An empty side is given as zero.</summary>
    public void Add(Level bid, Level ask)
    {
        Add(bid.PriceTicks);
        Add(bid.QuantityLots);
        Add(ask.PriceTicks);
        Add(ask.QuantityLots);
    }

    private void Add(long value) => Value = (Value ^ (ulong)value) * 1_099_511_628_211;
}
