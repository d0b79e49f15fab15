using Parallax.Domain;
using Parallax.Strategies.Sizing;
using Parallax.Strategies.Sizing.Exact;

namespace Parallax.Strategies.Tests.Sizing;

/// <summary>What must hold for every book: cycles.md section 7.</summary>
public sealed class SizingPropertyTests
{
    private const int Books = 400;

    [Fact]
    public void No_other_size_earns_more_than_the_best_one()
    {
        ForEachBook((seed, legs) =>
        {
            var random = new SplitMix(seed);
            var best = ExactSizing.Size(legs, null, 1);
            for (var i = 0; i < 8; i++)
            {
                var input = new Rational(random.Between(1, 2_000), 7);
                var other = ExactSizing.Size(legs, input, 0);
                Assert.True(other.Profit <= best.Profit, RandomPath.Describe(seed));
            }
        });
    }

    [Fact]
    public void Binary64_agrees_with_fractions()
    {
        var sizer = new ContinuousSizer();
        for (var seed = 1UL; seed <= Books; seed++)
        {
            var (path, inputMax) = RandomPath.Of(seed);
            sizer.Clear();
            path.ForEach(leg => sizer.Add(leg.Terms, leg.Levels));
            var exact = ExactSizing.Size(Exact(path), inputMax, 1);
            var found = sizer.Size((double)inputMax);

            var input = (double)exact.Input.ToDecimal();
            Assert.Equal((double)exact.Profit.ToDecimal(), found.Profit, 1e-10 * (1 + input));
        }
    }

    [Fact]
    public void More_of_every_quantity_scales_size_and_profit_alike() => ForEachBook((seed, legs) =>
    {
        var best = ExactSizing.Size(legs, null, 1);
        var scaled = ExactSizing.Size([.. legs.Select(leg => leg with { Levels = [.. leg.Levels.Select(level => level with { Quantity = level.Quantity * 7 })] })], null, 1);

        Assert.Equal(best.Input * 7, scaled.Input);
        Assert.Equal(best.Profit * 7, scaled.Profit);
    });

    [Fact]
    public void A_higher_fee_never_earns_more() => ForEachBook((seed, legs) =>
    {
        var best = ExactSizing.Size(legs, null, 1).Profit;
        for (var k = 0; k < legs.Count; k++)
        {
            var dearer = legs.ToList();
            dearer[k] = legs[k] with { Fee = legs[k].Fee with { Rate = legs[k].Fee.Rate + 0.0003m } };
            Assert.True(ExactSizing.Size(dearer, null, 1).Profit <= best, RandomPath.Describe(seed));
        }
    });

    [Fact]
    public void A_level_behind_the_last_one_used_changes_nothing() => ForEachBook((seed, legs) =>
    {
        var best = ExactSizing.Size(legs, null, 1);
        if (best.Stop != SizingStop.Marginal)
        {
            return;
        }

        var deeper = legs.Select(leg => leg with
        {
            Levels = [.. leg.Levels, new ExactLevel(leg.Levels[^1].Price * (leg.Side == Side.Buy ? new Rational(11, 10) : new Rational(9, 10)), 5)],
        }).ToList();
        var found = ExactSizing.Size(deeper, null, 1);

        Assert.Equal((best.Input, best.Output), (found.Input, found.Output));
    });

    [Fact]
    public void Books_that_agree_never_pay_without_fees()
    {
        for (var seed = 1UL; seed <= Books; seed++)
        {
            var random = new SplitMix(seed);
            var values = Enumerable.Range(0, 4).Select(_ => (Rational)random.Between(1, 50)).ToList();
            var legs = Enumerable.Range(0, 4).Select(k =>
            {
                var (from, to) = (values[k], values[(k + 1) % 4]);
                var side = random.Of(Side.Buy, Side.Sell);
                return new ExactLeg(side, new FeeTerms(0m, FeeMode.Receive), [new ExactLevel(side == Side.Buy ? to / from : from / to, random.Between(1, 9))]);
            }).ToList();

            Assert.Equal(Rational.Zero, ExactSizing.Size(legs, null, 1).Input);
        }
    }

    [Fact]
    public void A_limit_on_one_leg_is_a_limit_on_the_path()
    {
        ForEachBook((seed, legs) =>
        {
            var best = ExactSizing.Size(legs, null, 1);
            if (best.Input.Sign == 0)
            {
                return;
            }

            var limited = legs.ToList();
            limited[0] = legs[0] with { InputMax = best.Input / 2 };
            var found = ExactSizing.Size(limited, null, 1);

            Assert.Equal(best.Input / 2, found.Input);
            Assert.Equal(ExactSizing.Size(legs, best.Input / 2, 1).Profit, found.Profit);
        });
    }

    private static void ForEachBook(Action<ulong, List<ExactLeg>> check)
    {
        for (var seed = 1UL; seed <= Books; seed++)
        {
            check(seed, Exact(RandomPath.Of(seed).Legs));
        }
    }

    private static List<ExactLeg> Exact(List<(LegTerms Terms, Level[] Levels)> legs) => legs.ConvertAll(leg => new ExactLeg(
        leg.Terms.Side,
        leg.Terms.Fee,
        [.. leg.Levels.Select(level => new ExactLevel((Rational)leg.Terms.TickSize * level.PriceTicks, (Rational)leg.Terms.LotSize * level.QuantityLots))]));
}
