using System.Runtime.InteropServices;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Markets;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>One instrument's book, orders and trades, and how orders match. Exchange thread only.</summary>
/// <remarks>
/// The book holds what everybody sees: the market's own quotes plus the orders of our clients that rest. What an order takes is gone
/// from it until the market quotes that level anew; the market's quotes are absolute. At one price the market's quotes trade before
/// resting orders, which trade in the order of their arrival.
/// </remarks>
internal sealed class Market
{
    private readonly IMakers _makers;
    private readonly List<BookLevel> _levels = [];
    private ulong _tradeId;

    /// <param name="makers">Is told of each fill of a resting order while it happens.</param>
    public Market(ushort number, Instrument instrument, IMakers makers)
    {
        _makers = makers;
        Number = number;
        Instrument = instrument;
        Names = PairNames.Of(instrument);
        PricePrint = PrintedNumber.OfPrice(instrument);
        QuantityPrint = PrintedNumber.OfQuantity(instrument);
        Book = new OrderBook(instrument);
        History = new TradeHistory(instrument);
    }

    public ushort Number { get; }

    public Instrument Instrument { get; }

    public PairNames Names { get; }

    public PrintedNumber PricePrint { get; }

    public PrintedNumber QuantityPrint { get; }

    public OrderBook Book { get; }

    public RestingOrders Resting { get; } = new();

    public TradeHistory History { get; }

    /// <summary>As the instrument channel and AssetPairs say it: <c>online</c>, or what a tape's market was.</summary>
    public string Status { get; private set; } = "online";

    /// <summary>Decimals of a cost: those of the grid, at most ten.</summary>
    public int CostDecimals => Math.Min(10, Instrument.PriceDecimals + Instrument.QuantityDecimals);

    /// <summary>Public trades that have not been published yet.</summary>
    public List<PublicTrade> NewTrades { get; } = [];

    /// <summary>Whether the book may have changed since it was published.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Applies a record of the market source.</summary>
    public void Apply(in MarketEvent record, long now)
    {
        switch (record.Header.Kind)
        {
            case MarketRecordKind.BookSnapshot or MarketRecordKind.BookDelta:
                Quote(record.Header, BookRecord.Levels(record.Payload));
                MeetResting(now);
                break;
            case MarketRecordKind.Trade:
                ref readonly var trade = ref TradeRecord.Read(record.Payload);
                TradeThrough(trade, now);
                break;
            case MarketRecordKind.FeedState when FeedStateRecord.State(record.Header) == FeedState.BookLost:
                Book.Invalidate(FeedStateRecord.Reason(record.Header));
                IsTouched = true;
                break;
            case MarketRecordKind.FeedState when FeedStateRecord.State(record.Header) is FeedState.MarketOpen or FeedState.MarketHalted:
                Status = FeedStateRecord.State(record.Header) == FeedState.MarketOpen ? "online" : "cancel_only";
                break;
        }
    }

    /// <summary>Matches an incoming order against the other side, best price first, and prints the trades.</summary>
    /// <param name="limitTicks">Levels beyond it are not touched; <see langword="null"/> for a market order.</param>
    /// <param name="account">Whose orders it must not meet; <see langword="null"/> for somebody outside.</param>
    /// <param name="matches">Takes what was traded, in order.</param>
    /// <returns>Whether it stopped before an order of the same account.</returns>
    public bool Take(Side side, long? limitTicks, long lots, Account? account, long now, List<Match> matches)
    {
        var from = side.TakesFrom();
        while (lots > 0 && Book.TryGetBest(from, out var best) && IsWithin(side, best.PriceTicks, limitTicks))
        {
            var resting = Resting.LotsAt(from, best.PriceTicks);
            var maker = best.QuantityLots > resting ? null : Resting.Side(from)[0];
            if (maker is not null && maker.Account == account)
            {
                return true;
            }

            var traded = Math.Min(lots, maker?.LeftLots ?? best.QuantityLots - resting);
            lots -= traded;
            SetLots(from, best.PriceTicks, best.QuantityLots - traded, now);
            var id = Print(best.PriceTicks, traded, side, limitTicks is null, now);
            matches.Add(new Match(best.PriceTicks, traded, id));
            Settle(maker, best.PriceTicks, traded, id, now);
        }

        return false;
    }

    /// <summary>What an order could trade at once.</summary>
    /// <returns>Lots and their cost in quote; fewer lots than wanted where the book or the limit ends.</returns>
    public (long Lots, decimal Cost) Available(Side side, long? limitTicks, long lots)
    {
        var (left, cost) = (lots, 0m);
        foreach (ref readonly var level in Book.Levels(side.TakesFrom()))
        {
            if (left == 0 || !IsWithin(side, level.PriceTicks, limitTicks))
            {
                break;
            }

            var part = Math.Min(left, level.QuantityLots);
            left -= part;
            cost += Instrument.Quantity(part) * Instrument.Price(level.PriceTicks);
        }

        return (lots - left, cost);
    }

    /// <summary>Lets an order rest; it must not cross the other side.</summary>
    public void Rest(Order order, long now)
    {
        Resting.Add(order);
        Add(RestingOrders.SideOf(order), order.Terms.LimitTicks!.Value, order.LeftLots, now);
    }

    /// <summary>Takes a resting order out.</summary>
    public void Withdraw(Order order, long now)
    {
        Resting.Remove(order);
        Add(RestingOrders.SideOf(order), order.Terms.LimitTicks!.Value, -order.LeftLots, now);
    }

