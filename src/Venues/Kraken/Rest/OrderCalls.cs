using System.Globalization;
using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>The private methods that place and cancel: the way out while the private feed is down.</summary>
/// <remarks>They do not count on the account's call counter, but on those of the pairs.</remarks>
internal static class OrderCalls
{
    /// <summary>Places a limit order, once.</summary>
    /// <param name="lots">What is really asked for, not above the request's.</param>
    /// <param name="deadline">On the venue's clock, UTC nanoseconds.</param>
    public static Task<RestAnswer<PlacedOrder>> AddOrderAsync(
        this KrakenRest rest, OrderRequest request, Instrument instrument, long lots, long deadline, CancellationToken cancellation) =>
        rest.CallAsync(
            new PrivateCall(
                "AddOrder",
                0m,
                ("pair", instrument.Symbol),
                ("type", request.Side == Side.Buy ? "buy" : "sell"),
                ("ordertype", "limit"),
                ("volume", Text(instrument.Quantity(lots))),
                ("price", Text(instrument.Price(request.LimitTicks))),
                ("timeinforce", request.TimeInForce == TimeInForce.ImmediateOrCancel ? "IOC" : "GTC"),
                ("oflags", "fciq"),
                ("cl_ord_id", request.Id.ToString()),
                ("deadline", new UtcNanos(deadline).ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)))
            {
                IsUrgent = true,
                IsNowOrNever = true,
            },
            OrderAnswers.AddOrder,
            cancellation);

    public static Task<RestAnswer<CanceledOrders>> CancelOrderAsync(this KrakenRest rest, ClientOrderId id, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("CancelOrder", 0m, ("cl_ord_id", id.ToString())) { IsUrgent = true }, OrderAnswers.CancelOrder, cancellation);

    /// <summary>Takes back every order of the account.</summary>
    public static Task<RestAnswer<CanceledOrders>> CancelAllAsync(this KrakenRest rest, CancellationToken cancellation) =>
        rest.CallAsync(new PrivateCall("CancelAll", 0m) { IsUrgent = true }, OrderAnswers.CancelOrder, cancellation);

    /// <summary>The venue takes back every order of the account unless this is asked again in time.</summary>
    /// <param name="seconds">Zero turns it off.</param>
    /// <remarks>https://docs.kraken.com/api-reference/trading/cancel-all-orders-after-x. UNSURE: its cost; taken for a plain call's.</remarks>
    public static Task<RestAnswer<DeadManTime>> CancelAllOrdersAfterAsync(this KrakenRest rest, int seconds, CancellationToken cancellation) =>
        rest.CallAsync(
            new PrivateCall("CancelAllOrdersAfter", 1m, ("timeout", seconds.ToString(CultureInfo.InvariantCulture))) { IsUrgent = true },
            OrderAnswers.CancelAllOrdersAfter,
            cancellation);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
