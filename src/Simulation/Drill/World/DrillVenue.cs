using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.World;

/// <summary>The venue's own truth: books, orders, trades and balances. What it says of them may be delayed, lost or wrong; this is not.</summary>
public sealed class DrillVenue
{
    private readonly DrillWorld _world;
    private readonly OrderBook[] _books = [.. DrillListings.All.Select(instrument => new OrderBook(instrument))];
    private readonly Dictionary<ClientOrderId, DrillOrder> _orders = [];
    private readonly SortedDictionary<Asset, decimal> _balances = [];
    private readonly HashSet<Asset> _overdrawn = [];
    private readonly List<BookLevel> _delta = [];
    private readonly List<(long Time, Statement Item)> _others = [];
    private FeeModel _fees;
    private ulong _tradeId;

    public DrillVenue(DrillWorld world, FeeTerms fees)
    {
        _world = world;
        _fees = FeeModel.Uniform(DrillListings.All.Length, fees);
        Fees = fees;
    }

    /// <summary>What it charges.</summary>
    public FeeTerms Fees { get; private set; }

    /// <summary>Every order that ever reached it, refused ones included, by our id.</summary>
    public IReadOnlyDictionary<ClientOrderId, DrillOrder> Orders => _orders;

    public IReadOnlyDictionary<Asset, decimal> Balances => _balances;

    /// <summary>What moved the account besides our own orders, and when, true time.</summary>
    public IReadOnlyList<(long Time, Statement Item)> Others => _others;

    /// <summary>Answers nothing at all.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Why it takes no orders now; <see langword="null"/> while it does.</summary>
    public string? RefusesAll { get; set; }

    /// <summary>What it last said about itself; <see langword="null"/> before it said anything.</summary>
    public VenueStatus? Status { get; set; }

    /// <summary>How far its clock is ahead of true time, nanoseconds; negative is behind.</summary>
    public long ClockOffsetNanos { get; set; }

    public OrderBook Book(ushort number) => _books[number];

    /// <summary>A deposit (positive) or a withdrawal.</summary>
    public void Transfer(Asset asset, decimal change)
    {
        Move(asset, change);
        _others.Add((_world.Agenda.Now, new Statement.Transfer(DrillListings.Venue, $"transfer-{_others.Count + 1}", asset, change)));
    }

    /// <summary>Somebody buys on our account by hand, for half of the money at the most, without a fee.</summary>
    public void TradeByHand(ushort number, decimal wanted, decimal price)
    {
        var instrument = DrillListings.All[number];
        var quantity = decimal.Min(wanted, instrument.Quantity(instrument.LotsDown(_balances.GetValueOrDefault(instrument.Quote) / 2m / price)));
        Move(instrument.Base, quantity);
        Move(instrument.Quote, -quantity * price);
        _others.Add((_world.Agenda.Now, new Statement.ForeignTrade(
            DrillListings.Venue, $"trade-{_others.Count + 1}", instrument.Base, quantity, instrument.Quote, -quantity * price, default, 0m)));
    }

    /// <summary>Takes an order back, if anything of it is still open.</summary>
    public void Cancel(ClientOrderId id)
    {
        if (_orders.TryGetValue(id, out var order) && !order.IsOver)
        {
            _world.Story.Say("venue", $"cancels {id}");
            order.IsOver = true;
            _world.Exchange.Report(order, default);
        }
    }

    public void CancelAll()
    {
        foreach (var order in _orders.Values.Where(order => !order.IsOver).ToArray())
        {
            Cancel(order.Request.Id);
        }
    }

    /// <summary>Money that comes or goes and that no history tells of; negative goes.</summary>
    public void Move(Asset asset, decimal amount)
    {
        var balance = _balances[asset] = _balances.GetValueOrDefault(asset) + amount;
        if (balance < 0m)
        {
            _overdrawn.Add(asset);
        }
    }

    /// <summary>A change of a balance, cut so that at least half of what is there stays.</summary>
    public decimal AtMostHalf(Asset asset, decimal change) => decimal.Max(change, decimal.Round(-_balances.GetValueOrDefault(asset) / 2m, 2));

    /// <summary>Whether it has ever taken more of an asset than there was, against every order.</summary>
    public bool HasOverdrawn(Asset asset) => _overdrawn.Contains(asset);

    public void Charge(FeeTerms fees)
    {
        Fees = fees;
        _fees = FeeModel.Uniform(DrillListings.All.Length, fees);
    }

    /// <summary>Replaces a book by everybody else's quotes and tells the feed.</summary>
    public void Quote(ushort number, ReadOnlySpan<BookLevel> levels)
    {
        var book = _books[number];
        _delta.Clear();
        foreach (var level in book.Bids)
        {
            _delta.Add(new BookLevel(BookSide.Bid, level.PriceTicks, 0));
        }

        foreach (var level in book.Asks)
        {
            _delta.Add(new BookLevel(BookSide.Ask, level.PriceTicks, 0));
        }

        _delta.AddRange(levels);
        Publish(number);
    }

    /// <summary>Takes an order that arrives now, and matches it at once: immediate or cancel.</summary>
    /// <param name="deadline">An order that comes later is not taken.</param>
    public DrillOrder Take(in OrderRequest request, long deadline, in OrderFate fate)
    {
        var now = _world.Agenda.Now;
        var order = new DrillOrder(request, now, now + fate.HiddenNanos);
        order.RejectReason = now > deadline ? "deadline elapsed"
            : _orders.ContainsKey(request.Id) ? "duplicate client order id"
            : RefusesAll ?? fate.RejectReason ?? OrderRules.Broken(request, DrillListings.All[request.Instrument]) ?? Shortage(request);
        _world.Arrived(order);
        if (!_orders.TryAdd(request.Id, order) || order.RejectReason is not null)
        {
            _world.Story.Say("venue", $"refuses {request.Id}: {order.RejectReason}");
            order.IsOver = true;
        }
        else if (fate.RestNanos == 0)
        {
            Match(order, fate);
        }
        else
        {
            var kept = fate;
            _world.Agenda.After(fate.RestNanos, () => MatchLate(order, kept));
        }

        return order;
    }

