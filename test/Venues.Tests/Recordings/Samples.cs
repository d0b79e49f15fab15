namespace Parallax.Venues.Tests.Recordings;

/// <summary>A few lines of each format, as a recorder would have written them.</summary>
internal static class Samples
{
    public const string TardisBook = """
        exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
        gemini,ETHUSD,1618677942586266,1618677942586266,true,bid,2368.64,0.275036
        gemini,ETHUSD,1618677942586266,1618677942586266,true,ask,2369.01,10
        gemini,BTCUSD,1618677942586301,1618677942586310,true,bid,61837.63,3.78826
        gemini,ETHUSD,1618677942686266,1618677942686266,false,bid,2368.64,0
        gemini,ETHUSD,1618677942686266,1618677942686266,false,bid,2368.60,1e-3

        """;

    public const string TardisTrades = """
        exchange,symbol,timestamp,local_timestamp,id,side,price,amount
        kraken,XBT/USD,1618677942586266,1618677942586266,101,buy,61837.6,0.02
        kraken,XBT/USD,1618677942586300,1618677942586301,102,sell,61837.5,0.5
        kraken,ETH/USD,1618677942586310,1618677942586311,,unknown,2368.6,1

        """;

    public const string KrakenV2 = """
        1618677942.586266 {"method":"subscribe","result":{"channel":"book","depth":10,"snapshot":true,"symbol":"ETH/BTC"},"success":true,"time_in":"2026-08-26T15:16:16.576099Z","time_out":"2026-08-26T15:16:16.576140Z"}
        1618677942.586300 {"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","api_version":"v2","connection_id":12072546403441331453}]}
        1618677942.586400 {"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[{"symbol":"ETH/BTC","base":"ETH","quote":"BTC","status":"online","qty_precision":8,"qty_increment":1e-08,"price_precision":6,"price_increment":1e-06,"qty_min":0.001,"cost_min":0.00002}]}}
        1618677943.0 {"channel":"book","type":"snapshot","data":[{"symbol":"ETH/BTC","bids":[{"price":0.031348,"qty":0.03740000},{"price":0.031347,"qty":2.87288049}],"asks":[{"price":0.031357,"qty":0.03740000}],"timestamp":"2026-08-26T15:16:16.637831Z"}]}
        1618677943.1 {"channel":"book","type":"update","data":[{"symbol":"ETH/BTC","bids":[{"price":0.031347,"qty":0.00000000}],"asks":[],"timestamp":"2026-08-26T15:16:16.730423Z"}]}
        1618677943.2 {"channel":"trade","type":"update","data":[{"symbol":"ETH/BTC","side":"sell","price":0.031348,"qty":0.01,"ord_type":"limit","trade_id":7,"timestamp":"2026-08-26T15:16:16.730423Z"}]}
        1618677943.3 {"channel":"ticker","type":"update","data":[{"symbol":"ETH/BTC","bid":0.031348,"bid_qty":0.0274,"ask":0.031357,"ask_qty":0.0374,"last":0.031348,"volume":1,"vwap":0.0313,"low":0.03,"high":0.04,"change":0,"change_pct":0}]}
        1618677944.0 {"channel":"heartbeat"}

        """;

    public const string BinanceCombined = """
        1723161253937085768 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":100,"u":110,"b":[["61737.63000000","0.00000000"]],"a":[["61837.64000000","1.54698000"]]}}
        1723161254036059768 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255308,"s":"BTCUSDT","U":111,"u":115,"b":[["61730.00000000","2.00000000"]],"a":[]}}
        1723161254087891268 {"stream":"btcusdt@bookTicker","data":{"u":116,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}
        1723161254087896568 {"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}
        1723161254206652067 {"lastUpdateId":112,"bids":[["61837.63000000","3.78826000"],["61837.62000000","0.61700000"]],"asks":[["61837.64000000","1.54698000"]]}
        1723161254306652067 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255408,"s":"BTCUSDT","U":116,"u":120,"b":[["61837.62000000","0.00000000"]],"a":[["61838.00000000","4.00000000"]]}}
        1723161254306652099 {"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1723161255408,"s":"BTCUSDT","k":{"t":1}}}

        """;

