using System.Globalization;
using System.Text;
using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Tests.Kraken;

/// <summary>Recorded sessions of version 2: every checksum must verify, on either path, and the final book must be the one given.</summary>
[Trait("Category", "Fixtures")]
public sealed class BookCaptureTests
{
    public static TheoryData<string> Captures => KrakenFixtures.Files("book_v2_*.jsonl");

    [SharedTheory]
    [MemberData(nameof(Captures))]
    public void Every_checksum_of_a_book_capture_verifies(string file)
    {
        var lines = File.ReadAllLines(KrakenFixtures.PathOf(file));
        var fast = Replay(lines, general: false);
        var general = Replay(lines, general: true);
        for (var i = 0; i < fast.Books.Length; i++)
        {
            Assert.Equal(0, fast.Books[i].ChecksumMismatches);
            Assert.True(fast.Books[i].VerifiedChecksums > 0);
            Assert.Equal(fast.Books[i].VerifiedChecksums, general.Books[i].VerifiedChecksums);
            Assert.Equal(fast.Books[i].Bids.ToArray(), general.Books[i].Bids.ToArray());
            Assert.Equal(fast.Books[i].Asks.ToArray(), general.Books[i].Asks.ToArray());
        }

        Assert.Equal(fast.Headers, general.Headers);
    }

    [SharedTheory]
    [MemberData(nameof(Captures))]
    public void Final_book_is_the_one_given(string file)
    {
        var final = KrakenFixtures.PathOf(Path.GetFileNameWithoutExtension(file) + ".final.json");
        if (!File.Exists(final))
        {
            return;
        }

        using var expected = JsonDocument.Parse(File.ReadAllText(final));
        var root = expected.RootElement;
        var lines = File.ReadAllLines(KrakenFixtures.PathOf(file));
        var end = root.TryGetProperty("last_update_index", out var index) ? index.GetInt32() + 1 : lines.Length;
        var book = Assert.Single(Replay(lines[..Math.Min(end, lines.Length)], general: false).Books);
        Assert.Equal(Levels(root.GetProperty("asks")), Levels(book, BookSide.Ask));
        Assert.Equal(Levels(root.GetProperty("bids")), Levels(book, BookSide.Bid));
    }

    private static BookSink Replay(string[] lines, bool general)
    {
        var seen = new DecimalsSeen();
        foreach (var line in lines)
        {
            seen.Observe(line);
        }

        var instruments = seen.Instruments();
        var sink = new BookSink(instruments);
        var parser = new FrameParser(SymbolTable.Of(instruments));
        for (var i = 0; i < lines.Length; i++)
        {
            var frame = Encoding.UTF8.GetBytes(lines[i]);
            var result = general ? parser.ParseGeneral(frame, i, sink) : parser.Parse(frame, i, sink);
            Assert.True(result.Kind != FrameKind.Rejected, $"line {i + 1}: {result}");
        }

        return sink;
    }

    private static (decimal, decimal)[] Levels(JsonElement side) =>
        [.. side.EnumerateArray().Select(level => (Number(level[0]), Number(level[1])))];

    private static decimal Number(JsonElement value) => decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static (decimal, decimal)[] Levels(OrderBook book, BookSide side) =>
        [.. book.Levels(side).ToArray().Select(l => (book.Instrument.Price(l.PriceTicks), book.Instrument.Quantity(l.QuantityLots)))];
}
