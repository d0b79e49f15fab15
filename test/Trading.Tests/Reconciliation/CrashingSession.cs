using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Tests.Engine;
using Draw = Parallax.Trading.Tests.Decisions.CodecTests.Draw;

namespace Parallax.Trading.Tests.Reconciliation;

/// <summary>A session on a venue that loses, delays, repeats and cuts, in a process that dies and starts again; all of it by a seed.</summary>
/// <remarks>The venue keeps its own account: what the ledger has to come to in the end.</remarks>
internal sealed class CrashingSession
{
    private readonly Draw _draw;
    private readonly SortedDictionary<Asset, decimal> _account = new() { [HandFed.Usd] = 1_000m, [HandFed.Btc] = 0m, [HandFed.Eth] = 0m };
    private readonly Dictionary<ClientOrderId, VenueSide> _orders = [];
    private readonly Queue<Action> _pending = [];
    private HashSet<(int Session, int Plan)> _open = [];
    private HashSet<(int Session, int Plan)> _openBefore = [];
    private HandFed _hand;
    private (int Orders, int Queries, int Surveys, int Records) _seen;
    private ulong _trade;
    private bool _isCalm;

    /// <param name="hasInventory">Then legs are sent together, too.</param>
    public CrashingSession(ulong seed, bool hasInventory)
    {
        _draw = new Draw(seed);
        (_account[HandFed.Btc], _account[HandFed.Eth]) = hasInventory ? (20m, 200m) : (0m, 0m);
        _hand = new HandFed(settings => RestartTests.Reconciling(settings) with
        {
            Capital = _account.Where(held => held.Value > 0m).ToDictionary(),
            Execution = settings.Execution with
            {
                PolicyChoosing = hasInventory ? PolicyChoosing.ExpectedValue : PolicyChoosing.Sequential,
                ResidualLookNanos = seed % 2 == 0 ? UtcNanos.PerSecond : 0,
            },
        });
        _hand.Quiet();
    }

    public int Crashes { get; private set; }

    public int PlansClosed { get; private set; }

    public int Resumed { get; private set; }

    public HandFed Hand => _hand;

    public void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            switch (Percent())
            {
                case < 3:
                    Crash();
                    break;
                case < 45 when _pending.TryDequeue(out var news):
                    news();
                    break;
                case < 60:
                    _hand.Wake();
                    break;
                case < 80:
                    _hand.After(10).Quiet();
                    break;
                default:
                    _hand.After(10).Open();
                    break;
            }

