using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Testing;
using Parallax.Venues.Recordings;

namespace Parallax.Venues.Tests.Recordings.Capture;

[Trait("Category", "Fixtures")]
public sealed class CaptureFixtureTests
{
    private static string Session(string exchange) => SharedData.Path("data", "captures-cryptofeed-v3", $"{exchange}.jsonl.gz");

    [SharedFact]
    public void Kraken_session_keeps_every_checksum_through_the_tape()
    {
        var crossed = 0;
        var tape = new CollectedTape { After = (_, _, book) => crossed += book.State is BookState.Crossed or BookState.Locked ? 1 : 0 };
        var report = Venues.Recordings.Import.RecordingImport.Run(new() { Format = RecordingFormat.Find("capture")!, Files = [Session("KRAKEN")] }, tape);

        Assert.Equal(4269, tape.Books.Sum(book => book.VerifiedChecksums));
        Assert.Equal(0, tape.Books.Sum(book => book.ChecksumMismatches));
        Assert.Equal(0, crossed);
        Assert.Equal(10, report.Records.BookSnapshots);
        Assert.Equal(4269, report.Records.BookDeltas);
        Assert.Equal(10, report.Records.Trades);
        Assert.Equal(18, report.Records.BestQuotes);
        Assert.Equal(
            ["ADA/BTC", "BTC/CHF", "ETH/CHF", "GRT/ETH", "KSM/BTC", "OCEAN/BTC", "OMG/USD", "SC/EUR", "WAVES/EUR", "XMR/USD"],
            tape.Instruments.Select(instrument => instrument.Id.Pair));
        var monero = tape.Instruments[^1];
        Assert.Equal((0.01m, 0.00000001m, 8, 1000), (monero.TickSize, monero.LotSize, monero.PriceDecimals, monero.BookDepth));
    }

    [SharedTheory]
    [InlineData("BINANCE", "binance-spot", "BLZ/ETH LRC/BTC NKN/USDT RUNE/EUR")]
    [InlineData("BINANCE_US", "binance-us", "COMP/USDT CRV/USDT OMG/BUSD ZRX/USDT")]
    [InlineData("BINANCE_FUTURES", "binance-usdm", "AKRO/USDT:perp CTK/USDT:perp KEEP/USDT:perp SUSHI/USDT:perp")]
    public void Binance_session_synchronizes_every_book_without_a_gap(string exchange, string venue, string pairs)
    {
        var tops = 0;
        var tape = new CollectedTape { After = (_, _, book) => Assert.False(book.State is BookState.Crossed or BookState.Locked) };
        var report = Venues.Recordings.Import.RecordingImport.Run(new() { Format = RecordingFormat.Find("capture")!, Files = [Session(exchange)] }, tape);

        Assert.Equal(pairs.Split(' '), tape.Instruments.Select(instrument => instrument.Id.Pair));
        Assert.All(tape.Instruments, instrument => Assert.Equal(venue, instrument.Id.Venue.Name));
        Assert.Equal(4, report.Records.BookSnapshots);
        Assert.Equal(0, report.Records.FeedStates);
        Assert.DoesNotContain(report.Notes, note => note.Contains("gap", StringComparison.Ordinal) || note.Contains("snapshot", StringComparison.Ordinal));
        foreach (var book in tape.Books)
        {
            Assert.Equal(BookState.Live, book.State);
            tops += book.TryGetBest(BookSide.Bid, out _) && book.TryGetBest(BookSide.Ask, out _) ? 1 : 0;
        }

        Assert.Equal(4, tops);
    }

    [SharedFact]
    public void Another_exchange_is_refused_by_name()
    {
        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import("capture", Session("OKX")));
        Assert.Contains("captures of \"OKX\" are not yet supported; supported: BINANCE", wrong.Message, StringComparison.Ordinal);
    }
}
