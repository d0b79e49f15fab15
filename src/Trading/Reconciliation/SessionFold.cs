using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <summary>One session of a journal, folded: what it owns and what it has not finished.</summary>
internal sealed partial class SessionFold(int session)
{
    /// <summary>Trades and movements this much older than the last statement may be told again: a venue's history lags behind.</summary>
    internal const long OverlapNanos = 60 * UtcNanos.PerSecond;

    private readonly SortedDictionary<Holding, ExactSum> _balances = [];
    private readonly SortedDictionary<int, FoldedPlan> _plans = [];
    private readonly Dictionary<int, int> _numberBefore = [];
    private readonly List<FoldedOrder> _orders = [];
    private readonly Dictionary<ClientOrderId, FoldedOrder> _orderById = [];
    private readonly SortedDictionary<int, Opening.Residual> _residuals = [];
    private readonly SortedDictionary<VenueId, long> _known = [];
    private readonly List<Opening.Booked> _booked = [];
    private readonly List<Opening.Booked> _told = [];
    private readonly SortedDictionary<string, Opening.Route> _routes = new(StringComparer.Ordinal);
    private readonly BookedTrades _trades = new();
    private readonly Dictionary<(int Session, int Number), int> _adopted = [];
    private int _lastPlan;
    private int _declared;
    private long _lastTime;

    public IReadOnlyList<Opening> Openings()
    {
        Forget();
        return
        [
            .. _balances.Where(held => !held.Value.IsZero).Select(held => new Opening.Balance(held.Key, held.Value.Value)),
            .. _plans.Where(plan => plan.Value.HasSent).Select(plan => plan.Value.Left(session, plan.Key)),
            .. _orders.Select(order => order.Left(_plans.ContainsKey(order.Plan))),
            .. _residuals.Values,
            .. _known.Select(known => new Opening.Known(known.Key, known.Value)),
            .. _booked,
            .. _routes.Values,
            .. _trades.All.Select(trade => new Opening.Trade(trade)),
            .. _trades.Ended,
            .. _trades.All.Take(1).Select(_ => new Opening.HistoryKept(_trades.CompleteSince)),
        ];
    }

    /// <exception cref="MalformedRecordException">A record is not what its kind promises.</exception>
    public void Take(Record record, List<Instrument> instruments)
    {
        var payload = new PayloadReader(record.Payload);
        _lastTime = record.Header.ReceivedTime;
        _trades.BeginAt(_lastTime);
        switch (record.Header.Kind)
        {
            case Opening.RecordKind:
                Take(Opening.Read(record), record.Header.ReceivedTime);
                break;
            case (byte)DecisionKind.PlanOpened:
                var opened = PlanOpened.Read(ref payload);
                _lastPlan = Math.Max(_lastPlan, opened.Plan);
                _plans.TryAdd(opened.Plan, new FoldedPlan(opened, record.Header.ReceivedTime));
                break;
            case (byte)DecisionKind.BookSeen:
                var seen = BookSeen.Read(ref payload);
                var market = At(instruments, record.Header.Subject);
                if (_plans.TryGetValue(seen.Plan, out var planned))
                {
                    planned.Legs.Add(new LegLeft(market.Id, seen.Side, market.Quantity(seen.QuantityLots), market.Price(seen.LimitTicks)));
                }

                break;
            case (byte)DecisionKind.OrderIntent:
                Take(OrderIntent.Read(ref payload), At(instruments, record.Header.Subject));
                break;
            case OrderEvent.RecordKind:
                Take(OrderEvent.Read(record), instruments);
                break;
            case (byte)DecisionKind.OrderAbsent:
                if (_orderById.TryGetValue(OrderAbsent.Read(ref payload).Id, out var absent) && absent.End(_lastTime))
                {
                    Ended(absent);
                }

                break;
            case (byte)DecisionKind.Posted:
                Take(Posted.Read(ref payload), record.Header.ReceivedTime);
                break;
            case (byte)DecisionKind.PlanClosed:
                Take(PlanClosed.Read(ref payload), record.Header.ReceivedTime);
                break;
            case (byte)DecisionKind.PolicyChosen:
                var chosen = PolicyChosen.Read(ref payload);
                if (_plans.TryGetValue(chosen.Plan, out var chooser))
                {
                    chooser.Choose(chosen);
                }

                break;
            case (byte)DecisionKind.ResidualDeclared:
                var declared = ResidualDeclared.Read(ref payload);
                _declared = Math.Max(_declared, declared.Number);
                _residuals[declared.Number] = new Opening.Residual(
                    declared.Number, declared.Holding, declared.Amount, declared.StartAsset, declared.Cost, declared.Mark,
                    declared.EarlierSession > 0 ? declared.EarlierSession : session, declared.Plan, record.Header.ReceivedTime);
                break;
            case (byte)DecisionKind.ResidualTaken:
                var taken = ResidualTaken.Read(ref payload);
                if (_residuals.Remove(taken.Number, out var residual) && _plans.TryGetValue(taken.Plan, out var taker))
                {
                    taker.Take(residual);
                }

                break;
            case (byte)DecisionKind.Reconciled:
                var reconciled = Reconciled.Read(ref payload);
                if (reconciled.IsComplete)
                {
                    Book(_told.Count);
                }

                if (reconciled.KnownTime > 0)
                {
                    _known[reconciled.Venue] = reconciled.KnownTime;
                    Forget();
                }

                break;
            case Statement.RecordKind:
                Take(Statement.Read(record), record.Header.ReceivedTime);
                break;
        }
    }

