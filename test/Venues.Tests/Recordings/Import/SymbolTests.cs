using Parallax.Domain;
using Parallax.Testing;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Symbols;

namespace Parallax.Venues.Tests.Recordings.Import;

public sealed class SymbolTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Theory]
    [InlineData("BTC/USD", "BTC/USD", null)]
    [InlineData("BTC-USDT", "BTC/USDT", null)]
    [InlineData("btc_usd", "BTC/USD", null)]
    [InlineData("BTCUSDT", "BTC/USDT", null)]
    [InlineData("ETHBTC", "ETH/BTC", null)]
    [InlineData("BTCFDUSD", "BTC/FDUSD", null)]
    [InlineData("BTCTUSD", "BTC/TUSD", null)]
    [InlineData("OXTUSD", "OXT/USD", null)]
    [InlineData("USDTUSD", "USDT/USD", null)]
    [InlineData("USDCUSDT", "USDC/USDT", null)]
    [InlineData("BTCUSD_PERP", "BTC/USD", InstrumentKind.InversePerpetual)]
    [InlineData("BTC-USDT-SWAP", "BTC/USDT", InstrumentKind.LinearPerpetual)]
    [InlineData("BTCUSDT_250627", "BTC/USDT", InstrumentKind.Future)]
    [InlineData("BTC-USD-240628", "BTC/USD", InstrumentKind.Future)]
    [InlineData("PI_XBTUSD", "XBT/USD", InstrumentKind.InversePerpetual)]
    [InlineData("PF_SOLUSD", "SOL/USD", InstrumentKind.LinearPerpetual)]
    [InlineData("FI_XBTUSD_240628", "XBT/USD", InstrumentKind.Future)]
    public void Symbol_splits_by_separator_or_by_the_longest_known_quote(string symbol, string pair, InstrumentKind? kind)
    {
        var split = SymbolSplitter.Split(symbol);
        Assert.Equal(pair, $"{split?.Base}/{split?.Quote}");
        Assert.Equal(kind, split?.Kind);
    }

    [Theory]
    [InlineData("USD")]
    [InlineData("ABCDEF")]
    [InlineData("A/B/C")]
    [InlineData("/USD")]
    [InlineData("BTC-PERPETUAL")]
    [InlineData("测试USDT")]
    public void Symbol_that_says_nothing_is_not_guessed(string symbol) => Assert.Null(SymbolSplitter.Split(symbol));

    [Fact]
    public void Unsplittable_symbol_is_named_with_the_way_out()
    {
        var path = _folder.Write("a.csv", Rows("ABCDEF"));
        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import("tardis-l2", path));
        Assert.Equal(
            "The symbol ABCDEF of x does not say what its base and quote are: give --symbol ABCDEF=BASE/QUOTE, or a list with --instruments FILE.",
            wrong.Message);
    }

    [Fact]
    public void What_the_user_says_comes_before_every_list()
    {
        var list = InstrumentListFile.Read(_folder.Write("l.csv", "symbol,base,quote,tick,lot,min_qty,min_notional\nBTCUSD,BTC,USD,0.5,0.001,0.01,5\n"));
        var options = new RecordingImportOptions { Format = RecordingFormat.Find("tardis-l2")!, Files = [_folder.Write("a.csv", Rows("BTCUSD"))], Instruments = list };

        var listed = Assert.Single(CollectedTape.Import(options).Tape.Instruments);
        Assert.Equal(("BTC/USD", 0.5m, 0.001m, 0.01m, 5m), (listed.Id.Pair, listed.TickSize, listed.LotSize, listed.QuantityMin, listed.NotionalMin));

        var said = Assert.Single(CollectedTape.Import(options with { Symbols = SymbolOverrides.Parse(["BTCUSD=XYZ/EUR:perp"]) }).Tape.Instruments);
        Assert.Equal(("XYZ/EUR:perp", 0.5m), (said.Id.Pair, said.TickSize));
    }

    [Theory]
    [InlineData("BTCUSD")]
    [InlineData("=BTC/USD")]
    [InlineData("BTCUSD=BTC")]
    [InlineData("BTCUSD=BTC/USD/EUR")]
    [InlineData("BTCUSD=BTC/USD:option")]
    [InlineData("BTCUSD=BTC/U$D")]
    public void Override_that_is_none_is_refused(string text) => Assert.Throws<RecordingException>(() => SymbolOverrides.Parse([text]));

    [Theory]
    [InlineData("binance-futures", "BTCUSDT", "BTC/USDT:perp")]
    [InlineData("binance-futures", "BTCUSDT_250627", "BTC/USDT:future")]
    [InlineData("bitmex", "XBTUSD", "XBT/USD:inverse")]
    [InlineData("okex-swap", "BTC-USDT-SWAP", "BTC/USDT:perp")]
    [InlineData("binance", "BTCUSDT", "BTC/USDT")]
    [InlineData("kraken", "XBT/USD", "BTC/USD")]
    public void Contracts_of_tardis_are_told_by_their_exchange(string exchange, string symbol, string pair)
    {
        var (tape, _) = CollectedTape.Import("tardis-l2", _folder.Write("a.csv", Rows(symbol).Replace("\nx,", $"\n{exchange},", StringComparison.Ordinal)));
        Assert.Equal(pair, tape.Instruments[0].Id.Pair);
    }

    [Fact]
    public void Two_spellings_of_one_market_are_refused()
    {
        var path = _folder.Write("a.csv", Rows("BTCUSD") + "x,BTC-USD,1,10,true,bid,2,1\n");
        var wrong = Assert.Throws<RecordingException>(() => CollectedTape.Import("tardis-l2", path));
        Assert.Contains("BTC-USD and BTCUSD would both be BTC/USD@x", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("symbol,base,quote\nBTCUSD,BTC,USD\n", null)]
    [InlineData("""[{"symbol":"BTCUSD","base":"BTC","quote":"USD","tick":0.1,"lot":"1e-8"}]""", "0.1")]
    [InlineData("""{"instruments":[{"symbol":"BTCUSD","base":"BTC","quote":"USD","tick":"0.10"}]}""", "0.1")]
    [InlineData("""{"error":[],"result":{"XXBTZUSD":{"altname":"BTCUSD","wsname":"XBT/USD","pair_decimals":1,"lot_decimals":8}}}""", "0.1")]
    [InlineData("""{"symbols":[{"symbol":"BTCUSD","baseAsset":"BTC","quoteAsset":"USD","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.10000000"}]}]}""", "0.1")]
    [InlineData("market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,lot_size,market_ticker,minimum_order_size\nbinance,BTCUSD,crypto,x,USD,1,0.1,0.01,BTCUSD,5\n", "0.1")]
    public void Instrument_list_is_read_in_every_shape(string text, string? tick)
    {
        var terms = InstrumentListFile.Read(_folder.Write("list", text)).Find("BTCUSD");
        Assert.Equal(new Asset("BTC"), terms!.Base);
        Assert.Equal(new Asset("USD"), terms.Quote);
        Assert.Equal(tick is null ? null : decimal.Parse(tick), terms.TickSize);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,b\n", "line 1: an instrument list names the columns")]
    [InlineData("symbol,base,quote,tick\nBTCUSD,BTC,USD,0\n", "line 2: the tick of BTCUSD is a positive number")]
    [InlineData("symbol,base,quote,tick\nBTCUSD,BTC,USD,abc\n", "line 2: tick is a decimal number")]
    [InlineData("symbol,base,quote\nBTCUSD,,USD\n", "line 2: an instrument has a symbol, a base and a quote")]
    [InlineData("{", "is not valid JSON")]
    [InlineData("[1]", "an instrument has a symbol, a base and a quote")]
    [InlineData("{\"x\":1}", "neither a list of instruments")]
    public void Instrument_list_that_is_none_is_refused_with_its_line(string text, string expected)
    {
        var path = _folder.Write("list", text);
        var wrong = Assert.Throws<RecordingException>(() => InstrumentListFile.Read(path));
        Assert.StartsWith(path, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Nearly_every_listed_symbol_splits_as_its_venue_lists_it()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var folder in new[] { "binance-spot", "binance-usdm", "kraken", "coinbase" })
        {
            foreach (var row in SharedData.Files($"venues/fixtures/{folder}", "universe_*.csv").SelectMany(File.ReadLines).Select(line => line.Split(',')))
            {
                var (symbol, quote) = (row[1], row[4]);
                if (symbol.EndsWith(quote, StringComparison.Ordinal) && symbol.Length > quote.Length && quote is not ("USD4" or "USDSOLD"))
                {
                    count++;
                    if (SymbolSplitter.Split(symbol)?.Quote.Code != quote)
                    {
                        wrong.Add(symbol);
                    }
                }
            }
        }

        Assert.True(wrong.Count < count / 200, $"{wrong.Count} of {count}: {string.Join(' ', wrong)}");
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void Every_full_instrument_list_of_a_venue_is_read()
    {
        Assert.Equal(new Asset("DOGE"), InstrumentListFile.Read(SharedData.Path("venues", "fixtures", "kraken", "asset_pairs_full_2021-04-17.json")).Find("XDG/USD")!.Base);
        Assert.Equal(0.01m, InstrumentListFile.Read(SharedData.Path("venues", "fixtures", "binance-spot", "exchange_info_full_2024-09-08.json")).Find("BTCUSDT")!.TickSize);
        Assert.Equal(0.1m, InstrumentListFile.Read(SharedData.Path("venues", "fixtures", "binance-usdm", "exchange_info_prod_sample_25.json")).Find("BTCUSDT")!.TickSize);
        Assert.Equal(0.01m, InstrumentListFile.Read(SharedData.Path("venues", "fixtures", "binance-spot", "universe_lean_2026-08.csv")).Find("BTCUSDT")!.TickSize);
    }

    public void Dispose() => _folder.Dispose();

    private static string Rows(string symbol) =>
        $"exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\nx,{symbol},1,10,true,bid,1.5,1\n";
}
