using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>Takes orders in, matches them, and books what they trade. Exchange thread only.</summary>
internal sealed class OrderDesk(AccountBook accounts, IdSource ids, IOrderEvents events, Agenda agenda) : IMakers
{
    private const long LateNanos = 200 * UtcNanos.PerMillisecond;
    private OrderFault _fault;

    private readonly List<Match> _matches = [];

    /// <summary>Set while an order takes: what it meets at rest belongs to an account, not to somebody outside.</summary>
    private readonly HashSet<ulong> _betweenAccounts = [];

    private bool _isTaking;

    /// <summary>Checks an order.</summary>
    /// <returns>Kraken's words for what is wrong; <see langword="null"/> when it may be accepted.</returns>
    public string? Check(Account account, OrderTerms terms, long now)
    {
        if (terms.Deadline < now)
        {
            return "EService:Deadline elapsed";
        }

        if (terms.Market.Status != "online")
        {
            return $"EService:Market in {terms.Market.Status} mode";
        }

        if (terms.ClientId is { } id && account.OpenOrders.Values.Any(order => order.Terms.ClientId == id))
        {
            return "EOrder:Duplicate cl_ord_id";
        }

        return BrokenMinimum(terms) ?? WouldTake(terms) ?? MissingFunds(account, terms);
    }

    /// <summary>Makes an order of terms that were checked. It is open and has its funds; <see cref="Execute"/> matches it.</summary>
    public Order Accept(Account account, OrderTerms terms, long now)
    {
        var order = new Order(ids.Next('O'), account, terms, now);
        account.OpenOrders.Add(order.Id, order);
        accounts.Reserve(order);
        return order;
    }

    /// <summary>Lets a fault befall the next order that trades or is canceled.</summary>
    public void Order(OrderFault fault) => _fault = fault;

    /// <summary>Matches an accepted order; what is left of it rests or is canceled.</summary>
    public void Execute(Order order, long now)
    {
        events.Opened(order, now);
        var terms = order.Terms;
        if (terms.TimeInForce == TimeInForce.FillOrKill && terms.Market.Available(order.Side, terms.LimitTicks, terms.QuantityLots).Lots < terms.QuantityLots)
        {
            Cancel(order, "Order could not be filled completely", now);
            return;
        }

        var metItself = Take(order, now);
        if (order.IsOpen && metItself)
        {
            Cancel(order, "Self trade prevention", now);
        }
        else if (order.IsOpen && (terms.TimeInForce != TimeInForce.GoodTilCanceled || terms.LimitTicks is null))
        {
            Cancel(order, "Order could not be filled completely", now);
        }
        else if (order.IsOpen)
        {
            order.Market.Rest(order, now);
        }
    }

    /// <summary>Cancels an open order, resting or not.</summary>
    public void Cancel(Order order, string reason, long now)
    {
        if (order.Market.Resting.Side(RestingOrders.SideOf(order)).Contains(order))
        {
            order.Market.Withdraw(order, now);
        }

        order.Cancel(reason, now);
        Close(order);
        events.Canceled(order, now);
        if (_fault == OrderFault.LateFill && order.Terms.LimitTicks is { } limit)
        {
            _fault = OrderFault.None;
            agenda.Add(now + LateNanos, later => Add(order, new Match(limit, order.LeftLots, order.Market.NextTradeId()), isMaker: true, isAgainstAccount: false, later));
        }
    }

    void IMakers.Filled(Order maker, Match match, long now)
    {
        if (_isTaking)
        {
            _betweenAccounts.Add(match.TradeId);
        }

        Fill(maker, match, isMaker: true, isAgainstAccount: _isTaking, now);
    }

    private bool Take(Order order, long now)
    {
        _matches.Clear();
        _betweenAccounts.Clear();
        _isTaking = true;
        var metItself = order.Market.Take(order.Side, order.Terms.LimitTicks, order.LeftLots, order.Account, now, _matches);
        _isTaking = false;
        foreach (var match in _matches)
        {
            Fill(order, match, isMaker: false, _betweenAccounts.Contains(match.TradeId), now);
        }

        return metItself;
    }

    private void Fill(Order order, Match match, bool isMaker, bool isAgainstAccount, long now)
    {
        if (_fault == OrderFault.BeyondLimit && order.Terms.LimitTicks is { } limit)
        {
            _fault = OrderFault.None;
            match = match with { PriceTicks = order.Side == Side.Buy ? limit + 1 : limit - 1 };
        }

        var isOver = _fault == OrderFault.OverFill && match.Lots >= order.LeftLots;
        Add(order, match, isMaker, isAgainstAccount, now);
        if (isOver)
        {
            _fault = OrderFault.None;
            Add(order, match, isMaker, isAgainstAccount: false, now);
        }
    }

    private void Add(Order order, Match match, bool isMaker, bool isAgainstAccount, long now)
    {
        var wasOpen = order.IsOpen;
        var instrument = order.Market.Instrument;
        var cost = instrument.Quantity(match.Lots) * instrument.Price(match.PriceTicks);
        var fee = cost * (isMaker ? accounts.Fees.Maker : accounts.Fees.Taker);
        var fill = new Fill(ids.Next('T'), order, match.TradeId, match.PriceTicks, match.Lots, cost, fee, isMaker, now) { FeeTold = _fault == OrderFault.FeeLater ? 0m : fee };
        _fault = _fault == OrderFault.FeeLater ? OrderFault.None : _fault;
        order.Add(fill);
        order.Account.Fills.Add(fill);
        accounts.Book(fill, isAgainstAccount);
        accounts.Reserve(order);
        events.Traded(fill, now);
        if (wasOpen && !order.IsOpen)
        {
            Close(order);
            events.Filled(order, now);
        }
    }

    private void Close(Order order)
    {
        accounts.Reserve(order);
        order.Account.OpenOrders.Remove(order.Id);
        order.Account.ClosedOrders.Add(order);
    }

    private static string? BrokenMinimum(OrderTerms terms)
    {
        var instrument = terms.Market.Instrument;
        var quantity = instrument.Quantity(terms.QuantityLots);
        if (quantity < instrument.QuantityMin)
        {
            return "EOrder:Order minimum not met";
        }

        var notional = terms.LimitTicks is { } limit
            ? quantity * instrument.Price(limit)
            : terms.Market.Available(terms.Side, null, terms.QuantityLots).Cost;
        return notional < instrument.NotionalMin ? "EOrder:Cost minimum not met" : null;
    }

    private static string? WouldTake(OrderTerms terms) =>
        terms.IsPostOnly && terms.Market.Available(terms.Side, terms.LimitTicks, 1).Lots > 0 ? "EOrder:Post only order" : null;

    private string? MissingFunds(Account account, OrderTerms terms)
    {
        var instrument = terms.Market.Instrument;
        var quantity = instrument.Quantity(terms.QuantityLots);
        var notional = terms.LimitTicks is { } limit
            ? quantity * instrument.Price(limit)
            : terms.Market.Available(terms.Side, null, terms.QuantityLots).Cost;
        var spent = terms.Side == Side.Buy ? instrument.Quote : instrument.Base;
        return accounts.Hold(terms.Side, quantity, notional) > account.Of(spent).Available ? "EOrder:Insufficient funds" : null;
    }
}

/// <summary>Is told what becomes of orders, while it happens.</summary>
internal interface IOrderEvents
{
    void Opened(Order order, long now);

    void Traded(Fill fill, long now);

    /// <summary>The last fill has been told already.</summary>
    void Filled(Order order, long now);

    void Canceled(Order order, long now);
}
