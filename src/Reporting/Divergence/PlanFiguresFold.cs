using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Reporting.Divergence;

/// <summary>Folds one session's journal records into the figures of its plans, each with those that brought home what it left.</summary>
internal sealed class PlanFiguresFold
{
    private readonly SortedDictionary<int, Plan> _plans = [];
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<ushort, Instrument> _instruments = [];
    private readonly Dictionary<int, Plan> _byNumber = [];
    private int _session;

    public IReadOnlyList<PlanFigures> Plans => [.. _plans.Values.Select(plan => plan.Figures())];

    /// <exception cref="MalformedRecordException">The record is not what its kind promises.</exception>
    public void Take(Record record)
    {
        ref readonly var header = ref record.Header;
        var reader = new PayloadReader(record.Payload);
        switch (header.Kind)
        {
            case MarketRecordKind.Instrument:
                _instruments[header.Subject] = InstrumentRecord.Read(record.Payload);
                break;
            case OrderEvent.RecordKind:
                OnEvent(OrderEvent.Read(record), header.ReceivedTime);
                break;
            case (byte)DecisionKind.SessionStarted:
                _session = SessionStarted.Read(ref reader).Number;
                break;
            case (byte)DecisionKind.PlanOpened:
                Open(PlanOpened.Read(ref reader), header.ReceivedTime);
                break;
            case (byte)DecisionKind.OrderIntent:
                OnIntent(OrderIntent.Read(ref reader), header);
                break;
            case (byte)DecisionKind.PlanClosed:
                var closed = PlanClosed.Read(ref reader);
                if (_byNumber.TryGetValue(closed.Plan, out var plan))
                {
                    plan.Close(closed, header.ReceivedTime);
                }

                break;
            case (byte)DecisionKind.PlanSettled:
                var settled = PlanSettled.Read(ref reader);
                if (settled.Session == _session && _byNumber.TryGetValue(settled.Plan, out var whole))
                {
                    whole.Settle(settled, header.ReceivedTime);
                }

                break;
        }
    }

    private void Open(in PlanOpened opened, long time)
    {
        // One that brings home what a plan of an earlier session left is all that this session knows of it.
        if (opened.First is { } first && first.Session == _session && _byNumber.TryGetValue(first.Number, out var whole))
        {
            _byNumber[opened.Plan] = whole;
            return;
        }

        _plans[opened.Plan] = _byNumber[opened.Plan] = new Plan(opened, time);
    }

    private void OnIntent(in OrderIntent intent, in RecordHeader header)
    {
        // An order of a plan that an earlier session opened belongs to no plan here.
        if (_byNumber.TryGetValue(intent.Plan, out var plan) && _instruments.TryGetValue(header.Subject, out var instrument))
        {
            _orders[intent.Id] = plan.Add(new Order(intent, instrument, header.ReceivedTime));
        }
    }

    private void OnEvent(in OrderEvent told, long time)
    {
        if (_orders.TryGetValue(told.Id, out var order))
        {
            order.Take(told, time);
        }
    }

    private sealed class Plan(PlanOpened opened, long openedTime)
    {
        private readonly List<Order> _orders = [];
        private PlanOutcome? _outcome;
        private decimal? _realised;
        private long? _endTime;

        public Order Add(Order order)
        {
            _orders.Add(order);
            return order;
        }

        public void Close(in PlanClosed closed, long time)
        {
            (_outcome, _endTime) = (_outcome ?? closed.Outcome, _endTime ?? time);
            _realised = (_realised ?? 0m) + closed.Result;
        }

        public void Settle(in PlanSettled settled, long time)
        {
            (_outcome, _realised) = (settled.Outcome, (_realised ?? 0m) + settled.Change);
            _endTime = settled.Open == 0 ? time : _endTime;
        }

        public PlanFigures Figures() => new(
            opened.Plan, opened.Cycle, opened.StartAsset, opened.ExpectedProfit,
            _outcome, _realised, _endTime - openedTime,
            [.. _orders.Select(order => order.Figures())]);
    }

    private sealed class Order(OrderIntent intent, Instrument instrument, long sentTime)
    {
        private readonly HashSet<ulong> _trades = [];
        private decimal _quantity, _notional;
        private long? _answered;

        public void Take(in OrderEvent told, long time)
        {
            _answered ??= time;
            if (told.Type == OrderEventType.Filled && _trades.Add(told.TradeId))
            {
                var quantity = instrument.Quantity(told.Fill.QuantityLots);
                _quantity += quantity;
                _notional += quantity * instrument.Price(told.Fill.PriceTicks);
            }
        }

        public OrderFigures Figures() => new(
            intent.Id, intent.Leg, instrument.Id.Pair, _answered - sentTime, _quantity, _quantity > 0m ? _notional / _quantity : null);
    }
}
