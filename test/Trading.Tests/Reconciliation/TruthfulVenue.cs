using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;

namespace Parallax.Trading.Tests.Reconciliation;

/// <summary>A venue that trades each order on arrival, keeps the account, and tells the whole truth whenever it is asked.</summary>
/// <param name="fills">Which part of its lots an order fills; at its limit, with a fee of 1 % in what it receives.</param>
internal sealed class TruthfulVenue(IReadOnlyDictionary<Asset, decimal> capital, Func<OrderRequest, decimal> fills)
{
    private readonly Dictionary<ClientOrderId, (OrderRequest Request, OrderEvent? Fill)> _orders = [];
    private readonly SortedDictionary<Asset, decimal> _account = new(capital.ToDictionary());
    private (int Orders, int Queries, int Surveys) _seen;
    private ulong _trade;

    public IReadOnlyDictionary<Asset, decimal> Account => _account;

    public IEnumerable<OrderRequest> Traded => _orders.Values.Where(order => order.Fill is not null).Select(order => order.Request);

    /// <summary>An order arrives, and trades.</summary>
    public void Take(OrderRequest request, Instrument instrument)
    {
        var lots = (long)(request.QuantityLots * fills(request));
        if (lots == 0)
        {
            _orders.Add(request.Id, (request, null));
            return;
        }

        var (quantity, cost) = (instrument.Quantity(lots), instrument.Quantity(lots) * instrument.Price(request.LimitTicks));
        var isBuy = request.Side == Side.Buy;
        var (asset, fee) = isBuy ? (instrument.Base, quantity * 0.01m) : (instrument.Quote, cost * 0.01m);
        _account[instrument.Base] = _account.GetValueOrDefault(instrument.Base) + (isBuy ? quantity : -quantity);
        _account[instrument.Quote] = _account.GetValueOrDefault(instrument.Quote) + (isBuy ? -cost : cost);
        _account[asset] -= fee;
        _orders.Add(request.Id, (request, Event(request, OrderEventType.Filled) with
        {
            Fill = new Level(request.LimitTicks, lots),
            Fee = fee,
            FeeAsset = asset,
            TradeId = ++_trade,
        }));
    }

    /// <summary>Another session connects: what it sends and asks is looked at from its beginning.</summary>
    public void Reconnect() => _seen = default;

    /// <summary>Takes what the engine sent and answers what it asked, until it is silent.</summary>
    public void Serve(HandFed hand)
    {
        while (_seen != (hand.Orders.Count, hand.Queries.Count, hand.Surveys.Count))
        {
            if (_seen.Orders < hand.Orders.Count)
            {
                var request = hand.Orders[_seen.Orders++];
                Take(request, hand.Engine.Markets.Instrument(request.Instrument));
                Tell(hand, request.Id);
            }
            else if (_seen.Queries < hand.Queries.Count)
            {
                Tell(hand, hand.Queries[_seen.Queries++]);
            }
            else
            {
                _seen.Surveys = hand.Surveys.Count;
                hand.SayBalances([.. _account.Select(held => (held.Key, held.Value))]);
            }
        }
    }

    /// <summary>Lets time pass until no plan is open and the account is proved.</summary>
    public void Settle(HandFed hand, int wakes = 200)
    {
        for (var i = 0; i < wakes; i++)
        {
            Serve(hand);
            if (hand.Engine is { Executor: { OpenCount: 0, OrdersOut: 0 }, Reconciler.IsReconciled: true })
            {
                return;
            }

            hand.Wake();
        }
    }

    private void Tell(HandFed hand, ClientOrderId id)
    {
        if (!_orders.TryGetValue(id, out var order))
        {
            hand.Give(new OrderEvent { Id = id, Type = OrderEventType.NotFound, Reason = "" });
            return;
        }

        hand.Give(Event(order.Request, OrderEventType.Accepted));
        if (order.Fill is { } fill)
        {
            hand.Give(fill);
        }

        if (order.Fill?.Fill.QuantityLots != order.Request.QuantityLots)
        {
            hand.Give(Event(order.Request, OrderEventType.Canceled));
        }
    }

    private static OrderEvent Event(OrderRequest request, OrderEventType type) => new()
    {
        Id = request.Id,
        Type = type,
        Instrument = request.Instrument,
        Side = request.Side,
        Reason = "",
    };
}