    private void Take(Opening left, long time)
    {
        switch (left)
        {
            case Opening.RunningPlan plan:
                // The session that takes plans over numbers them from 1, in this order.
                _numberBefore[plan.Number] = ++_lastPlan;
                _adopted[(plan.Session, plan.Number)] = _lastPlan;
                _plans.Add(_lastPlan, new FoldedPlan(plan));
                break;
            case Opening.Order order:
                Add(new FoldedOrder(order, _numberBefore.GetValueOrDefault(order.Plan), time));
                break;
            case Opening.Residual residual:
                _residuals[residual.Number] = residual;
                _declared = Math.Max(_declared, residual.Number);
                break;
            case Opening.Known known:
                _known[known.Venue] = known.Time;
                break;
            case Opening.Booked booked:
                _booked.Add(booked);
                break;
            case Opening.Route route:
                _routes[route.Name] = route;
                break;
            case Opening.Trade or Opening.EndedPlan or Opening.HistoryKept:
                _trades.Adopt([left], _adopted, session);
                break;
        }
    }

    private void Take(in OrderIntent intent, Instrument instrument)
    {
        Add(new FoldedOrder(intent, instrument));
        if (_plans.TryGetValue(intent.Plan, out var plan))
        {
            plan.Sent(intent);
        }
    }

    private void Take(in OrderEvent told, List<Instrument> instruments)
    {
        if (!_orderById.TryGetValue(told.Id, out var order))
        {
            return;
        }

        if (told.Type == OrderEventType.Filled)
        {
            order.Tell(told.TradeId, At(instruments, told.Instrument).Quantity(told.Fill.QuantityLots));
        }
        else if (told.Type is OrderEventType.Canceled or OrderEventType.Rejected or OrderEventType.NotSent && order.End(_lastTime))
        {
            Ended(order);
        }
    }

    private void Ended(FoldedOrder order)
    {
        if (_plans.TryGetValue(order.Plan, out var plan))
        {
            plan.Ended(order);
        }
    }

    private void Take(in Posted posted, long time)
    {
        if (posted.Reason is PostingReason.ForeignTrade or PostingReason.Deposit or PostingReason.Withdrawal)
        {
            Book(Math.Min(1, _told.Count));
        }

        foreach (ref readonly var line in posted.Lines.Span)
        {
            if (line.Account == Account.Holdings)
            {
                _balances[line.Holding] = _balances.GetValueOrDefault(line.Holding) + line.Amount;
            }
        }

        _plans.TryGetValue(posted.Plan, out var plan);
        plan?.Account.Add(posted.Lines.Span);
        if (posted.Reason == PostingReason.TradeReversal && _trades.TryFind(posted.Order, posted.TradeId, out var reversed))
        {
            plan?.TakeBack(reversed);
            Leave(posted, reversed, time);
        }

        _trades.Take(posted, session, time);
        if (posted.Reason == PostingReason.Fill && _closed.TryGetValue(posted.Plan, out var closed))
        {
            Leave(posted, closed, time);
        }

        if (_orderById.TryGetValue(posted.Order, out var order))
        {
            var before = order.Filled;
            var endsNow = order.Book(posted.TradeId, time);
            plan?.Filled(order.Filled - before);
            if (endsNow)
            {
                Ended(order);
            }
        }
    }

    private void Take(Statement item, long time)
    {
        switch (item)
        {
            case Statement.ForeignTrade trade:
                Tell(new Opening.Booked(trade.Venue, trade.Reference, time));
                break;
            case Statement.Transfer transfer:
                Tell(new Opening.Booked(transfer.Venue, transfer.Reference, time));
                break;
        }
    }

    /// <summary>
    /// What was told is booked once its posting stands, or once the statement was compared that the books were opened with: a crash may come
    /// between, and then the venue has to tell it again.
    /// </summary>
    private void Tell(Opening.Booked told)
    {
        var isBooked = _booked.Exists(booked => booked.Venue == told.Venue && booked.Reference == told.Reference);
        (isBooked ? _booked : _told).Add(told);
    }

    private void Book(int count)
    {
        _booked.AddRange(_told.Take(count));
        _told.RemoveRange(0, count);
    }

    /// <summary>What ended so long ago that no statement tells of it again.</summary>
    private void Forget()
    {
        var since = (_known.Count > 0 ? _known.Values.Min() : _lastTime) - OverlapNanos;
        // A survey that reaches back over all trades of ours tells of what else happened since, too.
        var told = _trades.All.Any() ? Math.Min(since, _trades.CompleteSince) : since;
        _booked.RemoveAll(booked => booked.Time < told);
        foreach (var order in _orders.Where(order => order.HasEnded && order.LastTime < since))
        {
            _orderById.Remove(order.Id);
        }

        _orders.RemoveAll(order => order.HasEnded && order.LastTime < since);
    }

    private void Add(FoldedOrder order)
    {
        _orders.Add(order);
        _orderById[order.Id] = order;
    }

    private static Instrument At(List<Instrument> instruments, ushort number) => number < instruments.Count
        ? instruments[number]
        : throw new MalformedRecordException($"Instrument {number} is named; {instruments.Count} are defined.");
}
