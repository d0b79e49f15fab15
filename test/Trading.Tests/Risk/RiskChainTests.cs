using Parallax.Domain;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Tests.Risk;

public sealed class RiskChainTests
{
    private static readonly Asset Usd = new("USD");
    private const long Now = 1_700_000_000_000_000_000;
    private const long Millisecond = UtcNanos.PerMillisecond;

    private readonly RiskLimits _limits = new()
    {
        BookAgeMillisMax = 500,
        LegCoherenceMillisMax = 250,
        ClockSkewMillisMax = 250,
        NetEdgeBpsMin = 5m,
        NotionalMax = 20_000m,
        NotionalMin = 10m,
        ReserveFraction = 0.1m,
        OpenPlansMax = 3,
        AssetExposureMax = 1_000_000m,
        MarketExposureMax = 1_000_000m,
        VenueExposureMax = 1_000_000m,
        TotalExposureMax = 1_000_000m,
    };

    private readonly RiskState _state = new() { NowNanos = Now, IsKilled = false, OpenPlans = 0, Balance = 15_000m, Available = 15_000m, VenueHealth = 1m };

    [Fact]
    public void A_proposal_within_every_limit_is_approved_and_carries_its_plan() =>
        Assert.True(Judge(_state).TryApproved(out var approved) && approved.Value == "plan");

    [Fact]
    public void Nothing_can_be_approved_past_the_chain() =>
        Assert.Throws<InvalidOperationException>(() => default(Approved<string>).Value);

    [Fact]
    public void The_kill_switch_comes_before_everything() =>
        Refuses(Judge(_state with { IsKilled = true, OpenPlans = 99, Available = -1m }, netEdgeBps: -3m, agesNanos: [long.MaxValue]), RefusalReason.Kill, 1m, 0m);

    [Theory]
    [InlineData(500 * Millisecond, true)]
    [InlineData((500 * Millisecond) + 1, false)]
    public void A_book_as_old_as_the_limit_passes_and_a_nanosecond_older_does_not(long ageNanos, bool passes)
    {
        var verdict = Judge(_state, agesNanos: [ageNanos, 400 * Millisecond]);

        Assert.Equal(passes, verdict.Kind == VerdictKind.Approved);
        if (!passes)
        {
            Refuses(verdict, RefusalReason.BookAge, 500.000001m, 500m);
        }
    }

    [Fact]
    public void A_market_that_ran_is_held_against_what_lets_it_back_in()
    {
        Refuses(Judge(_state with { Volatility = 3.1m, IsVolatile = true }), RefusalReason.Volatility, 3.1m, 3m);
        Refuses(Judge(_state with { Volatility = 2.5m, IsVolatile = true }), RefusalReason.Volatility, 2.5m, 2.4m);
        Assert.Equal(VerdictKind.Approved, Judge(_state with { Volatility = 2.5m }).Kind);
    }

    [Fact]
    public void An_opened_spread_is_refused_with_how_many_medians_it_is()
    {
        Refuses(Judge(_state with { SpreadMultiple = 6.1m, IsVolatile = true }), RefusalReason.Spread, 6.1m, 6m);
        Assert.Equal(VerdictKind.Approved, Judge(_state with { SpreadMultiple = 6m }).Kind);
    }

    [Theory]
    [InlineData(250 * Millisecond, true)]
    [InlineData((250 * Millisecond) + 1, false)]
    public void Books_as_far_apart_as_the_limit_pass_and_a_nanosecond_further_do_not(long apartNanos, bool passes)
    {
        var verdict = Judge(_state, agesNanos: [10 * Millisecond, 5 * Millisecond, (5 * Millisecond) + apartNanos]);

        Assert.Equal(passes, verdict.Kind == VerdictKind.Approved);
        if (!passes)
        {
            Refuses(verdict, RefusalReason.LegCoherence, 250.000001m, 250m);
        }
    }

