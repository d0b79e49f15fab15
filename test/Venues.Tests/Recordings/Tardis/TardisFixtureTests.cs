using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Testing;

namespace Parallax.Venues.Tests.Recordings.Tardis;

[Trait("Category", "Fixtures")]
public sealed class TardisFixtureTests
{
    private static string Gemini => SharedData.Path("data", "tri-gemini-20210417", "incremental_book_L2.csv.gz");

    [SharedFact]
    public void Gemini_capture_imports_as_935_messages_with_no_crossed_book()
    {
        var crossed = 0;
        var tape = new CollectedTape { After = (_, _, book) => crossed += book.State is BookState.Crossed or BookState.Locked ? 1 : 0 };
        var report = Venues.Recordings.Import.RecordingImport.Run(
            new() { Format = Venues.Recordings.RecordingFormat.Find("tardis-l2")!, Files = [Gemini] }, tape);

        Assert.Equal(935, report.Records.BookSnapshots + report.Records.BookDeltas);
        Assert.Equal(10, report.Records.BookSnapshots);
        Assert.Equal(22_633, report.Records.Levels);
        Assert.Equal(0, report.BadLines);
        Assert.Equal(0, crossed);
        Assert.Equal(
            ["AMP/USD", "BAL/USD", "BCH/BTC", "BTC/USD", "ETH/BTC", "ETH/USD", "LTC/USD", "MKR/USD", "OXT/USD", "ZEC/BTC"],
            tape.Instruments.Select(instrument => instrument.Id.Pair));
    }

    [SharedFact]
    public void Gemini_capture_has_as_many_messages_a_symbol_as_its_readme_counts()
    {
        var (tape, _) = CollectedTape.Import("tardis-l2", Gemini);
        var counts = tape.Records
            .Where(record => record.Header.Kind is MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta)
            .CountBy(record => tape.Instruments[record.Header.Subject].Symbol)
            .ToDictionary();

        Assert.Equal(223, counts["ETHUSD"]);
        Assert.Equal(223, counts["LTCUSD"]);
        Assert.Equal(200, counts["BTCUSD"]);
        Assert.Equal(93, counts["ETHBTC"]);
        Assert.Equal(6, counts["AMPUSD"]);
    }

    [SharedFact]
    public void Ticks_and_lots_of_the_gemini_capture_are_the_decimals_seen()
    {
        var (tape, _) = CollectedTape.Import("tardis-l2", Gemini);
        var instrument = tape.Instruments.Single(candidate => candidate.Symbol == "BTCUSD");
        Assert.Equal(0.01m, instrument.TickSize);
        Assert.Equal(InstrumentKind.Spot, instrument.Id.Kind);
    }
}
