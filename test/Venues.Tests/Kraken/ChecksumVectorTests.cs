using System.Globalization;
using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Checksums;
using Parallax.MarketData.Records;
using Parallax.Testing;

namespace Parallax.Venues.Tests.Kraken;

[Trait("Category", "Fixtures")]
public sealed class ChecksumVectorTests
{
    public static TheoryData<string, int, string> Vectors => KrakenFixtures.Cases("checksum_vectors*.json");

    [SharedTheory]
    [MemberData(nameof(Vectors))]
    public void Checksum_is_the_one_the_venue_published(string file, int index, string name)
    {
        using var document = JsonDocument.Parse(KrakenFixtures.Read(file));
        var vector = document.RootElement[index];
        var expected = vector.GetProperty("checksum").GetUInt32();
        if (vector.TryGetProperty("crc_input", out var input))
        {
            Assert.Equal(expected, Crc32.Of(Encoding.ASCII.GetBytes(input.GetString()!)));
        }

        // Version 1 counts the digits as they stood on the wire, version 2 those of the instrument.
        var prices = Column(vector, 0);
        var quantities = Column(vector, 1);
        var priceDecimals = vector.TryGetProperty("price_precision", out var p) ? p.GetInt32() : prices.Max(Decimals);
        var quantityDecimals = vector.TryGetProperty("qty_precision", out var q) ? q.GetInt32() : quantities.Max(Decimals);
        var book = new OrderBook(AnInstrument.Of("BTC/USD", priceDecimals, quantityDecimals, depth: 0));
        book.Apply(BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 0, 0, expected), [.. Levels(vector, book.Instrument)]);
        Assert.True(book.State is BookState.Live, $"{name}: {book.InvalidReason}");
        Assert.Equal(expected, book.Checksum());
    }

    private static IEnumerable<BookLevel> Levels(JsonElement vector, Instrument instrument)
    {
        foreach (var (side, name) in new[] { (BookSide.Bid, "bids"), (BookSide.Ask, "asks") })
        {
            foreach (var level in vector.GetProperty(name).EnumerateArray())
            {
                Assert.True(instrument.TryTicks(Number(level[0]), out var ticks) & instrument.TryLots(Number(level[1]), out var lots));
                yield return new BookLevel(side, ticks, lots);
            }
        }
    }

    private static string[] Column(JsonElement vector, int column) =>
        [.. new[] { "bids", "asks" }.SelectMany(side => vector.GetProperty(side).EnumerateArray()).Select(level => level[column].ToString())];

    private static int Decimals(string text) => text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;

    private static decimal Number(JsonElement value) => decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
