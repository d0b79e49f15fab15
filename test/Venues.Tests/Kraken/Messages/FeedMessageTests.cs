using System.Text;
using Parallax.Testing;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Tests.Kraken.Messages;

public sealed class FeedMessageTests
{
    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void An_orders_life_adds_up_from_messages_that_carry_only_what_changed()
    {
        var rows = KrakenFixtures.Frames("ws_executions_lifecycle.jsonl").SelectMany(frame => Read<ExecutionsMessage>(frame.Frame).Rows).ToArray();
        var order = rows.Aggregate((earlier, row) => row.After(earlier));

        Assert.Equal([false, false, false, false, true], rows.Select(row => row.IsTerminal));
        Assert.Equal((ExecutionKind.Canceled, "canceled", "User requested"), (order.Kind, order.OrderStatus, order.Reason));
        Assert.Equal(("BTC/USDT", "limit", "GTC", "fciq"), (order.Symbol, order.OrderType, order.TimeInForce, order.FeePreference));
        Assert.Equal((0.00005m, 81818m, 0m, 0m, 0m), (order.OrderQuantity, order.LimitPrice, order.CumulativeQuantity, order.CumulativeCost, order.AveragePrice));
    }

    [SharedFact]
    [Trait("Category", "Fixtures")]
    public void A_fills_own_numbers_stay_with_the_fill()
    {
        var rows = KrakenFixtures.Frames("ws_executions_trade.jsonl").SelectMany(frame => Read<ExecutionsMessage>(frame.Frame).Rows).ToArray();
        var filled = new ExecutionRow { OrderId = rows[1].OrderId, Kind = ExecutionKind.Filled }.After(rows[1].After(rows[0]));

        Assert.Equal((132.9995m, 26599.9m, 3L), (rows[1].Cost, rows[1].AveragePrice, rows[1].UserReference));
        Assert.Equal((0.005m, 132.9995m, 26500m), (filled.CumulativeQuantity, filled.CumulativeCost, filled.LimitPrice));
        Assert.Equal((null, null, null, null), (filled.ExecutionId, filled.LastPrice, filled.LastQuantity, filled.Cost));
        Assert.Empty(filled.Fees);
    }

    [Theory]
    [InlineData("""{"channel":"executions","type":"update","sequence":2}""")]
    [InlineData("""{"channel":"executions","sequence":2,"data":[]}""")]
    [InlineData("""{"channel":"executions","type":"later","sequence":2,"data":[]}""")]
    [InlineData("""{"channel":"executions","type":"update","sequence":2,"data":[{"order_id":"O","exec_type":"trade","exec_id":"T","last_qty":1}]}""")]
    [InlineData("""{"channel":"executions","type":"update","sequence":2,"data":[{"order_id":"O","exec_type":"trade","last_qty":1,"last_price":1}]}""")]
    [InlineData("""{"channel":"executions","type":"update","sequence":2,"data":[{"order_id":"O","exec_type":"trade","exec_id":"T","last_qty":0,"last_price":1}]}""")]
    [InlineData("""{"channel":"executions","type":"update","sequence":2,"data":[{"order_id":"O","exec_type":"new","cum_qty":-1}]}""")]
    [InlineData("""{"channel":"balances","type":"snapshot","sequence":1}""")]
    [InlineData("""{"channel":"ticker","type":"update","data":[{"symbol":"A/B","bid":-1,"bid_qty":1,"ask":1,"ask_qty":1}]}""")]
    [InlineData("""{"channel":"status","type":"update"}""")]
    [InlineData("""{"channel":"instrument","type":"snapshot","data":[]}""")]
    [InlineData("""{"method":"batch_add","success":true,"result":{}}""")]
    [InlineData("""{"method":"add_order","req_id":1}""")]
    public void A_message_without_what_matters_never_looks_like_an_empty_one(string frame) =>
        Assert.IsType<MalformedMessage>(FeedMessage.Read(Encoding.UTF8.GetBytes(frame)));

    [Fact]
    public void Numbers_of_28_digits_are_exact()
    {
        var row = Assert.Single(Read<BalancesMessage>("""{"channel":"balances","type":"update","sequence":9,"data":[{"asset":"SHIB","wallet_type":"spot","wallet_id":"main","balance":123456789012345678.1234567891}]}"""u8.ToArray()).Rows);

        Assert.Equal(123456789012345678.1234567891m, row.Balance);
    }

    [Theory]
    [InlineData("""{"method":"cancel_all","success":true,"result":{"count":7}}""")]
    [InlineData("""{"method":"batch_cancel","success":true,"orders_cancelled":7}""")]
    [InlineData("""{"method":"batch_cancel","success":true,"result":{"orders_cancelled":7}}""")]
    public void Cancels_in_bulk_are_counted(string frame) => Assert.Equal(7, Read<OtherReply>(Encoding.UTF8.GetBytes(frame)).Count);

    [Fact]
    public void The_dead_mans_switch_says_when_it_fires()
    {
        var set = Read<OtherReply>("""{"method":"cancel_all_orders_after","success":true,"result":{"currentTime":"2023-09-21T15:49:29Z","triggerTime":"2023-09-21T15:51:09Z"}}"""u8.ToArray());
        var off = Read<OtherReply>("""{"method":"cancel_all_orders_after","success":true,"result":{"currentTime":"2023-09-21T15:49:29Z","triggerTime":"0"}}"""u8.ToArray());

        Assert.Equal("2023-09-21T15:51:09.000000000Z", set.TriggerTime.ToString());
        Assert.Null(off.TriggerTime);
    }

    [Fact]
    public void An_edit_names_the_order_it_replaced()
    {
        var reply = Read<OrderReply>("""{"method":"edit_order","success":true,"result":{"order_id":"NEW","original_order_id":"OLD"}}"""u8.ToArray());

        Assert.Equal((true, "NEW", "OLD"), (reply.IsSuccess, reply.Order.OrderId, reply.Order.OriginalOrderId));
    }

    [Theory]
    [InlineData("""{"method":"add_order","success":false,"req_id":3}""")]
    [InlineData("""{"method":"add_order","error":"EOrder:Invalid price","req_id":3}""")]
    [InlineData("""{"method":"batch_add","success":false,"error":"EOrder:Invalid price","req_id":3}""")]
    public void A_refusal_is_a_refusal_whatever_it_leaves_out(string frame)
    {
        var reply = Assert.IsAssignableFrom<ReplyMessage>(FeedMessage.Read(Encoding.UTF8.GetBytes(frame)));

        Assert.Equal((false, 3UL), (reply.IsSuccess, reply.RequestId));
    }

    private static T Read<T>(byte[] frame)
        where T : FeedMessage => Assert.IsType<T>(FeedMessage.Read(frame));
}
