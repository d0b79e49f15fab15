using System.Globalization;
using System.Text;
using Parallax.Domain;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>A book as the venue keeps it, written the obvious way: it prints snapshots and updates with the checksums of the venue's documents.</summary>
internal sealed class VenueBook(Instrument instrument)
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];

    public static VenueBook Of(Instrument instrument, decimal middle)
    {
        var book = new VenueBook(instrument);
        for (var i = 1; i <= 10; i++)
        {
            book._bids[middle - (i * instrument.TickSize)] = i * 100 * instrument.LotSize;
            book._asks[middle + (i * instrument.TickSize)] = i * 100 * instrument.LotSize;
        }

        return book;
    }

    public decimal BestBid => _bids.First().Key;

    /// <summary>Prices and quantities, best first.</summary>
    public IEnumerable<(decimal, decimal)> Bids => _bids.Select(level => (level.Key, level.Value));

    public IEnumerable<(decimal, decimal)> Asks => _asks.Select(level => (level.Key, level.Value));

    public string Snapshot() => Frame("snapshot", [.. _bids.Select(l => (l.Key, l.Value))], [.. _asks.Select(l => (l.Key, l.Value))], Checksum());

    /// <summary>Changes one bid: a price in ticks below the best of the beginning is always inside the depth.</summary>
    public string Bid(decimal price, decimal quantity)
    {
        Set(_bids, price, quantity);
        return Frame("update", [(price, quantity)], [], Checksum());
    }

    public string Ask(decimal price, decimal quantity)
    {
        Set(_asks, price, quantity);
        return Frame("update", [], [(price, quantity)], Checksum());
    }

    /// <summary>Another quantity at the best bid.</summary>
    public string Touch(int lots) => Bid(BestBid, lots * instrument.LotSize);

    public uint Checksum()
    {
        var text = new StringBuilder();
        foreach (var side in new[] { _asks, _bids })
        {
            foreach (var (price, quantity) in side.Take(10))
            {
                text.Append(Digits(price, instrument.PriceDecimals)).Append(Digits(quantity, instrument.QuantityDecimals));
            }
        }

        return Crc(Encoding.ASCII.GetBytes(text.ToString()));
    }

    private string Frame(string type, (decimal, decimal)[] bids, (decimal, decimal)[] asks, uint checksum) =>
        FrameText.Book(type, instrument, bids, asks, checksum, "2026-05-05T10:00:00.000000Z").Plain();

    private static void Set(SortedDictionary<decimal, decimal> side, decimal price, decimal quantity)
    {
        side[price] = quantity;
        if (quantity == 0m)
        {
            side.Remove(price);
        }

        while (side.Count > 10)
        {
            side.Remove(side.Keys.Last());
        }
    }

    private static string Digits(decimal value, int decimals) =>
        value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('0');

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB8_8320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
