using FsCheck;
using FsCheck.Fluent;
using Parallax.Domain;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Losses;

namespace Parallax.Trading.Tests.Risk;

/// <summary>What must hold for all limits, states and losses.</summary>
public sealed class RiskPropertyTests
{
    private const long Now = 1_700_000_000_000_000_000;

    /// <summary>Limits that a verdict does not look at by themselves.</summary>
    private static readonly string[] Elsewhere = ["breaker-", "state-hold", "depeg-halt", "plan-loss"];

    private static readonly LimitTerm[] Terms = [.. LimitCatalog.All.Where(term => !Elsewhere.Any(prefix => term.Key.StartsWith(prefix, StringComparison.Ordinal)))];

    private static readonly Gen<decimal> Share = Gen.Choose(0, 100).Select(percent => percent / 100m);

    private static readonly Gen<RiskState> States =
        from shares in Gen.ArrayOf(Share, 15)
        from level in Gen.Choose(0, 3)
        from breaker in Gen.Choose(0, 2)
        from counts in Gen.ArrayOf(Gen.Choose(0, 6), 3)
        select new RiskState
        {
            NowNanos = Now,
            IsKilled = false,
            OpenPlans = counts[0] / 2,
            Balance = 2_000m * shares[0],
            Available = 2_000m * shares[0] * shares[1],
            Level = level == 3 ? RiskLevel.Active : (RiskLevel)(level % 2),
            Breaker = breaker == 2 ? BreakerState.Closed : (BreakerState)breaker,
            VenueHealth = 1m - (shares[2] / 2m),
            Volatility = 3.2m * shares[3],
            SpreadMultiple = 6.5m * shares[14],
            OutlierBps = 2_100m * shares[4],
            DepegBps = 55m * shares[5],
            DailyLoss = 110m * shares[6],
            HourlyLoss = 55m * shares[7],
            LossStreak = counts[1],
            Drawdown = 0.055m * shares[8],
            OpenOrders = counts[2],
            RecentOrders = counts[2] * 8,
            RecentTurnover = 21_000m * shares[9],
            AssetExposure = 5_100m * shares[10],
            MarketExposure = 5_100m * shares[11],
            VenueExposure = 10_100m * shares[12],
            TotalExposure = 10_100m * shares[13],
            Venues = 1 + (counts[0] % 2),
            Equity = 30_000m * shares[0],
        };

    private static readonly Gen<(decimal[] Shares, RiskState State, LimitTerm Term, decimal By)> Cases =
        from shares in Gen.ArrayOf(Share, 5)
        from state in States
        from term in Gen.Elements(Terms)
        from tighter in Share
        select (shares, state, term, tighter);

    [Fact]
    public void A_tighter_limit_never_lets_pass_what_a_looser_one_refused()
    {
        var passed = 0;
        Prop.ForAll(Cases.ToArbitrary(), one =>
        {
            var loose = new RiskLimits();
            var tight = Tightened(loose, one.Term, one.By);
            var (wide, narrow) = (Allowed(loose, one.State, one.Shares), Allowed(tight, one.State, one.Shares));
            passed += wide > 0m ? 1 : 0;
            return narrow <= wide;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
        Assert.True(passed > 50, $"Only {passed} cases passed the looser limits: the property says little.");
    }

    [Fact]
    public void A_heavier_state_comes_at_once_a_lighter_one_only_after_the_hold_and_halted_never_by_itself() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(-60, 40).Zip(Gen.Choose(0, 400)), 40).ToArbitrary(), events =>
        {
            const long Hold = 300 * UtcNanos.PerSecond;
            var terms = new LossTerms(500m, 0.08m, 5, Hold);
            var losses = new LossBook(terms, 10_000m);
            // Within one day, so that no day change lifts anything.
            var now = 20_000L * 86_400 * UtcNanos.PerSecond;
            var entered = 0L;
            foreach (var (profit, seconds) in events)
            {
                now += seconds * UtcNanos.PerSecond;
                var before = losses.Level;
                losses.Add(now, 4m * profit);
                var least = losses.DailyLoss >= 500m || losses.Drawdown >= 0.08m ? RiskLevel.Halted
                    : losses.DailyLoss >= 400m || losses.Streak >= 5 ? RiskLevel.Restricted
                    : losses.DailyLoss >= 250m || losses.Drawdown >= 0.04m || losses.Streak >= 3 ? RiskLevel.Cautious
                    : RiskLevel.Active;
                Assert.True(losses.Level >= least);
                if (losses.Level < before)
                {
                    Assert.NotEqual(RiskLevel.Halted, before);
                    Assert.True(now - entered >= Hold);
                }

                entered = losses.Level == before ? entered : now;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_a_loss_book_remembers_is_the_book() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(-60, 40).Zip(Gen.Choose(0, 40_000)), 20).ToArbitrary(), events =>
        {
            var terms = new LossTerms(500m, 0.08m, 5, 300 * UtcNanos.PerSecond);
            var (whole, parted) = (new LossBook(terms, 10_000m), new LossBook(terms, 10_000m));
            var now = 0L;
            foreach (var (profit, seconds) in events)
            {
                now += seconds * UtcNanos.PerSecond;
                whole.Add(now, profit);
                parted.Add(now, profit);
                var again = new LossBook(terms, 0m);
                again.Restore(parted.Memory(now));
                parted = again;
                Assert.Equal((whole.Level, whole.Equity, whole.Peak, whole.DailyLoss, whole.Streak), (parted.Level, parted.Equity, parted.Peak, parted.DailyLoss, parted.Streak));
            }
        }).QuickCheckThrowOnFailure();

    private static RiskLimits Tightened(RiskLimits limits, LimitTerm term, decimal by)
    {
        var now = term.Read(limits);
        var tighter = term.Key.EndsWith("-min", StringComparison.Ordinal) ? now + ((term.Max - now) * by) : now - ((now - term.Min) * by);
        return term.With(limits, term.IsWhole ? decimal.Floor(tighter) : tighter);
    }

    /// <returns>What may be spent; zero when refused.</returns>
    private static decimal Allowed(RiskLimits limits, in RiskState state, decimal[] shares)
    {
        var input = 10m + (1_200m * shares[0]);
        var proposal = new Proposal
        {
            StartAsset = new Asset("USD"),
            InputAmount = input,
            StartAssetPrice = 1m,
            NetProfit = 1m,
            NetEdgeBps = 6m,
            Legs = [new LegBook(0, Now, Now), new LegBook(1, Now - 1, Now)],
            Confidence = 0.25m + (0.75m * shares[1]),
            RiskScore = 0.75m * shares[2],
            SlippageBps = 55m * shares[3],
            NewOrders = 3,
        };
        var verdict = new RiskChain(limits).Judge("plan", state, proposal);
        return verdict.TryClipped(out var bound) ? bound.InputAmountMax : verdict.TryApproved(out _) ? input : 0m;
    }
}
