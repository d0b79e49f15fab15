using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Parallax.VenueServers.Tests.Kraken;

/// <summary>A client's book in the plainest form: sorted lists of decimals, the checksum from printed text. Shares no code with the server.</summary>
internal sealed class SimpleBook(int depth, int priceDecimals, int quantityDecimals)
{
    private readonly SortedList<decimal, decimal> _bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedList<decimal, decimal> _asks = [];

    public IReadOnlyList<KeyValuePair<decimal, decimal>> Bids => [.. _bids];

    public IReadOnlyList<KeyValuePair<decimal, decimal>> Asks => [.. _asks];

    public int Updates { get; private set; }

    /// <summary>Applies one book message and compares its checksum.</summary>
    public void Apply(JsonElement message)
    {
        var data = message.GetProperty("data")[0];
        if (message.GetProperty("type").GetString() == "snapshot")
        {
            _bids.Clear();
            _asks.Clear();
        }

        Apply(_bids, data.GetProperty("bids"));
        Apply(_asks, data.GetProperty("asks"));
        Updates++;
        Assert.Equal(data.GetProperty("checksum").GetUInt32(), Checksum());
    }

    private void Apply(SortedList<decimal, decimal> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var (price, quantity) = (level.GetProperty("price").GetDecimal(), level.GetProperty("qty").GetDecimal());
            if (quantity == 0)
            {
                side.Remove(price);
            }
            else
            {
                side[price] = quantity;
            }
        }

        while (side.Count > depth)
        {
            side.RemoveAt(side.Count - 1);
        }
    }

    private uint Checksum()
    {
        var text = new StringBuilder();
        foreach (var (price, quantity) in _asks.Take(10).Concat(_bids.Take(10)))
        {
            text.Append(Digits(price, priceDecimals)).Append(Digits(quantity, quantityDecimals));
        }

        return Crc(Encoding.ASCII.GetBytes(text.ToString()));
    }

    private static string Digits(decimal value, int decimals) =>
        value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('0');

    /// <summary>CRC-32 bit by bit, as the standard defines it.</summary>
    private static uint Crc(byte[] bytes)
    {
        var register = uint.MaxValue;
        foreach (var value in bytes)
        {
            register ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                register = (register & 1) == 1 ? (register >> 1) ^ 0xEDB88320 : register >> 1;
            }
        }

        return ~register;
    }
}
