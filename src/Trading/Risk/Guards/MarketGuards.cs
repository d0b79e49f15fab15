using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Trading.Engine;

namespace Parallax.Trading.Risk.Guards;

/// <summary>What the guards say about the markets of one way, each the worst of its legs.</summary>
/// <param name="Volatility">Annualised.</param>
/// <param name="SpreadMultiple">Of the running median, where a spread has opened; zero where none has.</param>
/// <param name="IsVolatile">A guard has tripped and not been released.</param>
/// <param name="OutlierBps">From what the mid is held against.</param>
/// <param name="DepegBps">Of the coins that the legs trade.</param>
public readonly record struct MarketReading(double Volatility, double SpreadMultiple, bool IsVolatile, double OutlierBps, double DepegBps);

/// <summary>Volatility, spread, outliers and pegs of every market, sampled once a second of engine time.</summary>
/// <remarks>Engine thread only. Allocates nothing after <see cref="Begin"/>.</remarks>
public sealed class MarketGuards(RiskLimits limits, Markets markets)
{
    private RiskLimits _limits = limits;
    private VolatilityGuard[] _volatility = [];
    private OutlierBand[] _bands = [];

    /// <summary>The same pair elsewhere, by market.</summary>
    private int[][] _peers = [];

    /// <summary>The coins that a market trades, by market; numbers into <see cref="_pegs"/>.</summary>
    private int[][] _coins = [];

    /// <summary>The markets in which a coin is traded against its peg, by coin.</summary>
    private int[][] _pegs = [];

    /// <summary>Markets whose guard has tripped or that are set aside now.</summary>
    public int Guarded => _volatility.Count(guard => guard.IsTripped) + _bands.Count(band => band.IsQuarantined);

    /// <summary>Every market is defined.</summary>
    public void Begin()
    {
        var terms = VolatilityTerms.Of(_limits);
        var all = markets.Instruments;
        _volatility = [.. all.Select(_ => new VolatilityGuard(terms))];
        _bands = [.. all.Select(_ => new OutlierBand((double)_limits.OutlierBpsMax))];
        _peers = [.. all.Select((one, i) => Enumerable.Range(0, all.Count).Where(other => other != i && IsSamePair(one, all[other])).ToArray())];
        WatchPegs();
    }

    /// <summary>Other limits hold from the next sample on; what the samples before have shown stays known.</summary>
    public void Change(RiskLimits limits)
    {
        _limits = limits;
        var terms = VolatilityTerms.Of(limits);
        Array.ForEach(_volatility, guard => guard.Change(terms));
        Array.ForEach(_bands, band => band.Change((double)limits.OutlierBpsMax));
        if (_volatility.Length > 0)
        {
            WatchPegs();
        }
    }

    private void WatchPegs()
    {
        var all = markets.Instruments;
        var coins = _limits.StableCoins.Assets.ToArray();
        _coins = [.. all.Select(one => Enumerable.Range(0, coins.Length).Where(coin => one.Base == coins[coin] || one.Quote == coins[coin]).ToArray())];
        _pegs = [.. coins.Select(coin => Enumerable.Range(0, all.Count).Where(market => IsPegMarket(all[market], coin)).ToArray())];
    }

    public void Sample(long now)
    {
        for (var market = 0; market < _volatility.Length; market++)
        {
            if (!TryMid(market, out var mid, out var spreadBps))
            {
                _volatility[market].Skip();
                continue;
            }

            var band = _bands[market];
            band.Sample(now, mid, IsConfirmed(market, mid));
            if (band.IsQuarantined)
            {
                _volatility[market].Skip();
            }
            else
            {
                _volatility[market].Sample(mid, spreadBps);
            }
        }
    }

    /// <summary>There was a time without samples: returns over it are none of a second.</summary>
    public void Skip()
    {
        foreach (var guard in _volatility)
        {
            guard.Skip();
        }
    }

    public MarketReading Read(ReadOnlySpan<LegBook> legs)
    {
        var worst = default(MarketReading);
        foreach (ref readonly var leg in legs)
        {
            var guard = _volatility[leg.Instrument];
            worst = new MarketReading(
                double.Max(worst.Volatility, guard.Volatility),
                double.Max(worst.SpreadMultiple, guard.SpreadMultiple),
                worst.IsVolatile || guard.IsTripped,
                double.Max(worst.OutlierBps, Distance(leg.Instrument)),
                double.Max(worst.DepegBps, DepegOf(leg.Instrument)));
        }

        return worst;
    }

    /// <summary>From the same pair elsewhere where it is traded now, else from its own last believed mid; zero where there is neither.</summary>
    private double Distance(int market)
    {
        if (!TryMid(market, out var mid, out _))
        {
            return 0;
        }

        var nearest = double.PositiveInfinity;
        foreach (var peer in _peers[market])
        {
            if (TryMid(peer, out var other, out _))
            {
                nearest = double.Min(nearest, double.Abs((mid / other) - 1) * 10_000);
            }
        }

        return double.IsPositiveInfinity(nearest) ? _bands[market].Distance(mid) : nearest;
    }

    private bool IsConfirmed(int market, double mid)
    {
        foreach (var peer in _peers[market])
        {
            if (TryMid(peer, out var other, out _) && double.Abs((mid / other) - 1) * 10_000 <= (double)_limits.OutlierBpsMax)
            {
                return true;
            }
        }

        return false;
    }

    private double DepegOf(int market)
    {
        var furthest = 0.0;
        foreach (var coin in _coins[market])
        {
            furthest = double.Max(furthest, Depeg(coin));
        }

        return furthest;
    }

    /// <summary>Where several markets tell a coin's price two of them must agree that it is off, so the second furthest counts; else the only one.</summary>
    /// <returns>Bps; zero without a live market against the peg.</returns>
    private double Depeg(int coin)
    {
        var (furthest, second, count) = (0.0, 0.0, 0);
        foreach (var market in _pegs[coin])
        {
            if (TryMid(market, out var mid, out _))
            {
                // 1/mid where the peg is the base; how far it is from 1 is what counts.
                var price = markets.Instrument(market).Quote == StableCoins.Peg ? mid : 1 / mid;
                var off = double.Abs(price - 1) * 10_000;
                (furthest, second) = off > furthest ? (off, furthest) : (furthest, double.Max(second, off));
                count++;
            }
        }

        return count > 1 ? second : furthest;
    }

    private bool TryMid(int market, out double mid, out double spreadBps)
    {
        var book = markets.Book(market);
        if (book.State != BookState.Live || !book.TryGetBest(BookSide.Bid, out var bid) || !book.TryGetBest(BookSide.Ask, out var ask))
        {
            (mid, spreadBps) = (0, 0);
            return false;
        }

        var ticks = 0.5 * ((double)bid.PriceTicks + ask.PriceTicks);
        mid = ticks * (double)markets.Instrument(market).TickSize;
        spreadBps = (ask.PriceTicks - bid.PriceTicks) / ticks * 10_000;
        return mid > 0;
    }

    private static bool IsSamePair(Instrument one, Instrument other) =>
        one.Base == other.Base && one.Quote == other.Quote && one.Id.Kind == other.Id.Kind && one.Id.Venue != other.Id.Venue;

    private static bool IsPegMarket(Instrument market, Asset coin) =>
        market.Id.Kind == InstrumentKind.Spot
        && ((market.Base == coin && market.Quote == StableCoins.Peg) || (market.Quote == coin && market.Base == StableCoins.Peg));
}
