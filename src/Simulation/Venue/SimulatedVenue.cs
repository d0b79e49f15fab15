using System.Runtime.CompilerServices;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Venue;

/// <summary>A venue made of recorded books and stated assumptions: where orders go in backtest, demo and paper.</summary>
/// <remarks>
/// <para>Time is told, never read. Whoever replays the market keeps three rules (docs/concepts/simulation.md): before a record is given
/// to the engine, <see cref="ProcessBefore"/> is called when <see cref="HasWorkBefore"/> its received time; records received at one
/// moment all reach the engine before orders of that moment; after it, <see cref="Observe"/> is called while <see cref="IsWatching"/>.</para>
/// <para>Engine thread only. Costs one comparison a record while nothing is in flight. Orders and their fills are pooled. The same
/// calls with the same models give the same reports.</para>
/// </remarks>
public sealed class SimulatedVenue : IOrderGateway
{
    private readonly Instrument[] _instruments;
    private readonly FeeModel _fees;
    private readonly ILatencyModel _latency;
    private readonly IOrderFaults _faults;
    private readonly SimulatedVenueTerms _terms;
    private readonly TakerFill _fill;
    private readonly VenueClock _clock;
    private readonly DueQueue _due = new();
    private readonly Dictionary<ClientOrderId, VenueOrder> _orders = [];
    private readonly Queue<VenueOrder> _remembered = [];
    private readonly Stack<VenueOrder> _free = [];
    private readonly Queue<AccountPicture> _pictures = [];
    private ulong _tradeId;

    /// <param name="instruments">By instrument number.</param>
    /// <param name="clock">How the venue's times map to ours; <see langword="null"/> when they are the same axis.</param>
    /// <param name="seed">For the chance that belongs to the venue itself (who else takes a level); the models have their own seeds.</param>
    public SimulatedVenue(
        IEnumerable<Instrument> instruments,
        FeeModel fees,
        ILatencyModel latency,
        IOrderFaults faults,
        SimulatedVenueTerms terms,
        ulong seed,
        VenueClock? clock = null)
    {
        _instruments = [.. instruments];
        _fees = fees;
        _latency = latency;
        _faults = faults;
        _terms = terms.Validated();
        _fill = new TakerFill(_instruments.Length, terms.Fills, seed);
        _clock = clock ?? new VenueClock();
    }

    /// <summary>What the venue holds for us; <see langword="null"/> where it keeps no account: then a survey fails.</summary>
    public VenueAccount? Account { get; init; }

    /// <summary>Whether <see cref="Observe"/> has to see book records now: this run took from a level not long ago.</summary>
    public bool IsWatching => _fill.Taken.IsWatching;

    /// <summary>Sends an order on its way; reports come out of <see cref="ProcessBefore"/>.</summary>
    public void Submit(in OrderRequest request)
    {
        var fault = _faults.OfOrder(request);
        var order = (_free.TryPop(out var free) ? free : new VenueOrder()).Restart(request, fault, _latency.ResponseNanos() + fault.ExtraResponseNanos);
        _remembered.Enqueue(order);
        _orders.TryAdd(request.Id, order);
        var arrival = request.SentTime + _latency.EntryNanos() + fault.ExtraEntryNanos;
        if (!fault.LosesRequest)
        {
            Schedule(new Due(arrival, DueKind.OrderArrives, request.Id, order));
        }

        var deadline = request.SentTime + _terms.DeadlineNanos;
        if (fault.LosesRequest || fault.LosesResponse || arrival + order.ResponseNanos > deadline)
        {
            Schedule(new Due(deadline, DueKind.Deadline, request.Id, order));
        }
    }

    /// <summary>Asks for an order by our id; the answer takes the same ways as an order and its report.</summary>
    /// <remarks>
    /// Answered with everything the venue knows, as if reported now: acceptance, fills with their trade ids (which tell a fact already
    /// known), cancellation or rejection; or with <see cref="OrderEventType.NotFound"/>.
    /// </remarks>
    public void Query(ClientOrderId id, long sentTime)
    {
        var fault = _faults.OfQuery(id);
        var arrival = sentTime + _latency.EntryNanos() + fault.ExtraEntryNanos;
        var response = _latency.ResponseNanos() + fault.ExtraResponseNanos;
        var deadline = sentTime + _terms.DeadlineNanos;
        var isAnswered = !fault.LosesRequest && !fault.LosesResponse;
        var order = _orders.GetValueOrDefault(id);
        if (isAnswered)
        {
            Schedule(new Due(arrival, DueKind.QueryArrives, id, order, ResponseNanos: response));
        }

        if (!isAnswered || arrival + response > deadline)
        {
            Schedule(new Due(deadline, DueKind.Deadline, id, order));
        }
    }

    /// <summary>Does nothing: every order here is over as soon as it has arrived, so a cancel comes too late.</summary>
    public void Cancel(ClientOrderId id, long sentTime)
    {
    }

    /// <summary>Does nothing, as <see cref="Cancel"/>.</summary>
    public void CancelAll(long sentTime)
    {
    }

    /// <summary>Asks for <see cref="Account"/>, and for fills that were not reported yet; the answer takes the same ways as an order and its report.</summary>
    public void Survey(long sinceTime, long sentTime) =>
        Schedule(new Due(sentTime + _latency.EntryNanos(), DueKind.SurveyArrives, default, null, sinceTime, _latency.ResponseNanos()));

    /// <summary>When the next arrival, report or deadline is due.</summary>
    /// <returns><see langword="false"/> when nothing is in flight.</returns>
    public bool TryNextTime(out long time)
    {
        time = _due.Count > 0 ? _due.FirstTime : 0;
        return _due.Count > 0;
    }