            Answer();
            Check();
        }

        Settle();
    }

    /// <summary>The faults stop: everything must come to its end by itself.</summary>
    private void Settle()
    {
        _isCalm = true;
        _hand.After(10).Quiet();
        Answer();
        for (var step = 0; step < 400; step++)
        {
            while (_pending.TryDequeue(out var news))
            {
                news();
                Answer();
            }

            if (_hand.Engine.Executor.OpenCount == 0 && _hand.Engine.Executor.OrdersOut == 0 && _hand.Engine.Reconciler.IsReconciled && step > 50)
            {
                break;
            }

            _hand.Wake().Quiet();
            Answer();
            Check();
        }

        Check();
        Assert.Equal((0, 0), (_hand.Engine.Executor.OpenCount, _hand.Engine.Executor.OrdersOut));
        Assert.True(_hand.Engine.Reconciler.IsReconciled);
        Assert.Null(_hand.Engine.Executor.HaltReason);
        Assert.Empty(_hand.Engine.Reconciler.Drifts);
        Assert.Empty(_open);
        Assert.All(_account, held => Assert.Equal(held.Value, _hand.Balance(held.Key)));
        // Nothing runs: what all plans came to, and what is carried by residuals, is what trading did to the account; what no plan could own any more stands by itself.
        Assert.Equal(_hand.Balance(HandFed.Usd) - 1_000m + _hand.Carried() - _hand.OwnedByNoPlan(), _hand.Results());
        // And trading goes on, as far as the losses of such a day allow.
        var before = _hand.All<OpportunityRefused>().Count;
        _hand.After(10).Quiet().After(10).Open();
        Assert.DoesNotContain(_hand.All<OpportunityRefused>().Skip(before), refused => refused.Reason is "not-reconciled" or "balance-drift" or "kill");
    }

    /// <summary>The process dies: what was not flushed is gone, but never an intent whose order has left.</summary>
    private void Crash()
    {
        var durable = 0;
        for (var i = 0; i < _hand.Journal.Count; i++)
        {
            if (_hand.Journal[i].Header.Kind is (byte)DecisionKind.OrderIntent)
            {
                durable = i + 1;
            }
        }

        var kept = durable + (int)((uint)_draw.Int() % (uint)(_hand.Journal.Count - durable + 1));
        _open = [.. _openBefore];
        _seen.Records = 0;
        Follow(kept);
        _openBefore = [.. _open];
        _pending.Clear();
        _hand = _hand.Restarted(kept);
        _seen = default;
        Crashes++;
        _hand.Quiet();
    }

    private void Answer()
    {
        for (; _seen.Orders < _hand.Orders.Count; _seen.Orders++)
        {
            Match(_hand.Orders[_seen.Orders]);
        }

        for (; _seen.Queries < _hand.Queries.Count; _seen.Queries++)
        {
            Ask(_hand.Queries[_seen.Queries]);
        }

        for (; _seen.Surveys < _hand.Surveys.Count; _seen.Surveys++)
        {
            Survey();
        }
    }

    private void Match(OrderRequest request)
    {
        var order = new VenueSide(request);
        Assert.True(_orders.TryAdd(request.Id, order), $"{request.Id} was sent twice");
        if (Goes(10))
        {
            order.IsAbsent = true;
            return;
        }

        var instrument = _hand.Engine.Markets.Instrument(request.Instrument);
        var price = instrument.Price(request.LimitTicks);
        var affordable = request.Side == Side.Buy ? request.SpendMax / price : request.SpendMax;
        var lots = Math.Min(request.QuantityLots, instrument.LotsDown(affordable));
        lots = Percent() switch { < 15 => 0, < 40 => lots / 2, _ => lots };
        foreach (var part in new[] { lots / 3, lots - (lots / 3) })
        {
            if (part > 0)
            {
                Fill(order, instrument, new Level(request.LimitTicks, part));
            }
        }

        if (!Goes(25))
        {
            Tell(order);
        }
    }

    private void Fill(VenueSide order, Instrument instrument, Level level)
    {
        var (quantity, cost) = (instrument.Quantity(level.QuantityLots), instrument.Quantity(level.QuantityLots) * instrument.Price(level.PriceTicks));
        var isBuy = order.Request.Side == Side.Buy;
        var (asset, fee) = isBuy ? (instrument.Base, quantity * 0.01m) : (instrument.Quote, cost * 0.01m);
        _account[instrument.Base] += isBuy ? quantity : -quantity;
        _account[instrument.Quote] += isBuy ? -cost : cost;
        _account[asset] -= fee;
        order.Fills.Add(Event(order, OrderEventType.Filled) with { Fill = level, Fee = fee, FeeAsset = asset, TradeId = ++_trade });
    }

    private void Tell(VenueSide order)
    {
        Later(Event(order, OrderEventType.Accepted));
        foreach (var fill in order.Fills)
        {
            Later(fill);
            if (Goes(10))
            {
                Later(fill);
            }
        }

        if (order.Fills.Sum(fill => fill.Fill.QuantityLots) < order.Request.QuantityLots)
        {
            Later(Event(order, OrderEventType.Canceled));
        }
    }

    private void Ask(ClientOrderId id)
    {
        if (Goes(15))
        {
            return;
        }

        if (!_orders.TryGetValue(id, out var order))
        {
            // The intent was durable, and the process died before the order left it.
            _orders.Add(id, order = new VenueSide(default) { IsAbsent = true, Id = id });
        }

        if (order.IsAbsent || (order.Lag++ < 2 && Goes(20)))
        {
            Later(Event(order, OrderEventType.NotFound));
        }
        else
        {
            Tell(order);
        }
    }

    private void Survey()
    {
        var (hand, isComplete) = (_hand, !Goes(20));
        var balances = _account.Select(held => new Statement.Balance(HandFed.Venue, held.Key, held.Value, 0m)).ToArray();
        _pending.Enqueue(() => hand.Say(
            [new Statement.Begun(HandFed.Venue, 0), .. balances, new Statement.Ended(HandFed.Venue, isComplete, isComplete ? "" : "cut")]));
    }

    private void Later(OrderEvent told)
    {
        var hand = _hand;
        _pending.Enqueue(() => hand.Give(told));
    }

    private void Check()
    {
        Assert.Null(_hand.Engine.Executor.HaltReason);
        Assert.Empty(_hand.Engine.Reconciler.Drifts);
        foreach (var holding in _hand.Engine.Treasury.Reservations.Holdings)
        {
            var (balance, reserved) = (_hand.Engine.Treasury.Reservations.Balance(holding), _hand.Engine.Treasury.Reservations.Reserved(holding));
            Assert.True(reserved >= 0m && reserved <= balance, $"{reserved} of {holding} reserved, {balance} held");
        }

        Follow(_hand.Journal.Count);
        Assert.Equal(_hand.Engine.Executor.OpenCount, _open.Count(plan => plan.Session == _hand.Settings.Session));
    }

    /// <summary>Every plan has one owner at a time, and one end.</summary>
    private void Follow(int records)
    {
        var session = _hand.Settings.Session;
        for (; _seen.Records < records; _seen.Records++)
        {
            var record = _hand.Journal[_seen.Records];
            var reader = new Journal.Framing.PayloadReader(record.Payload);
            switch (record.Header.Kind)
            {
                case (byte)DecisionKind.PlanOpened:
                    Assert.True(_open.Add((session, PlanOpened.Read(ref reader).Plan)));
                    break;
                case (byte)DecisionKind.PlanResumed:
                    var resumed = PlanResumed.Read(ref reader);
                    _open.Remove((resumed.FromSession, resumed.FromPlan));
                    Resumed++;
                    break;
                case (byte)DecisionKind.PlanClosed:
                    Assert.True(_open.Remove((session, PlanClosed.Read(ref reader).Plan)));
                    PlansClosed++;
                    break;
                case (byte)DecisionKind.OpeningTaken:
                    // Whatever an earlier session had only written down, and never sent, is nobody's.
                    _open.RemoveWhere(plan => plan.Session < session);
                    break;
            }
        }
    }

    private OrderEvent Event(VenueSide order, OrderEventType type) => new()
    {
        Id = order.Id,
        Type = type,
        Instrument = order.Request.Instrument,
        Side = order.Request.Side,
        Reason = "",
    };

    private int Percent() => (int)((uint)_draw.Int() % 100);

    private bool Goes(int percent) => !_isCalm && Percent() < percent;

    /// <summary>An order as the venue knows it.</summary>
    private sealed class VenueSide(OrderRequest request)
    {
        public OrderRequest Request { get; } = request;

        public ClientOrderId Id { get; init; } = request.Id;

        public List<OrderEvent> Fills { get; } = [];

        public bool IsAbsent { get; set; }

        public int Lag { get; set; }
    }
}
