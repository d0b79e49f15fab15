using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Strategies.Sizing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Execution;

/// <summary>An order that stands on the grid and fits what may be spent.</summary>
internal readonly record struct SizedOrder(ushort Instrument, Side Side, long QuantityLots, long LimitTicks);

/// <summary>The ways out of a position, on the books of this moment.</summary>
/// <param name="Order">The order of the chosen way; meaningless on hold.</param>
internal readonly record struct WaysOut(LegFailureDecision Decision, SizedOrder Order, string Why);

/// <summary>Turns what a plan holds into the next order, from live books: forward as planned, forward at today's price, or back.</summary>
/// <remarks>Engine thread only.</remarks>
internal sealed class LegQuotes
{
    private readonly Markets _markets;
    private readonly DecisionWriter _clock;
    private readonly LegRule _rule = new();
    private Level[] _room = new Level[64];

    public LegQuotes(Markets markets, DecisionWriter clock)
    {
        (_markets, _clock) = (markets, clock);
        Routes = new HomeRoutes(markets, this);
    }

    /// <summary>Whether a plan may be begun that takes something home: not once trading was stopped or ends.</summary>
    public Func<bool> MayDetour { get; set; } = () => true;

    /// <summary>Ways home over any market of the venue.</summary>
    public HomeRoutes Routes { get; }

    /// <summary>What we took of levels that the books still show.</summary>
    public OwnFootprint Footprint { get; } = new();

    /// <summary>The planned leg, sized by what there really is to spend and by the levels within the planned limit.</summary>
    /// <returns>False when the book no longer holds anything within the limit, or the amount is below the venue's minimum.</returns>
    public bool TryPlanned(in PlannedLeg leg, decimal amount, out SizedOrder order)
    {
        if (!TrySize(leg.Instrument, leg.Side, amount, leg.LimitTicks, out order))
        {
            return false;
        }

        order = order with { LimitTicks = leg.LimitTicks };
        return true;
    }

    /// <summary>Values going on and going back, and chooses (risk.md section 5).</summary>
    /// <param name="node">Legs behind the amount; its asset is that leg's output.</param>
    public WaysOut Decide(Plan plan, int node, decimal amount)
    {
        var legs = plan.Planned.Legs;
        var forward = legs[node];
        var back = legs[node - 1];
        var canGo = TrySize(forward.Instrument, forward.Side, amount, null, out var onward);
        var canReturn = TrySize(back.Instrument, back.Side.Opposite(), amount, null, out var homeward);
        var hedge = Elsewhere(plan, node, amount, canReturn);
        if (!canGo && !canReturn && hedge is null)
        {
            return new WaysOut(default, default, "no way can be traded");
        }

        // One re-quote of a leg, then it counts as closed; a plan on its way home does not turn round.
        var mayGo = canGo && !plan.IsUnwinding && plan.Misses(node) <= 1;
        var decision = LegFailure.Decide(
            SpentOn(plan, node, amount),
            mayGo ? ValueAhead(plan, node, amount) : null,
            canReturn ? ValueBehind(plan, node, amount) : null,
            hedge,
            0m,
            plan.Terms.ContinueLossBpsMax);
        return decision.Choice switch
        {
            LegFailureChoice.Continue => new WaysOut(decision, onward, "worth at least as much as going back"),
            LegFailureChoice.Hedge => new WaysOut(decision, default, "another way home brings more"),
            LegFailureChoice.Unwind => new WaysOut(decision, homeward, mayGo ? "worth more than going on" : "the leg was tried again already"),
            _ => new WaysOut(decision, default, "the visible books are too thin"),
        };
    }

    /// <summary>
    /// What the best way home brings that begins with neither market of the plan; <see langword="null"/> when there is none, and where nothing
    /// compares with it and it loses more than going on may.
    /// </summary>
    private decimal? Elsewhere(Plan plan, int node, decimal amount, bool canReturn)
    {
        var (forward, back) = (plan.Planned.Legs[node].Instrument, plan.Planned.Legs[node - 1].Instrument);
        var held = new Holding(plan.Planned.Nodes[node], plan.Planned.Venue);
        if (!plan.Terms.AlternativeRoutes || !MayDetour() || plan.Residual is not null || !_markets.Spot.TryFind(held.Venue, held.Asset, plan.StartAsset, out _, out _)
            || !Routes.TryBest(held, amount, plan.StartAsset, mayDetour: true, number => number == forward || number == back, out var way))
        {
            return null;
        }

        var spent = SpentOn(plan, node, amount);
        return canReturn || spent - way.Value <= spent * plan.Terms.ContinueLossBpsMax / 10_000m ? way.Value : null;
    }

    /// <summary>What an amount would bring in the start asset on the way back; null when a book is too thin.</summary>
    public decimal? ValueBehind(Plan plan, int node, decimal amount)
    {
        for (var i = node - 1; i >= 0; i--)
        {
            var leg = plan.Planned.Legs[i];
            if (!TryConvert(leg.Instrument, leg.Side.Opposite(), ref amount))
            {
                return null;
            }
        }

        return amount;
    }

    /// <summary>One order for an amount at today's price.</summary>
    public bool TryAtBook(ushort instrument, Side side, decimal amount, out SizedOrder order) => TrySize(instrument, side, amount, null, out order);

