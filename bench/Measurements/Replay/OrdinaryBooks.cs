using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;

namespace Parallax.Measurements.Replay;

/// <summary>The yardstick of R2: what a careful bot does with a recorded market. Decimals in sorted dictionaries, best prices after every record.</summary>
public sealed class OrdinaryBooks(IReadOnlyList<Instrument> instruments)
{
    private static readonly Comparer<decimal> Descending = Comparer<decimal>.Create((left, right) => right.CompareTo(left));

    private readonly SortedDictionary<decimal, decimal>[] _sides =
        [.. instruments.SelectMany(_ => new[] { new SortedDictionary<decimal, decimal>(Descending), [] })];

    /// <returns>False for a record that is about no book.</returns>
    public bool Take(Record record)
    {
        ref readonly var header = ref record.Header;
        if (header.Kind is not (MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot))
        {
            return false;
        }

        var instrument = instruments[header.Subject];
        var (bids, asks) = (_sides[header.Subject * 2], _sides[(header.Subject * 2) + 1]);
        if (header.Kind == MarketRecordKind.BookSnapshot)
        {
            bids.Clear();
            asks.Clear();
        }

        foreach (var level in BookRecord.Levels(record.Payload))
        {
            var side = level.Side == BookSide.Bid ? bids : asks;
            if (level.QuantityLots == 0)
            {
                side.Remove(instrument.Price(level.PriceTicks));
            }
            else
            {
                side[instrument.Price(level.PriceTicks)] = instrument.Quantity(level.QuantityLots);
            }
        }

        Cut(bids, instrument.BookDepth);
        Cut(asks, instrument.BookDepth);
        return true;
    }

    /// <summary>Price and quantity; zeros for an empty side.</summary>
    public (decimal Price, decimal Quantity) Best(int instrument, BookSide side)
    {
        foreach (var (price, quantity) in _sides[(instrument * 2) + (int)side])
        {
            return (price, quantity);
        }

        return (0m, 0m);
    }

    private static void Cut(SortedDictionary<decimal, decimal> side, int depth)
    {
        while (depth > 0 && side.Count > depth)
        {
            side.Remove(side.Keys.Last());
        }
    }
}
