using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Testing;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Venues.Tests.Recordings.Binance;

[Trait("Category", "Fixtures")]
public sealed class BinanceFixtureTests
{
    // Symbol, venue, pair, contract multiplier, then depth / bookTicker / trade as the README counts the lines.
    public static TheoryData<string, string, string, decimal, int, int, int> Files => new()
    {
        { "spot_btcusdt", "binance-spot", "BTC/USDT", 1m, 3451, 28040, 9757 },
        { "spot_ethusdt", "binance-spot", "ETH/USDT", 1m, 3434, 24077, 6106 },
        { "usdm_btcusdt", "binance-usdm", "BTC/USDT:perp", 1m, 6551, 66089, 21313 },
        { "usdm_ethusdt", "binance-usdm", "ETH/USDT:perp", 1m, 6586, 53992, 14076 },
        { "cm_btcusd_perp", "binance-coinm", "BTC/USD:inverse", 100m, 26847, 19136, 2286 },
        { "cm_ethusd_perp", "binance-coinm", "ETH/USD:inverse", 10m, 22909, 15812, 1732 },
    };

    [SharedTheory]
    [MemberData(nameof(Files))]
    public void Recording_imports_without_a_gap_and_ends_at_its_last_book_ticker(
        string file, string venue, string pair, decimal multiplier, int depths, int bestQuotes, int trades)
    {
        var crossed = 0;
        var snapshotAt = 0L;
        BestQuoteRecord last = default;
        var tape = new CollectedTape
        {
            KeepsRecords = false,
            After = (header, payload, book) =>
            {
                crossed += book.State is BookState.Crossed or BookState.Locked ? 1 : 0;
                snapshotAt = header.Kind == MarketRecordKind.BookSnapshot ? header.ReceivedTime : snapshotAt;
                last = header.Kind == MarketRecordKind.BestQuote ? BestQuoteRecord.Read(payload) : last;
            },
        };
        var path = SharedData.Path("data", "binance-spot-usdm-cm-20240808", $"{file}_20240808.gz");
        var report = RecordingImport.Run(new() { Format = RecordingFormat.Find("binance-combined")!, Files = [path] }, tape);

        var instrument = Assert.Single(tape.Instruments);
        Assert.Equal(venue, instrument.Id.Venue.Name);
        Assert.Equal(pair, instrument.Id.Pair);
        Assert.Equal(multiplier, instrument.ContractMultiplier);
        Assert.Equal(bestQuotes, report.Records.BestQuotes);
        Assert.Equal(trades, report.Records.Trades);
        Assert.Equal(1, report.Records.BookSnapshots);
        Assert.InRange(report.Records.BookDeltas, depths - 100, depths);
        Assert.Equal(0, report.Records.FeedStates);
        Assert.Empty(report.Notes);
        Assert.Equal(0, crossed);
        Assert.True(tape.Books[0].TryGetBest(BookSide.Bid, out var bid));
        Assert.True(tape.Books[0].TryGetBest(BookSide.Ask, out var ask));
        Assert.Equal(last.Bid.PriceTicks, bid.PriceTicks);
        Assert.Equal(last.Ask.PriceTicks, ask.PriceTicks);
    }
}