    private void Quote(RecordHeader header, ReadOnlySpan<BookLevel> levels)
    {
        header.Flags = 0;
        IsTouched = true;
        if (Resting.IsEmpty)
        {
            Book.Apply(header, levels);
            return;
        }

        _levels.Clear();
        foreach (ref readonly var level in levels)
        {
            _levels.Add(new BookLevel(level.Side, level.PriceTicks, level.QuantityLots + Resting.LotsAt(level.Side, level.PriceTicks)));
        }

        if (header.Kind == MarketRecordKind.BookSnapshot)
        {
            AddRestingTo(levels);
        }

        Book.Apply(header, CollectionsMarshal.AsSpan(_levels));
    }

    private void AddRestingTo(ReadOnlySpan<BookLevel> snapshot)
    {
        for (var side = BookSide.Bid; side <= BookSide.Ask; side++)
        {
            foreach (var order in Resting.Side(side))
            {
                // Levels are absolute: where the market quotes the price too, it is said twice, the same.
                var price = order.Terms.LimitTicks!.Value;
                _levels.Add(new BookLevel(side, price, Resting.LotsAt(side, price) + LotsAt(snapshot, side, price)));
            }
        }
    }

    private static long LotsAt(ReadOnlySpan<BookLevel> levels, BookSide side, long price)
    {
        var lots = 0L;
        foreach (ref readonly var level in levels)
        {
            lots = level.Side == side && level.PriceTicks == price ? level.QuantityLots : lots;
        }

        return lots;
    }

    /// <summary>The market has quoted at or beyond a resting order's price: it takes that order.</summary>
    private void MeetResting(long now)
    {
        while (!Resting.IsEmpty
            && Book.TryGetBest(BookSide.Bid, out var bid) && Book.TryGetBest(BookSide.Ask, out var ask) && bid.PriceTicks >= ask.PriceTicks)
        {
            var (restingBid, restingAsk) = (Resting.LotsAt(BookSide.Bid, bid.PriceTicks), Resting.LotsAt(BookSide.Ask, ask.PriceTicks));
            if (restingBid == 0 && restingAsk == 0)
            {
                return;
            }

            var side = restingAsk > 0 ? BookSide.Ask : BookSide.Bid;
            var maker = Resting.Side(side)[0];
            var (own, other, rest) = side == BookSide.Ask ? (ask, bid, restingBid) : (bid, ask, restingAsk);

            // Behind the order stands the market's own crossed quote of the other side, which trades first and is used up.
            var traded = Math.Min(maker.LeftLots, other.QuantityLots - rest);
            if (traded <= 0)
            {
                return;
            }

            var opposite = side == BookSide.Ask ? BookSide.Bid : BookSide.Ask;
            SetLots(side, own.PriceTicks, own.QuantityLots - traded, now);
            SetLots(opposite, other.PriceTicks, other.QuantityLots - traded, now);
            var id = Print(own.PriceTicks, traded, side == BookSide.Ask ? Side.Buy : Side.Sell, isMarketOrder: false, now);
            Settle(maker, own.PriceTicks, traded, id, now);
        }
    }

    /// <summary>A trade of others at a price worse than a resting order's would have met that order first.</summary>
    private void TradeThrough(in TradeRecord trade, long now)
    {
        var from = trade.Aggressor.TakesFrom();
        var left = trade.QuantityLots;
        while (left > 0 && Resting.Side(from) is [var maker, ..] && RestingOrders.IsBetter(from, maker.Terms.LimitTicks!.Value, trade.PriceTicks))
        {
            var traded = Math.Min(left, maker.LeftLots);
            left -= traded;
            Add(from, maker.Terms.LimitTicks.Value, -traded, now);
            var id = Print(maker.Terms.LimitTicks.Value, traded, trade.Aggressor, isMarketOrder: false, now);
            Settle(maker, maker.Terms.LimitTicks.Value, traded, id, now);
        }

        if (left > 0)
        {
            Print(trade.PriceTicks, left, trade.Aggressor, isMarketOrder: false, now);
        }
    }

    /// <summary>A number for a trade that the book does not see.</summary>
    public ulong NextTradeId() => ++_tradeId;

    private void Settle(Order? maker, long priceTicks, long lots, ulong tradeId, long now)
    {
        if (maker is null)
        {
            return;
        }

        _makers.Filled(maker, new Match(priceTicks, lots, tradeId), now);
        if (maker.LeftLots == 0)
        {
            Resting.Remove(maker);
        }
    }

    private ulong Print(long priceTicks, long lots, Side aggressor, bool isMarketOrder, long now)
    {
        var trade = new PublicTrade(++_tradeId, priceTicks, lots, aggressor, isMarketOrder, now);
        History.Add(trade);
        NewTrades.Add(trade);
        return trade.Id;
    }

    private void Add(BookSide side, long priceTicks, long lots, long now)
    {
        Book.TryGetQuantity(side, priceTicks, out var held);
        SetLots(side, priceTicks, held + lots, now);
    }

    private void SetLots(BookSide side, long priceTicks, long lots, long now)
    {
        var level = new BookLevel(side, priceTicks, Math.Max(0, lots));
        Book.Apply(BookRecord.Header(MarketRecordKind.BookDelta, Number, now, now), [level]);
        IsTouched = true;
    }

    private static bool IsWithin(Side side, long priceTicks, long? limitTicks) =>
        limitTicks is not { } limit || (side == Side.Buy ? priceTicks <= limit : priceTicks >= limit);
}

/// <summary>One trade of the matching.</summary>
internal readonly record struct Match(long PriceTicks, long Lots, ulong TradeId);

/// <summary>Keeps the accounts of those whose orders rest.</summary>
internal interface IMakers
{
    void Filled(Order maker, Match match, long now);
}
