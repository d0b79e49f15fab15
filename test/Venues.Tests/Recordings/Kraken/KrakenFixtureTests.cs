using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Testing;

namespace Parallax.Venues.Tests.Recordings.Kraken;

[Trait("Category", "Fixtures")]
public sealed class KrakenFixtureTests
{
    public static TheoryData<string> Captures =>
        [.. SharedData.Files("venues/fixtures/kraken", "book_v2_*.jsonl").Select(path => Path.GetFileName(path)!)];

    [SharedTheory]
    [MemberData(nameof(Captures))]
    public void Every_checksum_of_a_recorded_book_matches_on_the_tape(string file)
    {
        var path = SharedData.Path("venues", "fixtures", "kraken", file);
        var (tape, report) = CollectedTape.Import("kraken-v2", path);

        var book = Assert.Single(tape.Books);
        Assert.Equal(report.Records.BookSnapshots + report.Records.BookDeltas, book.VerifiedChecksums);
        Assert.Equal(File.ReadLines(path).Count(), book.VerifiedChecksums);
        Assert.Equal(0, book.ChecksumMismatches);
        Assert.Equal(BookState.Live, book.State);
        RequireFinal(path, book);
    }

    [SharedFact]
    public void Live_frames_without_receive_times_stand_at_their_own()
    {
        var (tape, report) = CollectedTape.Import("kraken-v2", SharedData.Path("data", "protocol-fixtures", "kraken", "live_v2_ethbtc_20260826.jsonl"));

        Assert.Equal(2, tape.Books[0].VerifiedChecksums);
        Assert.Equal("ETH/BTC", tape.Instruments[0].Id.Pair);
        Assert.Equal(10, tape.Instruments[0].BookDepth);
        Assert.Equal(0.000001m, tape.Instruments[0].TickSize);
        Assert.Equal("2026-08-26T15:16:16.637831000Z", new UtcNanos(report.Records.FirstReceivedTime!.Value).ToString());
        Assert.Equal("2026-08-26T15:16:16.730423000Z", new UtcNanos(report.Records.LastReceivedTime!.Value).ToString());
    }

    private static void RequireFinal(string path, OrderBook book)
    {
        var final = Path.ChangeExtension(path, ".final.json");
        if (!File.Exists(final))
        {
            return;
        }

        using var document = JsonDocument.Parse(File.ReadAllText(final));
        Require(document.RootElement.GetProperty("bids"), book.Bids.ToArray());
        Require(document.RootElement.GetProperty("asks"), book.Asks.ToArray());

        void Require(JsonElement expected, Level[] levels)
        {
            Assert.Equal(
                expected.EnumerateArray().Select(level => (Value(level, 0), Value(level, 1))),
                levels.Select(level => (book.Instrument.Price(level.PriceTicks), book.Instrument.Quantity(level.QuantityLots))));
        }

        static decimal Value(JsonElement level, int at) => level.ValueKind == JsonValueKind.Array
            ? decimal.Parse(level[at].ToString(), System.Globalization.NumberStyles.Float)
            : decimal.Parse(level.GetProperty(at == 0 ? "price" : "qty").ToString(), System.Globalization.NumberStyles.Float);
    }
}
