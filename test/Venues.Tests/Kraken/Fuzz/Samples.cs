using System.Text;

namespace Parallax.Venues.Tests.Kraken.Fuzz;

/// <summary>One valid message of every kind, so that spoiling them needs no file.</summary>
internal static class Samples
{
    public static byte[][] Frames { get; } = Bytes(
        """{"channel":"heartbeat"}""",
        """{"channel":"status","type":"update","data":[{"system":"online","api_version":"v2","connection_id":18266300427528990701,"version":"2.0.4"}]}""",
        """{"channel":"instrument","type":"snapshot","data":{"assets":[{"id":"USD","status":"enabled","precision":4}],"pairs":[{"symbol":"BTC/USD","base":"BTC","quote":"USD","status":"online","qty_precision":8,"qty_increment":1e-08,"price_precision":1,"cost_precision":5,"cost_min":0.5,"price_increment":0.1,"qty_min":0.0001}]}}""",
        """{"channel":"ticker","type":"snapshot","data":[{"symbol":"BTC/USD","bid":105944.20,"bid_qty":2.5,"ask":105944.30,"ask_qty":3.2,"last":105899.40,"volume":163.28908096,"timestamp":"2022-12-25T09:30:59.123456Z"}]}""",
        """{"channel":"trade","type":"update","data":[{"symbol":"ETH/USDT","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706Z"}]}""",
        """{"channel":"executions","type":"update","data":[{"order_id":"OK4GJX","order_userref":3,"exec_id":"TGBB7L","exec_type":"trade","trade_id":62887576,"symbol":"BTC/USD","side":"sell","last_qty":0.005,"last_price":26599.9,"liquidity_ind":"t","cost":132.9995,"order_status":"partially_filled","cum_qty":0.005,"cum_cost":132.9995,"avg_price":26599.9,"fees":[{"asset":"USD","qty":0.3458}],"timestamp":"2023-09-22T10:33:05.709993Z"}],"sequence":10}""",
        """{"channel":"balances","type":"snapshot","data":[{"asset":"BTC","balance":1.2,"wallets":[{"type":"spot","id":"main","balance":1.2}]}],"sequence":1}""",
        """{"channel":"balances","type":"update","data":[{"ledger_id":"AAICKV","timestamp":"2023-09-22T10:33:05.710082Z","type":"trade","asset":"BTC","wallet_type":"spot","wallet_id":"main","amount":-0.005,"fee":0.0,"balance":0.005}],"sequence":9}""",
        """{"method":"pong","req_id":42,"time_in":"2023-09-25T09:05:00.123456Z","time_out":"2023-09-25T09:05:00.123500Z"}""",
        """{"method":"subscribe","result":{"channel":"book","depth":10,"snapshot":true,"symbol":"ETH/BTC","warnings":["w"]},"success":true,"req_id":1}""",
        """{"method":"add_order","req_id":42,"success":true,"result":{"order_id":"OABCDE","cl_ord_id":"O-1","order_userref":0}}""",
        """{"method":"add_order","req_id":99,"success":false,"error":"EService: Throttled: 1741500000"}""",
        """{"method":"batch_add","success":true,"result":[{"order_id":"O1","order_userref":1},{"cl_ord_id":"O-B","success":false,"error":"EOrder:Invalid price"}]}""",
        """{"method":"batch_add","success":true,"result":{"orders":[{"order_id":"O1"}]}}""",
        """{"method":"batch_cancel","success":true,"orders_cancelled":3}""",
        """{"method":"cancel_all_orders_after","success":true,"result":{"triggerTime":"2023-09-21T15:51:09Z"}}""",
        """{"Error":"Exceeded msg rate"}""");

    public static byte[][] Answers { get; } = Bytes(
        """{"error":["EService:Busy","WGeneral:Slow"],"result":{}}""",
        """{"error":[],"result":{"XXBTZUSD":{"altname":"XBTUSD","wsname":"XBT/USD","aclass_base":"currency","cost_decimals":5,"pair_decimals":1,"lot_decimals":8,"fees":[[0,0.26],[50000,0.24]],"fees_maker":[[0,-0.02]],"ordermin":"0.0001","costmin":"0.5","tick_size":"0.1","status":"online"}}}""",
        """{"error":[],"result":{"XXBT":{"aclass":"currency","altname":"XBT","decimals":10,"status":"enabled"}}}""",
        """{"error":[],"result":{"XXBTZUSD":{"asks":[["30384.10000","2.059",1688671659]],"bids":[["30297.00000","1.115",1688671636]]}}}""",
        """{"error":[],"result":{"XXBTZUSD":{"a":["30300.10000","1","1.000"],"b":["30300.00000","1","1.000"],"c":["30303.20000","0.00067643"],"v":["4083.67001100","4412.73601799"]}}}""",
        """{"error":[],"result":{"unixtime":1762820224,"rfc1123":"Tue, 11 Nov 25 00:17:04 +0000"}}""",
        """{"error":[],"result":{"status":"online","timestamp":"2025-11-11T00:17:10Z"}}""",
        """{"error":[],"result":{"ZUSD":"171288.6158","USD.M":"1213029.2780"}}""",
        """{"error":[],"result":{"ZUSD":{"balance":25435.21,"hold_trade":8249.76,"credit":"1","credit_used":"0.5"}}}""",
        """{"error":[],"result":{"currency":"ZUSD","volume":"200709587.4223","fees":{"XXBTZUSD":{"fee":"0.1000","nextfee":null}},"fees_maker":{"XXBTZUSD":{"fee":"0.0000"}}}}""",
        """{"error":[],"result":{"api_key_name":"TestKey","permissions":["query-funds","withdraw-funds"]}}""",
        """{"error":[],"result":{"token":"abc","expires":900}}""",
        """{"error":[],"result":{"descr":{"order":"buy 2.1 XBTUSD"},"txid":["OUF4EM"]}}""",
        """{"error":[],"result":{"orders":[{"txid":"O5OR23","descr":{"order":"buy"}},{"error":"EOrder:Invalid price"}]}}""",
        """{"error":[],"result":{"count":1,"pending":false}}""",
        """{"error":[],"result":{"open":{"OQCLML":{"userref":0,"cl_ord_id":"c","status":"open","opentm":1688666559.8974,"descr":{"pair":"XBTUSD","type":"buy","ordertype":"limit","price":"30010.0"},"vol":"1.25","vol_exec":"0.375","cost":"11253.7","fee":"0.0","price":"30010.0","oflags":"fciq","trades":["TCCCTY"]}}}}""",
        """{"error":[],"result":{"trades":{"THVRQM":{"ordertxid":"OQCLML","pair":"XXBTZUSD","time":1688667796.8802,"type":"buy","price":"30010.00000","cost":"600.20000","fee":"0.00000","vol":"0.02000000","trade_id":40274859,"maker":true}}}}""");

    private static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
