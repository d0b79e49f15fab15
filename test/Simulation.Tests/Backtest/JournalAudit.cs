using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Testing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Simulation.Tests.Backtest;

/// <summary>A journal that checks, at every record, what must hold at every step, by arithmetic of its own.</summary>
internal sealed class JournalAudit : IRecordSink
{
    private readonly RecordList _records = new();
    private readonly List<Instrument> _instruments = [];
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<int, PlanOpened> _open = [];
    private readonly Dictionary<(int Plan, Asset Asset), decimal> _planNet = [];
    private readonly SortedDictionary<Asset, decimal> _changes = [];
    private readonly SortedDictionary<Asset, decimal> _explained = [];
    private readonly List<(Instrument Instrument, BookSeen Seen)> _seen = [];
    private readonly HashSet<int> _ended = [];
    private readonly Dictionary<int, ResidualDeclared> _left = [];

    public required FeeTable Fees { get; init; }

    /// <summary>The venue may fill an order that was proved absent: then a balance that others counted on can be overdrawn.</summary>
    public bool MayOverdraw { get; init; }

    public Engine? Engine { get; set; }

    public int Plans => _ended.Count;

    public int Outcomes(PlanOutcome outcome) => _records.All<PlanClosed>().Count(plan => plan.Outcome == outcome);