    /// <summary>The order as questions find it now; <see langword="null"/> when they do not.</summary>
    public DrillOrder? Find(ClientOrderId id) =>
        _orders.TryGetValue(id, out var order) && order.VisibleTime <= _world.Agenda.Now ? order : null;

    private void MatchLate(DrillOrder order, in OrderFate fate)
    {
        if (!order.IsOver)
        {
            Match(order, fate);
            _world.Exchange.Report(order, fate);
        }
    }

    private void Match(DrillOrder order, in OrderFate fate)
    {
        var request = order.Request;
        var instrument = DrillListings.All[request.Instrument];
        var book = _books[request.Instrument];
        var side = request.Side.TakesFrom();
        var budget = new SpendBudget(request.SpendMax, _fees, request.Instrument, instrument, request.Side);
        var rest = fate.FillPercentMax is { } percent ? request.QuantityLots * percent / 100 : request.QuantityLots;
        decimal quantity = 0m, notional = 0m, charged = 0m;
        _delta.Clear();
        foreach (ref readonly var level in book.Levels(side))
        {
            var isBeyond = request.Side == Side.Buy ? level.PriceTicks > request.LimitTicks : level.PriceTicks < request.LimitTicks;
            if (rest == 0 || isBeyond)
            {
                break;
            }

            var wanted = Math.Min(rest, level.QuantityLots);
            var lots = budget.Take(level.PriceTicks, wanted);
            if (lots > 0)
            {
                _delta.Add(new BookLevel(side, level.PriceTicks, level.QuantityLots - lots));
                var ticks = level.PriceTicks + (request.Side == Side.Buy ? fate.WorseTicks : -fate.WorseTicks);
                Trade(order, instrument, new Level(ticks, lots), fate, ref quantity, ref notional, ref charged);
                rest -= lots;
            }

            if (lots < wanted)
            {
                break;
            }
        }

        if (fate.OverFillLots > 0 && order.FilledLots == request.QuantityLots)
        {
            Trade(order, instrument, new Level(request.LimitTicks, fate.OverFillLots), fate, ref quantity, ref notional, ref charged);
        }

        order.IsOver = true;
        order.TradedTime = order.FilledLots > 0 ? _world.Agenda.Now : 0;
        if (fate.ReversedAfterNanos > 0 && order.FilledLots > 0)
        {
            _world.Restatements.Reverse(order, fate.ReversedAfterNanos);
        }

        _world.Story.Say("venue", $"takes {request.Id}, fills {order.FilledLots} of {request.QuantityLots} lots");
        if (_delta.Count > 0)
        {
            Publish(request.Instrument);
        }
    }

    private void Trade(
        DrillOrder order, Instrument instrument, Level level, in OrderFate fate, ref decimal quantity, ref decimal notional, ref decimal charged)
    {
        var (number, side) = (order.Request.Instrument, order.Request.Side);
        var lots = instrument.Quantity(level.QuantityLots);
        var cost = lots * instrument.Price(level.PriceTicks);
        quantity += lots;
        notional += cost;
        var all = _fees.Charged(number, side, quantity, notional);
        var fee = all - charged;
        charged = all;
        var asset = _fees.AssetOn(number, instrument, side);
        if (fate.FeeAsset is { } other && other != asset)
        {
            // Worth about the same; what it is exactly does not matter here, only that both sides book the same.
            (asset, fee) = (other, decimal.Round(fee / 1_000m, 8));
        }

        Move(instrument.Base, side == Side.Buy ? lots : -lots);
        Move(instrument.Quote, side == Side.Buy ? -cost : cost);
        var told = fate.FeeAfterNanos > 0 ? 0m : fee;
        Move(asset, -told);
        if (told != fee)
        {
            _world.Restatements.Correct(order, order.Fills.Count, fee, fate.FeeAfterNanos);
        }

        order.Add(new OrderEvent
        {
            Id = order.Request.Id,
            Type = OrderEventType.Filled,
            Instrument = number,
            Side = side,
            Fill = level,
            Fee = told,
            FeeAsset = asset,
            TradeId = ++_tradeId,
            Reason = "",
        });
    }

    /// <summary>A venue takes no order that the account could not pay for, at the limit or at what the order may spend.</summary>
    private string? Shortage(in OrderRequest request)
    {
        var instrument = DrillListings.All[request.Instrument];
        var spent = request.Side == Side.Buy ? instrument.Quote : instrument.Base;
        var atLimit = instrument.Quantity(request.QuantityLots) * (request.Side == Side.Buy ? instrument.Price(request.LimitTicks) : 1m);
        return decimal.Min(atLimit, request.SpendMax) > _balances.GetValueOrDefault(spent) ? "insufficient funds" : null;
    }

    private void Publish(ushort number)
    {
        var now = _world.Agenda.Now;
        var kind = _books[number].State == BookState.AwaitingSnapshot ? MarketRecordKind.BookSnapshot : MarketRecordKind.BookDelta;
        var levels = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_delta);
        _books[number].Apply(BookRecord.Header(kind, number, now, now), levels);
        _world.Feed.OnQuote(BookRecord.Header(kind, number, now + ClockOffsetNanos, now, _books[number].Checksum()), BookRecord.Payload(levels));
    }
}
