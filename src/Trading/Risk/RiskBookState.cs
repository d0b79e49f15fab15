using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;
using Parallax.Trading.Risk.Breakers;
using Parallax.Trading.Risk.Guards;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Risk;

/// <content>What the chain is given to look at.</content>
public sealed partial class RiskBook
{
    /// <summary>A plan that had ended came to something else: the difference counts when it becomes known.</summary>
    /// <param name="change">In its start asset.</param>
    public void OnPlanRestated(Asset startAsset, decimal change)
    {
        var profit = change * (_price(startAsset) ?? 0m);
        Watched(() => Losses.Book(_journal.Now, profit, isFinal: false));
        _journal.Write(new LossRecorded(0, profit, Losses.Memory(_journal.Now)));
    }

    /// <summary>Something was left behind after its plan had ended.</summary>
    /// <param name="worth">In the plan's start asset; what it counts for until it is marked.</param>
    public void OnResidualLeft(Asset asset, decimal amount, Asset startAsset, decimal worth) =>
        Write(Exposure.Leave(asset, amount, worth * (_price(startAsset) ?? 0m)));

    /// <summary>What the chain looks at, at this moment.</summary>
    /// <param name="legs">The books that the plan would stand on.</param>
    public RiskState StateOf(
        ReadOnlySpan<LegBook> legs, Holding start, long opportunity, bool isKilled, int openPlans, decimal balance, decimal available)
    {
        LearnEquity();
        var now = _journal.Now;
        var market = Guards.Read(legs);
        var (breaker, health) = (Worse(Breakers[BreakerScope.Global].Look(now), Breakers[OfStrategy].Look(now)), 1m);
        VenueSteadiness? venue = null;
        var (inAsset, inMarket, atVenue) = (0m, 0m, 0m);
        foreach (ref readonly var leg in legs)
        {
            var instrument = _markets.Instrument(leg.Instrument);
            if (venue != _venueOf[leg.Instrument])
            {
                // Once for all legs: a way stays at one venue.
                venue = _venueOf[leg.Instrument];
                breaker = Worse(breaker, Breakers[venue.Breaker].Look(now));
                health = decimal.Min(health, HealthOf(venue));
                atVenue = decimal.Max(atVenue, Exposure.At(venue.Venue));
            }

            inAsset = decimal.Max(inAsset, decimal.Max(InAsset(instrument.Base, start.Asset), InAsset(instrument.Quote, start.Asset)));
            inMarket = decimal.Max(inMarket, Exposure.In(leg.Instrument));
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
            SpreadMultiple = Statistic.Decimal(market.SpreadMultiple),
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

    private decimal InAsset(Asset asset, Asset start) => asset == start ? 0m : Exposure.In(asset);

    private static BreakerState Worse(BreakerState one, BreakerState other) => (BreakerState)Math.Max((byte)one, (byte)other);
}
