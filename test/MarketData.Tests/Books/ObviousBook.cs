using System.Globalization;
using System.Text;
using Parallax.Domain;
using Parallax.MarketData.Checksums;
using Parallax.MarketData.Records;

namespace Parallax.MarketData.Tests.Books;

/// <summary>The book as anyone would write it first: sorted dictionaries of decimals, checksum by strings. Checks the fast one.</summary>
internal sealed class ObviousBook(Instrument instrument)
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];

    public IEnumerable<(decimal Price, decimal Quantity)> Side(BookSide side) =>
        (side == BookSide.Bid ? _bids : _asks).Select(level => (level.Key, level.Value));

    public void Apply(bool isSnapshot, IEnumerable<BookLevel> levels)
    {
        if (isSnapshot)
        {
            _bids.Clear();
            _asks.Clear();
        }

        foreach (var level in levels)
        {
            var side = level.Side == BookSide.Bid ? _bids : _asks;
            if (level.QuantityLots == 0)
            {
                side.Remove(instrument.Price(level.PriceTicks));
            }
            else
            {
                side[instrument.Price(level.PriceTicks)] = instrument.Quantity(level.QuantityLots);
            }
        }

        if (instrument.BookDepth > 0)
        {
            Cut(_bids);
            Cut(_asks);
        }
    }

    public uint Checksum()
    {
        var text = new StringBuilder();
        foreach (var (price, quantity) in Side(BookSide.Ask).Take(10).Concat(Side(BookSide.Bid).Take(10)))
        {
            text.Append(Digits(price, instrument.PriceDecimals)).Append(Digits(quantity, instrument.QuantityDecimals));
        }

        return Crc32.Of(Encoding.ASCII.GetBytes(text.ToString()));
    }

    private static string Digits(decimal value, int decimals) =>
        value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('0');

    private void Cut(SortedDictionary<decimal, decimal> side)
    {
        foreach (var price in side.Keys.Skip(instrument.BookDepth).ToList())
        {
            side.Remove(price);
        }
    }
}