    public RecordList Records => _records;

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        _records.Append(header, payload);
        Take(_records[_records.Count - 1]);
        CheckBalances();
    }

    /// <summary>What must hold when everything is over.</summary>
    public void CheckEnd()
    {
        Require(_open.Count == 0, $"plans {string.Join(", ", _open.Keys)} have no end");
        foreach (var (asset, change) in _changes)
        {
            Require(change == _explained.GetValueOrDefault(asset), $"the balance of {asset} changed by {change}, the plans explain {_explained.GetValueOrDefault(asset)}");
        }

        foreach (var holding in Engine!.Treasury.Reservations.Holdings)
        {
            Require(Engine.Treasury.Reservations.Reserved(holding) == 0m, $"{holding} is still reserved");
        }
    }

    private void Take(Record record)
    {
        var reader = new PayloadReader(record.Payload);
        switch (record.Header.Kind)
        {
            case MarketRecordKind.Instrument:
                _instruments.Add(InstrumentRecord.Read(record.Payload));
                break;
            case OrderEvent.RecordKind:
                Take(OrderEvent.Read(record));
                break;
            case (byte)DecisionKind.OrderIntent:
                var intent = OrderIntent.Read(ref reader);
                Require(_open.ContainsKey(intent.Plan), $"order {intent.Id} belongs to no open plan");
                Require(_orders.TryAdd(intent.Id, new Order(intent.QuantityLots)), $"order {intent.Id} was sent twice");
                break;
            case (byte)DecisionKind.BookSeen:
                _seen.Add((_instruments[record.Header.Subject], BookSeen.Read(ref reader)));
                CheckClaim();
                break;
            case (byte)DecisionKind.PlanOpened:
                var opened = PlanOpened.Read(ref reader);
                Require(_open.TryAdd(opened.Plan, opened) && !_ended.Contains(opened.Plan), $"plan {opened.Plan} was opened twice");
                Require(opened.GrossProfit + opened.Fees + opened.Rounding == opened.ExpectedProfit, $"plan {opened.Plan}: the waterfall does not sum");
                _seen.Clear();
                break;
            case (byte)DecisionKind.ResidualDeclared:
                var left = ResidualDeclared.Read(ref reader);
                // One that is listed may be told again: there is less of it, or it is not coming home after all.
                Require(!_left.TryGetValue(left.Number, out var before) || (before.Holding == left.Holding && left.Amount <= before.Amount), $"residual {left.Number} became another");
                _left[left.Number] = left;
                break;
            case (byte)DecisionKind.ResidualTaken:
                Take(ResidualTaken.Read(ref reader));
                break;
            case (byte)DecisionKind.Posted:
                Take(Posted.Read(ref reader));
                break;
            case (byte)DecisionKind.PlanClosed:
                Take(PlanClosed.Read(ref reader));
                break;
        }
    }

    private void Take(OrderEvent told)
    {
        Require(_orders.TryGetValue(told.Id, out var order), $"news of {told.Id}, which was never intended");
        if (told.Type == OrderEventType.Filled && order!.Trades.Add(told.TradeId))
        {
            order.FilledLots += told.Fill.QuantityLots;
            Require(order.FilledLots <= order.OrderedLots, $"order {told.Id} filled {order.FilledLots} of {order.OrderedLots}");
        }
    }

    private void Take(Posted posted)
    {
        foreach (var asset in posted.Lines.ToArray().GroupBy(line => line.Asset))
        {
            Require(asset.Sum(line => line.Amount) == 0m, $"postings of trade {posted.TradeId} do not sum to zero in {asset.Key}");
        }

        foreach (var line in posted.Lines.ToArray().Where(line => line.Account == Account.Holdings && posted.Plan > 0))
        {
            _changes[line.Asset] = _changes.GetValueOrDefault(line.Asset) + line.Amount;
            _planNet[(posted.Plan, line.Asset)] = _planNet.GetValueOrDefault((posted.Plan, line.Asset)) + line.Amount;
            if (_ended.Contains(posted.Plan))
            {
                // A fill after the end of its plan explains itself; it has halted trading.
                _explained[line.Asset] = _explained.GetValueOrDefault(line.Asset) + line.Amount;
            }
        }

        Require(posted.Plan == 0 || _orders[posted.Order].Trades.Contains(posted.TradeId), $"trade {posted.TradeId} was booked and never told");
        Require(posted.Plan == 0 || _orders[posted.Order].Booked.Add(posted.TradeId), $"trade {posted.TradeId} was booked twice");
    }

    /// <summary>A plan of its own brings home what another left: it begins with that, and what was explained by the other is explained by this one.</summary>
    private void Take(ResidualTaken taken)
    {
        var left = _left[taken.Number];
        if (taken.Plan > 0)
        {
            _planNet[(taken.Plan, left.Holding.Asset)] = left.Amount;
            _explained[left.Holding.Asset] = _explained.GetValueOrDefault(left.Holding.Asset) - left.Amount;
        }
    }

    private void Take(PlanClosed closed)
    {
        Require(_open.Remove(closed.Plan, out var opened) && _ended.Add(closed.Plan), $"plan {closed.Plan} ended twice or never began");
        Require(closed.Realised == _planNet.GetValueOrDefault((closed.Plan, opened.StartAsset)), $"plan {closed.Plan}: realised is not what its fills did");
        Require(
            opened.GrossProfit + opened.Fees + opened.Rounding + closed.Slippage == closed.Realised, $"plan {closed.Plan}: the waterfall does not sum to what was realised");
        _explained[opened.StartAsset] = _explained.GetValueOrDefault(opened.StartAsset) + closed.Realised;
        foreach (var left in closed.Remainders.ToArray())
        {
            Require(left.Amount == _planNet[(closed.Plan, left.Asset)], $"plan {closed.Plan} lists {left}, its fills left {_planNet[(closed.Plan, left.Asset)]}");
            _explained[left.Asset] = _explained.GetValueOrDefault(left.Asset) + left.Amount;
        }

        var nodes = opened.Cycle.Split('>').Length - 1;
        Require(closed.Outcome != PlanOutcome.Completed || closed.Remainders.ToArray().All(left => left.IsDust), $"plan {closed.Plan} completed with a residual");
        Require(closed.Remainders.Length < nodes, $"plan {closed.Plan} lists more remainders than it has assets");
    }

    /// <summary>Walks the books that the decision saw: they must pay at least what the plan expects.</summary>
    private void CheckClaim()
    {
        var opened = _open[_seen[^1].Seen.Plan];
        // A plan without an opportunity begins in its middle, with what it brings home, and claims no profit.
        if (opened.Opportunity == 0 || _seen.Count < opened.Cycle.Split('>').Length - 1)
        {
            return;
        }

        decimal? held = null;
        foreach (var (instrument, seen) in _seen)
        {
            var terms = Fees.For(instrument);
            var (quantity, notional) = Walk(instrument, seen);
            var (spent, received) = seen.Side == Side.Buy ? (notional, quantity) : (quantity, notional);
            var isFeeInBase = terms.AssetOn(seen.Side) == FeeAsset.Base;
            var fee = terms.On(isFeeInBase ? quantity : notional);
            (spent, received) = isFeeInBase == (seen.Side == Side.Buy) ? (spent, received - fee) : (spent + fee, received);
            Require(spent <= (held ?? opened.Input), $"plan {opened.Plan}: leg {seen.Leg} spends {spent} of {held ?? opened.Input}");
            held = received;
        }

        Require(held - opened.Input >= opened.ExpectedProfit, $"plan {opened.Plan} expects {opened.ExpectedProfit}, its books pay {held - opened.Input}");
    }

    private static (decimal Quantity, decimal Notional) Walk(Instrument instrument, BookSeen seen)
    {
        var (left, quantity, notional) = (seen.QuantityLots, 0m, 0m);
        foreach (var level in seen.Levels.Span)
        {
            var taken = instrument.Quantity(Math.Min(left, level.QuantityLots));
            left -= Math.Min(left, level.QuantityLots);
            quantity += taken;
            notional += taken * instrument.Price(level.PriceTicks);
        }

        Require(left == 0, "a leg is larger than the book it was planned on");
        return (quantity, notional);
    }

    private void CheckBalances()
    {
        if (Engine is not { } engine)
        {
            return;
        }

        engine.Treasury.Check();
        foreach (var holding in engine.Treasury.Reservations.Holdings)
        {
            var (balance, reserved) = (engine.Treasury.Reservations.Balance(holding), engine.Treasury.Reservations.Reserved(holding));
            Require(reserved >= 0m, $"{reserved} of {holding} reserved");
            Require(MayOverdraw || balance >= 0m, $"{balance} of {holding} held");
            Require(MayOverdraw || reserved <= balance, $"{reserved} of {holding} reserved, {balance} held");
        }
    }

    private static void Require(bool holds, string broken)
    {
        if (!holds)
        {
            throw new InvalidOperationException(broken);
        }
    }

    private sealed class Order(long orderedLots)
    {
        public long OrderedLots { get; } = orderedLots;

        public long FilledLots { get; set; }

        public HashSet<ulong> Trades { get; } = [];

        public HashSet<ulong> Booked { get; } = [];
    }
}