    [Theory]
    [InlineData(250 * Millisecond, true)]
    [InlineData(-250 * Millisecond, true)]
    [InlineData((250 * Millisecond) + 1, false)]
    [InlineData((-250 * Millisecond) - 1, false)]
    [InlineData(long.MinValue, false)]
    public void A_venue_clock_may_be_off_by_the_limit_either_way(long venueBehindNanos, bool passes)
    {
        LegBook[] legs = [new(1, Now, Now), new(2, Now, Now - Math.Max(venueBehindNanos, Now - long.MaxValue))];

        Assert.Equal(passes, Judge(_state, legs: legs).Kind == VerdictKind.Approved);
        if (!passes)
        {
            Assert.True(Judge(_state, legs: legs).TryRefused(out var refused) && refused.Reason == RefusalReason.ClockSkew);
        }
    }

    [Fact]
    public void A_book_without_venue_time_is_judged_by_its_age_alone() =>
        Assert.Equal(VerdictKind.Approved, Judge(_state, legs: [new(1, Now, null)]).Kind);

    [Theory]
    [InlineData("5", true)]
    [InlineData("4.9999", false)]
    public void An_edge_equal_to_the_minimum_passes(string netEdgeBps, bool passes)
    {
        var edge = decimal.Parse(netEdgeBps);
        var verdict = Judge(_state, netEdgeBps: edge);

        Assert.Equal(passes, verdict.Kind == VerdictKind.Approved);
        if (!passes)
        {
            Refuses(verdict, RefusalReason.NetEdge, edge, 5m);
        }
    }

    [Fact]
    public void As_many_plans_as_the_limit_may_be_open_and_not_one_more()
    {
        Assert.Equal(VerdictKind.Approved, Judge(_state with { OpenPlans = 2 }).Kind);
        Refuses(Judge(_state with { OpenPlans = 3 }), RefusalReason.OpenPlans, 4m, 3m);
    }

    [Fact]
    public void A_size_equal_to_the_largest_passes_and_a_larger_one_is_clipped_to_it()
    {
        var rich = _state with { Balance = 1_000_000m, Available = 1_000_000m };

        Assert.Equal(VerdictKind.Approved, Judge(rich, inputAmount: 20_000m).Kind);
        Clips(Judge(rich, inputAmount: 20_000.01m), 20_000m, RefusalReason.MaximumNotional);
    }

    [Fact]
    public void The_largest_notional_is_counted_in_the_reporting_currency()
    {
        var rich = _state with { Balance = 10m, Available = 10m };

        Clips(Judge(rich, inputAmount: 2m, startAssetPrice: 50_000m), 0.4m, RefusalReason.MaximumNotional);
    }

    [Fact]
    public void The_reserve_is_a_share_of_the_balance_and_the_rest_is_what_may_be_spent()
    {
        Assert.Equal(VerdictKind.Approved, Judge(_state, inputAmount: 13_500m).Kind);
        Clips(Judge(_state, inputAmount: 13_500.01m), 13_500m, RefusalReason.Reserve);
        Clips(Judge(_state with { Available = 5_000m }, inputAmount: 12_000m), 3_500m, RefusalReason.Reserve);
    }

    [Fact]
    public void Without_a_reserve_what_other_plans_have_not_taken_binds()
    {
        var chain = new RiskChain(_limits with { ReserveFraction = 0m });

        Clips(Judge(_state with { Available = 3_000m }, chain: chain), 3_000m, RefusalReason.Balance);
    }

    [Fact]
    public void What_is_left_below_the_smallest_notional_is_refused_by_the_limit_that_bound()
    {
        Refuses(Judge(_state with { Available = 1_509.99m }), RefusalReason.Reserve, 9.99m, 10m);
        Clips(Judge(_state with { Available = 1_510m }), 10m, RefusalReason.Reserve);
        Refuses(Judge(_state with { Available = -20m }), RefusalReason.Reserve, 0m, 10m);
    }

