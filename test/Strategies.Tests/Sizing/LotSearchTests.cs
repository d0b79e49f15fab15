using Parallax.Domain;
using Parallax.Strategies.Sizing;

namespace Parallax.Strategies.Tests.Sizing;

public sealed class LotSearchTests
{
    [Fact]
    public void Best_size_on_lots_equals_the_brute_force_on_six_thousand_random_books()
    {
        var sizer = new PathSizer();
        var paying = 0;
        for (var seed = 1UL; seed <= 6_000; seed++)
        {
            var (legs, inputMax) = RandomPath.Of(seed);
            var expected = BruteForce.Best(legs, inputMax);

            Load(sizer, legs);
            var found = sizer.Best(inputMax, int.MaxValue);

            Assert.True(expected.Profit == found.Profit, $"Expected a profit of {expected.Profit}, found {found.Profit}. {RandomPath.Describe(seed)}");
            var firstLots = found.Legs.Length == 0 ? 0 : found.Legs[0].QuantityLots;
            Assert.True(expected.FirstLots == firstLots, $"Expected {expected.FirstLots} lots, found {firstLots}. {RandomPath.Describe(seed)}");
            paying += expected.Profit > 0m ? 1 : 0;
        }

        // The generator would prove nothing if hardly any of its books paid.
        Assert.InRange(paying, 900, 5_900);
    }

    [Fact]
    public void A_budget_that_ends_early_says_how_much_it_can_have_missed()
    {
        var sizer = new PathSizer();
        var isCut = false;
        for (var seed = 1UL; seed <= 1_000; seed++)
        {
            var (legs, inputMax) = RandomPath.Of(seed);
            Load(sizer, legs);
            var best = sizer.Best(inputMax, int.MaxValue).Profit;
            var found = sizer.Best(inputMax, 3);

            Assert.True(found.Profit <= best, RandomPath.Describe(seed));
            Assert.True((double)best <= (double)found.Profit + found.ProfitMissedMax + 1e-9, RandomPath.Describe(seed));
            isCut |= found.ProfitMissedMax > 0;
        }

        Assert.True(isCut);
    }

    [Fact]
    public void Amounts_beyond_128_bits_are_sized_like_any_other()
    {
        // A fee with 26 digits makes units so fine that amounts no longer fit; being the lower one, it breaks no quantity that just fitted.
        var sizer = new PathSizer();
        var paying = 0;
        for (var seed = 1UL; seed <= 600; seed++)
        {
            var (legs, inputMax) = RandomPath.Of(seed);
            var exact = legs.ConvertAll(leg => (With(leg.Terms, leg.Terms.Fee with { Step = null }), leg.Levels));
            var longer = exact.ConvertAll(leg => (With(leg.Item1, leg.Item1.Fee with { Rate = leg.Item1.Fee.Rate - 0.00000000000000000000000001m }), leg.Levels));
            Load(sizer, exact);
            var expected = sizer.Best(inputMax, int.MaxValue).Profit;
            Load(sizer, longer);
            var found = sizer.Best(inputMax, int.MaxValue).Profit;

            Assert.True(Math.Abs(expected - found) < 0.00000000000000000001m, $"Expected {expected}, found {found}. {RandomPath.Describe(seed)}");
            paying += found > 0m ? 1 : 0;
        }

        Assert.True(paying > 50);
    }

    [Fact]
    public void An_input_limit_is_kept_to_the_last_unit()
    {
        var sizer = new PathSizer();
        for (var seed = 1UL; seed <= 1_000; seed++)
        {
            var (legs, inputMax) = RandomPath.Of(seed);
            Load(sizer, legs);
            var free = sizer.Best(inputMax, int.MaxValue);
            if (free.Outcome != SizingOutcome.Sized)
            {
                continue;
            }

            var (spent, profit) = (free.Spent, free.Profit);
            Assert.True(spent <= inputMax, RandomPath.Describe(seed));
            Assert.Equal(profit, sizer.Best(spent, int.MaxValue).Profit);
            Assert.True(sizer.Best(spent - 0.00000001m, int.MaxValue).Spent < spent, RandomPath.Describe(seed));
        }
    }

