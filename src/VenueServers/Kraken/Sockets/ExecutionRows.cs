using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>Rows of the <c>executions</c> channel. After <c>pending_new</c> a row has only what changed, and the order's ids.</summary>
internal static class ExecutionRows
{
    /// <summary>Validated, not live yet: tells all of the order.</summary>
    public static void PendingNew(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        Ids(json, order);
        Terms(json, order, "pending_new", "pending_new");
        json.WriteNumber("cum_cost", 0.0m);
        json.WriteNumber("fee_usd_equiv", 0.0m);
        json.WriteString("timestamp", Timestamps.Rfc3339(order.OpenTime));
        json.WriteEndObject();
    }

    public static void New(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        json.WriteString("timestamp", Timestamps.Rfc3339(order.OpenTime));
        json.WriteString("order_status", "new");
        json.WriteString("exec_type", "new");
        Ids(json, order);
        json.WriteEndObject();
    }

    /// <summary>An open order in the snapshot.</summary>
    public static void Status(Utf8JsonWriter json, Order order, decimal usdFee)
    {
        json.WriteStartObject();
        Ids(json, order);
        Terms(json, order, "new", order.FilledLots == 0 ? "new" : "partially_filled");
        Sums(json, order, usdFee);
        json.WriteString("timestamp", Timestamps.Rfc3339(order.OpenTime));
        json.WriteEndObject();
    }

    /// <summary>One trade. Even the last says <c>partially_filled</c>; <c>filled</c> follows on its own, as on the venue.</summary>
    /// <param name="usdFee">The fee in USD.</param>
    public static void Traded(Utf8JsonWriter json, Fill fill, decimal usdFee)
    {
        var (order, instrument) = (fill.Order, fill.Order.Market.Instrument);
        var (quantity, cost) = CumulatedUntil(fill);
        json.WriteStartObject();
        Ids(json, order);
        json.WriteString("exec_id", fill.Id);
        json.WriteString("exec_type", "trade");
        json.WriteNumber("trade_id", fill.TradeId);
        json.WriteString("symbol", order.Market.Names.Symbol);
        json.WriteString("side", SideName(order));
        json.WriteNumber("last_qty", instrument.Quantity(fill.Lots));
        json.WriteNumber("last_price", instrument.Price(fill.PriceTicks));
        json.WriteString("liquidity_ind", fill.IsMaker ? "m" : "t");
        json.WriteNumber("cost", fill.Cost);
        json.WriteString("order_type", order.Terms.Type);
        json.WriteString("timestamp", Timestamps.Rfc3339(fill.Time));
        json.WriteString("order_status", "partially_filled");
        json.WriteNumber("cum_qty", quantity);
        json.WriteNumber("cum_cost", cost);
        json.WriteNumber("avg_price", decimal.Round(cost / quantity, instrument.PriceDecimals));
        json.WriteNumber("fee_usd_equiv", decimal.Round(usdFee, 4));
        json.WriteStartArray("fees");
        json.WriteStartObject();
        json.WriteString("asset", instrument.Quote.Code);
        json.WriteNumber("qty", fill.FeeTold);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Filled(Utf8JsonWriter json, Order order, decimal usdFee, long now) =>
        End(json, order, "filled", usdFee, now);

    public static void Canceled(Utf8JsonWriter json, Order order, decimal usdFee, long now) =>
        End(json, order, "canceled", usdFee, now);

    public static string SideName(Order order) => order.Side == Side.Buy ? "buy" : "sell";

    private static void End(Utf8JsonWriter json, Order order, string type, decimal usdFee, long now)
    {
        json.WriteStartObject();
        json.WriteString("timestamp", Timestamps.Rfc3339(now));
        json.WriteString("order_status", type);
        json.WriteString("exec_type", type);
        Sums(json, order, usdFee);
        Ids(json, order);
        if (order.Reason is { } reason)
        {
            json.WriteString("cancel_reason", reason);
            json.WriteString("reason", reason);
        }

        json.WriteEndObject();
    }

    private static void Ids(Utf8JsonWriter json, Order order)
    {
        json.WriteString("order_id", order.Id);
        if (order.Terms.ClientId is { } id)
        {
            json.WriteString("cl_ord_id", id);
        }

        if (order.Terms.UserReference is { } reference)
        {
            json.WriteNumber("order_userref", reference);
        }
    }

    private static void Terms(Utf8JsonWriter json, Order order, string execType, string status)
    {
        var (terms, instrument) = (order.Terms, order.Market.Instrument);
        json.WriteString("symbol", order.Market.Names.Symbol);
        json.WriteNumber("order_qty", instrument.Quantity(terms.QuantityLots));
        json.WriteString("time_in_force", TimeInForceName(terms.TimeInForce));
        json.WriteString("exec_type", execType);
        json.WriteString("side", SideName(order));
        json.WriteString("order_type", terms.Type);
        if (terms.LimitTicks is { } limit)
        {
            json.WriteString("limit_price_type", "static");
            json.WriteNumber("limit_price", instrument.Price(limit));
        }

        json.WriteNumber("stop_price", 0.0m);
        json.WriteString("order_status", status);
        json.WriteString("fee_ccy_pref", "fciq");
    }

    private static void Sums(Utf8JsonWriter json, Order order, decimal usdFee)
    {
        json.WriteNumber("cum_qty", order.FilledQuantity);
        json.WriteNumber("cum_cost", order.Cost);
        json.WriteNumber("fee_usd_equiv", decimal.Round(usdFee, 4));
        json.WriteNumber("avg_price", order.AveragePrice);
    }

    private static (decimal Quantity, decimal Cost) CumulatedUntil(Fill fill)
    {
        var (lots, cost) = (0L, 0m);
        foreach (var one in fill.Order.Fills)
        {
            lots += one.Lots;
            cost += one.Cost;
            if (one == fill)
            {
                break;
            }
        }

        return (fill.Order.Market.Instrument.Quantity(lots), cost);
    }

    private static string TimeInForceName(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
        _ => "GTC",
    };
}