    /// <summary>Whether anything is due before a moment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasWorkBefore(long time) => _due.Count > 0 && _due.FirstTime < time;

    /// <summary>Lets everything happen that is due before a moment, what the reports cause included.</summary>
    /// <param name="time">Received time of the next record, which comes first at equal times; <see cref="long.MaxValue"/> after the last.</param>
    /// <param name="market">Holds what was received up to now.</param>
    public void ProcessBefore(long time, IVenueMarket market, IOrderEventSink sink)
    {
        while (HasWorkBefore(time))
        {
            var due = _due.Take();
            Happen(due, market, sink);
            if (due.Order is { } order)
            {
                order.Pending--;
            }
        }

        Forget();
    }

    /// <summary>Shows a record that the engine was given, so that changed levels count as refilled.</summary>
    public void Observe(Record record) => _fill.Taken.Observe(record, _clock.ToLocal(record.Header));

    private void Schedule(in Due due)
    {
        _due.Add(due);
        if (due.Order is { } order)
        {
            order.Pending++;
        }
    }

    private void Happen(in Due due, IVenueMarket market, IOrderEventSink sink)
    {
        switch (due.Kind)
        {
            case DueKind.OrderArrives:
                Arrive(due.Order!, due.Time, market);
                break;
            case DueKind.QueryArrives:
                Look(due);
                break;
            case DueKind.Report:
                VenueReports.Tell(due, sink);
                break;
            case DueKind.NotFound:
                sink.Take(VenueReports.Plain(due, OrderEventType.NotFound), due.VenueTime, due.Time);
                break;
            case DueKind.SurveyArrives:
                _pictures.Enqueue(AccountPicture.Taken(Account, _instruments, _remembered, sinceTime: due.VenueTime, due.Time));
                Schedule(due with { Time = due.Time + due.ResponseNanos, Kind = DueKind.Statement });
                break;
            case DueKind.Statement:
                _pictures.Dequeue().Tell(due.Time, sink);
                break;
            default:
                sink.Take(VenueReports.Plain(due, OrderEventType.OutcomeUnknown), due.Time, due.Time);
                break;
        }
    }

    private void Arrive(VenueOrder order, long time, IVenueMarket market)
    {
        var id = order.Request.Id;
        if (_orders.TryGetValue(id, out var first) && first != order && first.HasArrived)
        {
            order.RejectReason = "duplicate client order id";
        }
        else
        {
            _orders[id] = order;
            order.Arrive(time);
            Match(order, time, market);
        }

        if (!order.Fault.LosesResponse)
        {
            Schedule(new Due(time + order.ResponseNanos, DueKind.Report, id, order, time));
        }
    }

    private void Match(VenueOrder order, long time, IVenueMarket market)
    {
        ref readonly var request = ref order.Request;
        if (request.Instrument >= _instruments.Length)
        {
            order.RejectReason = "unknown instrument";
            return;
        }

        var instrument = _instruments[request.Instrument];
        order.RejectReason = OrderRules.Broken(request, instrument) ?? order.Fault.RejectReason;
        if (order.RejectReason is not null)
        {
            return;
        }

        var isAllOrNothing = request.TimeInForce == TimeInForce.FillOrKill;
        var quantity = request.QuantityLots;
        if (order.Fault.FillLotsMax is { } cap && cap < quantity)
        {
            quantity = isAllOrNothing ? 0 : cap;
        }

        var book = market.BookAt(request.Instrument, time, _fill.Taken);
        var budget = new SpendBudget(request.SpendMax, _fees, request.Instrument, instrument, request.Side);
        var fills = _fill.Walk(request.Instrument, book, request.Side, request.LimitTicks, quantity, isAllOrNothing, budget, time);
        Charge(order, instrument, fills);
    }

    private void Charge(VenueOrder order, Instrument instrument, ReadOnlySpan<Level> fills)
    {
        ref readonly var request = ref order.Request;
        var asset = _fees.AssetOn(request.Instrument, instrument, request.Side);
        decimal quantity = 0, notional = 0, charged = 0;
        foreach (ref readonly var fill in fills)
        {
            var lots = instrument.Quantity(fill.QuantityLots) * instrument.ContractMultiplier;
            quantity += lots;
            notional += lots * instrument.Price(fill.PriceTicks);
            var fee = _fees.Charged(request.Instrument, request.Side, quantity, notional);
            var filled = new VenueFill(fill, fee - charged, asset, ++_tradeId);
            order.Add(filled);
            Account?.Settle(instrument, request.Side, filled);
            charged = fee;
        }
    }

    private void Look(in Due query)
    {
        var isKnown = _orders.TryGetValue(query.Id, out var order) && order.HasArrived
            && query.Time - order.ArrivalTime >= _terms.QueryLagNanos;
        Schedule(query with
        {
            Time = query.Time + query.ResponseNanos,
            Kind = isKnown ? DueKind.Report : DueKind.NotFound,
            Order = isKnown ? order : query.Order,
            VenueTime = query.Time,
        });
    }

    /// <summary>Reuses the oldest orders beyond those that queries may still ask for.</summary>
    private void Forget()
    {
        while (_remembered.Count > _terms.RememberedOrders && _remembered.Peek().Pending == 0)
        {
            var order = _remembered.Dequeue();
            if (_orders.TryGetValue(order.Request.Id, out var known) && known == order)
            {
                _orders.Remove(order.Request.Id);
            }

            _free.Push(order);
        }
    }
}
