using Parallax.Domain;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Risk;

/// <content>What the chain is given to look at.</content>
public sealed partial class RiskBook
{
    /// <summary>What the chain looks at, at this moment.</summary>
    /// <param name="legs">The books that the plan would stand on.</param>
    public RiskState StateOf(
        ReadOnlySpan<LegBook> legs, Holding start, long opportunity, bool isKilled, int openPlans, decimal balance, decimal available)
    {
        LearnEquity();
        var now = _journal.Now;
        var market = Guards.Read(legs);
        var (breaker, health) = (Worse(Breakers[BreakerScope.Global], Breakers[BreakerScope.OfStrategy(Strategy)], now), 1m);
        var (inAsset, inMarket, atVenue) = (0m, 0m, 0m);
        foreach (ref readonly var leg in legs)
        {
            var instrument = _markets.Instrument(leg.Instrument);
            var venue = Breakers[BreakerScope.Of(instrument.Id.Venue)];
            breaker = (BreakerState)Math.Max((byte)breaker, (byte)venue.Look(now));
            health = decimal.Min(health, HealthOf(instrument.Id.Venue));
            inAsset = decimal.Max(inAsset, decimal.Max(InAsset(instrument.Base, start.Asset), InAsset(instrument.Quote, start.Asset)));
            inMarket = decimal.Max(inMarket, Exposure.In(leg.Instrument));
            atVenue = decimal.Max(atVenue, Exposure.At(instrument.Id.Venue));
        }

        return new RiskState
        {
            NowNanos = now,
            IsKilled = isKilled,
            OpenPlans = openPlans,
            Balance = balance,
            Available = available,
            Level = Losses.Level,
            Breaker = breaker,
            IsDuplicate = _seen.AsSpan().Contains(opportunity),
            VenueHealth = health,
            Volatility = Statistic.Decimal(market.Volatility),
            IsVolatile = market.IsVolatile,
            OutlierBps = Statistic.Decimal(market.OutlierBps),
            DepegBps = Statistic.Decimal(market.DepegBps),
            DailyLoss = Losses.DailyLoss,
            HourlyLoss = Losses.HourlyLossAt(now),
            LossStreak = Losses.Streak,
            Drawdown = Losses.Drawdown,
            OpenOrders = openPlans,
            RecentOrders = Pace.Orders(now),
            RecentTurnover = Pace.Turnover(now),
            AssetExposure = inAsset,
            MarketExposure = inMarket,
            VenueExposure = atVenue,
            TotalExposure = Exposure.Total,
            Venues = _venues.Count,
            Equity = Losses.Equity,
        };
    }

    public decimal HealthOf(VenueId venue)
    {
        var now = _journal.Now;
        return _venues.TryGetValue(venue, out var steadiness) ? steadiness.Score(now, Breakers[BreakerScope.Of(venue)].Window(now)) : 0m;
    }

    private decimal InAsset(Asset asset, Asset start) => asset == start ? 0m : Exposure.In(asset);

    private static BreakerState Worse(CircuitBreaker one, CircuitBreaker other, long now) =>
        (BreakerState)Math.Max((byte)one.Look(now), (byte)other.Look(now));
}
