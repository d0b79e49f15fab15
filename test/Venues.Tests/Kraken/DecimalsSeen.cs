using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Makes the instruments of a recording that brings no definitions, from its numbers and its first checksum.</summary>
/// <remarks>
/// The most decimals seen anywhere are a lower bound, since collectors drop trailing zeros; nearly all of Kraken's pairs print eight
/// decimals of quantity and some five. Of what is possible, the first that the snapshot's checksum confirms is taken.
/// </remarks>
internal sealed class DecimalsSeen
{
    private static readonly int[] Depths = [10, 25, 100, 500, 1000];

    private readonly SortedDictionary<string, Seen> _symbols = new(StringComparer.Ordinal);

    public void Observe(string frame)
    {
        using var document = JsonDocument.Parse(frame);
        if (!document.RootElement.TryGetProperty("channel", out var channel) || channel.GetString() != "book")
        {
            return;
        }

        var isSnapshot = document.RootElement.GetProperty("type").GetString() == "snapshot";
        foreach (var entry in document.RootElement.GetProperty("data").EnumerateArray())
        {
            var symbol = entry.GetProperty("symbol").GetString()!;
            if (!_symbols.TryGetValue(symbol, out var seen))
            {
                _symbols.Add(symbol, seen = new Seen());
            }

            seen.Snapshot ??= isSnapshot ? frame : null;
            foreach (var side in new[] { "bids", "asks" })
            {
                foreach (var level in entry.GetProperty(side).EnumerateArray())
                {
                    seen.Price = Math.Max(seen.Price, Decimals(level.GetProperty("price")));
                    seen.Quantity = Math.Max(seen.Quantity, Decimals(level.GetProperty("qty")));
                }

                seen.Depth = isSnapshot ? Math.Max(seen.Depth, entry.GetProperty(side).GetArrayLength()) : seen.Depth;
            }
        }
    }

    public Instrument[] Instruments() => [.. _symbols.Select(s => Candidates(s.Key, s.Value).FirstOrDefault(i => Confirms(i, s.Value.Snapshot)) ?? Candidates(s.Key, s.Value).First())];

    private static IEnumerable<Instrument> Candidates(string symbol, Seen seen)
    {
        var depth = Depths.First(d => d >= seen.Depth);
        foreach (var price in Enumerable.Range(seen.Price, 5))
        {
            foreach (var quantity in Enumerable.Range(seen.Quantity, 6).OrderBy(q => q == 8 ? 0 : 1))
            {
                yield return AnInstrument.Of(symbol, price, quantity, depth);
            }
        }
    }

    private static bool Confirms(Instrument instrument, string? snapshot)
    {
        if (snapshot is null)
        {
            return false;
        }

        var sink = new BookSink(instrument);
        new FrameParser(SymbolTable.Of([instrument])).ParseGeneral(Encoding.UTF8.GetBytes(snapshot), 0, sink);
        return sink.Books[0] is { State: not (BookState.Invalid or BookState.AwaitingSnapshot), VerifiedChecksums: > 0 };
    }

    private static int Decimals(JsonElement number) => Domain.Decimals.Trim(number.GetDecimal()).Scale;

    private sealed class Seen
    {
        public int Price { get; set; }

        public int Quantity { get; set; }

        public int Depth { get; set; }

        public string? Snapshot { get; set; }
    }
}