    /// <summary>The order that brings at least an amount, fee taken from it or not.</summary>
    /// <param name="received">Base on a buy, quote on a sell; positive.</param>
    /// <param name="cost">The most it spends, fee included.</param>
    public bool TryBuyBack(ushort number, Side side, decimal received, out SizedOrder order, out decimal cost)
    {
        (order, cost) = (default, 0m);
        var (book, instrument, fee) = (_markets.Book(number), _markets.Instrument(number), _markets.FeesOf(number));
        if (book.State != BookState.Live)
        {
            return false;
        }

        var isFeeOnReceived = fee.AssetOn(side) == (side == Side.Buy ? FeeAsset.Base : FeeAsset.Quote);
        var wanted = isFeeOnReceived ? received / (1m - fee.Rate) : received;
        var (lots, got) = (0L, 0m);
        foreach (ref readonly var level in Believed(number, book, side))
        {
            var perLot = side == Side.Buy ? instrument.LotSize : instrument.LotSize * instrument.Price(level.PriceTicks);
            var needed = (long)decimal.Ceiling((wanted - got) / perLot);
            var taken = Math.Min(needed, level.QuantityLots);
            (lots, got) = (lots + taken, got + (taken * perLot));
            if (got >= wanted)
            {
                order = new SizedOrder(number, side, lots, level.PriceTicks);
                var spent = side == Side.Buy ? instrument.Quantity(lots) * instrument.Price(level.PriceTicks) : instrument.Quantity(lots);
                cost = isFeeOnReceived ? spent : spent * (1m + decimal.Max(0m, fee.Rate));
                return instrument.Quantity(lots) >= instrument.QuantityMin
                    && instrument.Quantity(lots) * instrument.Price(level.PriceTicks) >= instrument.NotionalMin;
            }
        }

        return false;
    }

    /// <summary>Whether a shortage is too small to be bought back by itself: the rounding of legs that were sized together.</summary>
    public bool IsRounding(Plan plan, int node, decimal missing) =>
        IsBelowLot(plan.Planned.Legs[node], missing) && IsBelowLot(plan.Planned.Legs[node - 1] with { Side = plan.Planned.Legs[node - 1].Side.Opposite() }, missing);

    /// <summary>What an amount would bring on one market, fee paid.</summary>
    public bool TryValue(ushort instrument, Side side, decimal amount, out decimal value)
    {
        value = amount;
        return TryConvert(instrument, side, ref value);
    }

    private decimal? ValueAhead(Plan plan, int node, decimal amount)
    {
        foreach (var leg in plan.Planned.Legs.AsSpan(node))
        {
            if (!TryConvert(leg.Instrument, leg.Side, ref amount))
            {
                return null;
            }
        }

        return amount;
    }

    /// <summary>The share of the start asset spent so far that this amount stands for: all of it while it is all that is held.</summary>
    private static decimal SpentOn(Plan plan, int node, decimal amount)
    {
        var outstanding = -plan.StartNet;
        return outstanding > 0m && node > 0 && amount > 0m ? outstanding : 0m;
    }

    private bool TryConvert(ushort instrument, Side side, ref decimal amount)
    {
        var book = _markets.Book(instrument);
        if (book.State != BookState.Live
            || !BookConversion.TryConvert(amount, side, Believed(instrument, book, side), _markets.Instrument(instrument), _markets.FeesOf(instrument), out var received))
        {
            return false;
        }

        amount = received;
        return true;
    }

    private bool TrySize(ushort instrument, Side side, decimal amount, long? limitTicks, out SizedOrder order)
    {
        order = default;
        var book = _markets.Book(instrument);
        if (book.State != BookState.Live)
        {
            return false;
        }

        var levels = Within(Believed(instrument, book, side), side, limitTicks);
        var sized = _rule.Size(_markets.Terms(instrument, side), levels, amount);
        if (sized.Reject != LegReject.None || sized.LimitTicks is not { } limit)
        {
            return false;
        }

        order = new SizedOrder(instrument, side, sized.QuantityLots, limit);
        return true;
    }

    /// <summary>Whether an amount is not worth an order: the rounding of one that filled whole, or below every lot and minimum.</summary>
    /// <remarks>Rounding stays as inventory also where the other way could trade it: its order costs more than it moves (cycles.md section 4).</remarks>
    public bool IsDust(Plan plan, int node, decimal amount)
    {
        var forward = plan.Planned.Legs[node];
        var back = plan.Planned.Legs[node - 1];
        back = back with { Side = back.Side.Opposite() };
        return plan.Filled(node) switch
        {
            OrderPurpose.Leg or OrderPurpose.Requote => IsBelowLot(forward, amount),
            OrderPurpose.Unwind => IsBelowLot(back, amount),
            _ => IsBelowLot(forward, amount) && IsBelowLot(back, amount),
        };
    }

    /// <summary>Whether even a book without end would not let us trade the amount. Without a book the planned price decides.</summary>
    private bool IsBelowLot(in PlannedLeg leg, decimal amount)
    {
        var price = _markets.Book(leg.Instrument).TryGetBest(leg.Side.TakesFrom(), out var best) ? best.PriceTicks : leg.LimitTicks;
        var endless = new Level(price, long.MaxValue / 4);
        return _rule.Size(_markets.Terms(leg.Instrument, leg.Side), [endless], amount).Reject != LegReject.None;
    }

    private ReadOnlySpan<Level> Believed(ushort instrument, OrderBook book, Side side) =>
        Footprint.Believed(instrument, book, side, _clock.Now, ref _room);

    private static ReadOnlySpan<Level> Within(ReadOnlySpan<Level> levels, Side side, long? limitTicks)
    {
        if (limitTicks is not { } limit)
        {
            return levels;
        }

        var count = 0;
        while (count < levels.Length && (side == Side.Buy ? levels[count].PriceTicks <= limit : levels[count].PriceTicks >= limit))
        {
            count++;
        }

        return levels[..count];
    }
}