    [Fact]
    public void A_request_below_the_smallest_notional_is_refused_for_itself()
    {
        Refuses(Judge(_state, inputAmount: 9.99m), RefusalReason.MinimumNotional, 9.99m, 10m);
        Assert.Equal(VerdictKind.Approved, Judge(_state, inputAmount: 10m).Kind);
    }

    [Fact]
    public void With_no_smallest_notional_nothing_at_all_is_still_refused()
    {
        var chain = new RiskChain(_limits with { NotionalMin = 0m, ReserveFraction = 0m });

        Refuses(Judge(_state with { Available = 0m }, chain: chain), RefusalReason.Balance, 0m, 0m);
    }

    [Fact]
    public void A_size_at_the_bound_that_the_limits_name_is_approved()
    {
        var bound = SizeBound.Of(_limits, _state, startAssetPrice: 3m);

        Assert.Equal(VerdictKind.Approved, Judge(_state, inputAmount: bound.InputAmountMax, startAssetPrice: 3m).Kind);
    }

    [Fact]
    public void The_second_look_before_sending_sees_a_kill_and_a_book_that_aged()
    {
        var chain = new RiskChain(_limits);
        var proposal = AProposal([new LegBook(1, Now, Now)]);

        Assert.False(chain.RefusesToSend(_state, proposal, out _));
        Assert.True(chain.RefusesToSend(_state with { IsKilled = true }, proposal, out var killed));
        Assert.True(chain.RefusesToSend(_state with { NowNanos = Now + (501 * Millisecond) }, proposal, out var aged));
        Assert.Equal((RefusalReason.Kill, RefusalReason.BookAge), (killed.Reason, aged.Reason));
    }

    [Fact]
    public void Judging_allocates_nothing()
    {
        var chain = new RiskChain(_limits);
        LegBook[] legs = [new(1, Now, Now), new(2, Now, Now), new(3, Now, Now)];
        chain.Judge("plan", _state, AProposal(legs));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            chain.Judge("plan", _state, AProposal(legs));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Verdict<string> Judge(
        RiskState state,
        decimal inputAmount = 12_000m,
        decimal startAssetPrice = 1m,
        decimal netEdgeBps = 9.5m,
        long[]? agesNanos = null,
        LegBook[]? legs = null,
        RiskChain? chain = null)
    {
        legs ??= [.. (agesNanos ?? [30 * Millisecond, 80 * Millisecond]).Select((age, i) => new LegBook((ushort)i, Now - age, Now - age))];
        return (chain ?? new RiskChain(_limits)).Judge("plan", state, AProposal(legs, inputAmount, startAssetPrice, netEdgeBps));
    }

    private static Proposal AProposal(LegBook[] legs, decimal inputAmount = 12_000m, decimal startAssetPrice = 1m, decimal netEdgeBps = 9.5m) => new()
    {
        StartAsset = Usd,
        InputAmount = inputAmount,
        StartAssetPrice = startAssetPrice,
        NetProfit = inputAmount * netEdgeBps / 10_000m,
        NetEdgeBps = netEdgeBps,
        Legs = legs,
        Confidence = 1m,
        NewOrders = 3,
    };

    private static void Refuses(Verdict<string> verdict, RefusalReason reason, decimal value, decimal threshold)
    {
        Assert.True(verdict.TryRefused(out var refused), $"Expected a refusal, found {verdict.Kind}.");
        Assert.Equal(new Refused(reason, value, threshold), refused);
        Assert.False(verdict.TryApproved(out _));
    }

    private static void Clips(Verdict<string> verdict, decimal inputAmountMax, RefusalReason setBy)
    {
        Assert.True(verdict.TryClipped(out var bound), $"Expected a clip, found {verdict.Kind}.");
        Assert.Equal(new SizeBound(inputAmountMax, setBy), bound);
        Assert.False(verdict.TryApproved(out _));
    }
}