    [Fact]
    public void Where_the_edge_goes_adds_up_to_the_profit()
    {
        var sizer = new PathSizer();
        for (var seed = 1UL; seed <= 1_000; seed++)
        {
            var (legs, inputMax) = RandomPath.Of(seed);
            Load(sizer, legs);
            var sized = sizer.Best(inputMax, int.MaxValue);
            if (sized.Outcome != SizingOutcome.Sized)
            {
                continue;
            }

            var waterfall = sizer.Waterfall(sized.Spent, sized.Profit);

            Assert.Equal(sized.Profit, waterfall.Gross - waterfall.Fees - waterfall.Rounding);
            Assert.True(waterfall.Rounding >= -0.000000000000000001m, RandomPath.Describe(seed));
            Assert.True(waterfall.Fees >= 0m || legs.Exists(leg => leg.Terms.Fee.Rate < 0m), RandomPath.Describe(seed));
        }
    }

    [Fact]
    public void Where_the_edge_goes_is_found_without_fractions_to_the_last_digit()
    {
        var sizer = new PathSizer();
        var (same, withoutFractions) = (0, 0);
        for (var seed = 1UL; seed <= 2_000; seed++)
        {
            var (legs, inputMax) = RandomPath.Of(seed);
            Load(sizer, legs);
            var sized = sizer.Best(inputMax, evaluationsMax: 1_000);
            foreach (var spent in (decimal[])[sized.Spent, inputMax, 0.37m, 12.345678901234567891234567m])
            {
                if (spent == 0m)
                {
                    continue;
                }

                // As text, which tells trailing zeros apart: the journal does too.
                Assert.Equal(sizer.WaterfallInFractions(spent, 1m).ToString(), sizer.Waterfall(spent, 1m).ToString());
                var before = GC.GetAllocatedBytesForCurrentThread();
                sizer.Waterfall(spent, 1m);
                withoutFractions += GC.GetAllocatedBytesForCurrentThread() == before ? 1 : 0;
                same++;
            }
        }

        // Where a book ends before the input does, fractions are needed.
        Assert.True(withoutFractions > same / 4, $"{withoutFractions} of {same}");
    }

    [Fact]
    public void A_path_without_an_edge_or_without_a_book_says_so()
    {
        var terms = new LegTerms { Side = Side.Buy, TickSize = 1m, LotSize = 1m, Fee = new FeeTerms(0m, FeeMode.Receive) };
        var back = With(terms, terms.Fee, Side.Sell);
        var sizer = new PathSizer();

        Load(sizer, [(terms, [new Level(10, 5)]), (back, [new Level(10, 5)])]);
        Assert.Equal(SizingOutcome.NoEdge, sizer.Best(1_000m).Outcome);
        Load(sizer, [(terms, [new Level(10, 5)]), (back, [])]);
        Assert.Equal(SizingOutcome.EmptyBook, sizer.Best(1_000m).Outcome);
        Load(sizer, [(terms, [new Level(10, 5)]), (back, [new Level(11, 5)])]);
        Assert.Equal(SizingOutcome.NoFeasibleLots, sizer.Best(9.99m).Outcome);
        Assert.Equal(5m, sizer.Best(1_000m).Profit);
        Assert.Equal(LegReject.ZeroQuantity, sizer.Execute(9.99m).Legs[0].Reject);
    }

    private static LegTerms With(LegTerms terms, FeeTerms fee, Side? side = null) => new()
    {
        Side = side ?? terms.Side,
        TickSize = terms.TickSize,
        LotSize = terms.LotSize,
        OrderStepLots = terms.OrderStepLots,
        QuantityMin = terms.QuantityMin,
        NotionalMin = terms.NotionalMin,
        Fee = fee,
    };

    private static void Load(PathSizer sizer, IReadOnlyList<(LegTerms Terms, Level[] Levels)> legs)
    {
        sizer.Clear();
        foreach (var (terms, levels) in legs)
        {
            sizer.Add(terms, levels);
        }
    }
}
