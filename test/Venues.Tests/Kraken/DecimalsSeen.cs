using System.Text.Json;
using Parallax.Domain;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Makes the instruments of a recording that brings no definitions: the most decimals seen anywhere in it.</summary>
/// <remarks>Collectors drop trailing zeros, so quantities have at least the eight decimals that nearly all of Kraken's pairs have.</remarks>
internal sealed class DecimalsSeen
{
    private readonly SortedDictionary<string, (int Price, int Quantity, int Depth)> _symbols = new(StringComparer.Ordinal);

    public void Observe(string frame)
    {
        using var document = JsonDocument.Parse(frame);
        if (!document.RootElement.TryGetProperty("channel", out var channel) || channel.GetString() != "book")
        {
            return;
        }

        foreach (var entry in document.RootElement.GetProperty("data").EnumerateArray())
        {
            var symbol = entry.GetProperty("symbol").GetString()!;
            var (price, quantity, depth) = _symbols.GetValueOrDefault(symbol, (0, 8, 0));
            var isSnapshot = document.RootElement.GetProperty("type").GetString() == "snapshot";
            foreach (var side in new[] { "bids", "asks" })
            {
                foreach (var level in entry.GetProperty(side).EnumerateArray())
                {
                    price = Math.Max(price, Decimals(level.GetProperty("price")));
                    quantity = Math.Max(quantity, Decimals(level.GetProperty("qty")));
                }

                depth = isSnapshot ? Math.Max(depth, entry.GetProperty(side).GetArrayLength()) : depth;
            }

            _symbols[symbol] = (price, quantity, depth);
        }
    }

    /// <summary>The depth is the smallest that Kraken offers and that holds the largest snapshot.</summary>
    public Instrument[] Instruments() =>
        [.. _symbols.Select(s => AnInstrument.Of(s.Key, s.Value.Price, s.Value.Quantity, new[] { 10, 25, 100, 500, 1000 }.First(d => d >= s.Value.Depth)))];

    private static int Decimals(JsonElement number) =>
        (decimal.GetBits(number.GetDecimal() / 1.000000000000000000000000000000m)[3] >> 16) & 0xFF;
}