    public const string Capture = """
        {"t":"header","format":2,"exchange":"KRAKEN","config":{"l2_book":["XMR-USD"]},"recorded":1618678132.358447}
        {"t":"http","conn":"KRAKEN.http.sync","ts":1618678132.358447,"url":"https://api.kraken.com/0/public/AssetPairs","data":"{\"error\":[],\"result\":{\"XXMRZUSD\":{\"altname\":\"XMRUSD\",\"wsname\":\"XMR\\/USD\",\"base\":\"XXMR\",\"quote\":\"ZUSD\",\"pair_decimals\":2,\"lot_decimals\":8,\"ordermin\":\"0.1\"}}}"}
        {"t":"connect","conn":"KRAKEN.ws.48","ts":1618678132.368463,"addr":"wss://ws.kraken.com"}
        {"t":"recv","conn":"KRAKEN.ws.48","ts":1618678142.592855,"data":"[993,[[\"354.11000000\",\"0.89594024\",\"1618678142.557535\",\"s\",\"l\",\"\"]],\"trade\",\"XMR/USD\"]"}
        {"t":"recv","conn":"KRAKEN.ws.50","ts":1618678132.927716,"data":"{\"channelID\":992,\"channelName\":\"book-10\",\"event\":\"subscriptionStatus\",\"pair\":\"XMR/USD\",\"status\":\"subscribed\",\"subscription\":{\"depth\":10,\"name\":\"book\"}}"}
        {"t":"recv","conn":"KRAKEN.ws.50","ts":1618678133.626511,"data":"[992,{\"as\":[[\"354.20000000\",\"1.00000000\",\"1618678123.481570\"]],\"bs\":[[\"354.10000000\",\"2.00000000\",\"1618678123.481570\"]]},\"book-10\",\"XMR/USD\"]"}
        {"t":"recv","conn":"KRAKEN.ws.50","ts":1618678134.213106,"data":"[992,{\"b\":[[\"354.15000000\",\"5.00000000\",\"1618678133.365913\"]]},\"book-10\",\"XMR/USD\"]"}
        {"t":"recv","conn":"KRAKEN.ws.50","ts":1618678135.0,"data":"{\"event\":\"heartbeat\"}"}

        """;

    public const string BinanceCapture = """
        {"t":"header","format":2,"exchange":"BINANCE_FUTURES","recorded":1626992740.175661}
        {"t":"http","conn":"a","ts":1626992740.1,"url":"https://fapi.binance.com/fapi/v1/exchangeInfo","data":"{\"symbols\":[{\"symbol\":\"CTKUSDT\",\"baseAsset\":\"CTK\",\"quoteAsset\":\"USDT\",\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.00100\"},{\"filterType\":\"LOT_SIZE\",\"stepSize\":\"1\",\"minQty\":\"1\"},{\"filterType\":\"MIN_NOTIONAL\",\"notional\":\"5\"}]}]}"}
        {"t":"http","conn":"a","ts":1626992742.3,"url":"https://fapi.binance.com/fapi/v1/depth?symbol=CTKUSDT&limit=1000","data":"{\"lastUpdateId\":105,\"E\":1626992741986,\"T\":1626992741972,\"bids\":[[\"1.01000\",\"85782\"]],\"asks\":[[\"1.01100\",\"6483\"]]}"}
        {"t":"recv","conn":"w","ts":1626992741.4,"data":"{\"stream\":\"ctkusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1626992741203,\"T\":1626992741156,\"s\":\"CTKUSDT\",\"U\":90,\"u\":100,\"pu\":80,\"b\":[[\"1.00600\",\"14217\"]],\"a\":[]}}"}
        {"t":"recv","conn":"w","ts":1626992742.1,"data":"{\"stream\":\"ctkusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1626992741303,\"T\":1626992741256,\"s\":\"CTKUSDT\",\"U\":101,\"u\":110,\"pu\":100,\"b\":[[\"1.00700\",\"3\"]],\"a\":[[\"1.01300\",\"17718\"]]}}"}
        {"t":"recv","conn":"w","ts":1626992742.5,"data":"{\"stream\":\"ctkusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1626992741403,\"T\":1626992741356,\"s\":\"CTKUSDT\",\"U\":130,\"u\":140,\"pu\":110,\"b\":[],\"a\":[[\"1.01300\",\"0\"]]}}"}

        """;

    public static TheoryData<string, string> All => new()
    {
        { "tardis-l2", TardisBook },
        { "tardis-trades", TardisTrades },
        { "kraken-v2", KrakenV2 },
        { "binance-combined", BinanceCombined },
        { "capture", Capture },
        { "capture", BinanceCapture },
    };
}
