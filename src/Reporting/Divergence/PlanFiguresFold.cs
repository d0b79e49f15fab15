using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Reporting.Divergence;

/// <summary>Folds one session's journal records into the figures of its plans.</summary>
internal sealed class PlanFiguresFold
{
    private readonly SortedDictionary<int, Plan> _plans = [];
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<ushort, Instrument> _instruments = [];

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
            case (byte)DecisionKind.PlanOpened:
                var opened = PlanOpened.Read(ref reader);
                _plans[opened.Plan] = new Plan(opened, header.ReceivedTime);
                break;
            case (byte)DecisionKind.OrderIntent:
                OnIntent(OrderIntent.Read(ref reader), header);
                break;
            case (byte)DecisionKind.PlanClosed:
                var closed = PlanClosed.Read(ref reader);
                if (_plans.TryGetValue(closed.Plan, out var plan))
                {
                    plan.Close(closed, header.ReceivedTime);
                }

                break;
        }
    }

    private void OnIntent(in OrderIntent intent, in RecordHeader header)
    {
        // An order of a plan that an earlier session opened belongs to no plan here.
        if (_plans.TryGetValue(intent.Plan, out var plan) && _instruments.TryGetValue(header.Subject, out var instrument))
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
        private (PlanClosed Closed, long Time)? _end;

        public Order Add(Order order)
        {
            _orders.Add(order);
            return order;
        }

        public void Close(in PlanClosed closed, long time) => _end = (closed, time);

        public PlanFigures Figures() => new(
            opened.Plan, opened.Cycle, opened.StartAsset, opened.ExpectedProfit,
            _end?.Closed.Outcome, _end?.Closed.Realised, _end?.Time - openedTime,
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
