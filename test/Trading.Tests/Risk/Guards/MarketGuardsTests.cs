using Parallax.Domain;
using Parallax.MarketData.Records;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Guards;

namespace Parallax.Trading.Tests.Risk.Guards;

public sealed class MarketGuardsTests
{
    private const long Second = UtcNanos.PerSecond, Start = 1_700_000_000 * Second;

    private static readonly VenueId First = new("first"), Other = new("other");

    private readonly Markets _markets = new(new FeeTable(new FeeTerms(0m, FeeMode.Receive)));
    private readonly RiskLimits _limits = new();

    [Theory]
    [InlineData("1.004", 40)]
    [InlineData("0.97", 300)]
    public void D12_a_stable_coin_off_its_peg_is_measured_on_its_own_market(string price, double bps)
    {
        var guards = With(Market(First, "USDT", "USD"), Market(First, "BTC", "USDT"));
        Quote(0, decimal.Parse(price));
        Quote(1, 60_000m);

        // The market against the coin is touched by its fall as well as the one that tells it.
        Assert.Equal(bps, guards.Read([Leg(1)]).DepegBps, 6);
    }

    [Fact]
    public void D12_where_two_venues_tell_the_price_both_must_have_left_the_peg()
    {
        var guards = With(Market(First, "USDT", "USD"), Market(Other, "USDT", "USD"));
        Quote(0, 0.97m);
        Quote(1, 1m);
        Assert.Equal(0, guards.Read([Leg(0)]).DepegBps, 6);

        Quote(1, 0.98m);

        Assert.Equal(200, guards.Read([Leg(0)]).DepegBps, 6);
    }

    [Fact]
    public void D12_beyond_the_second_threshold_not_even_a_reduction_goes_through_the_coin()
    {
        var chain = new RiskChain(_limits);
        Assert.Equal(RefusalReason.Depeg, Refusal(chain, 51m, isReduceOnly: false));
        Assert.Null(Refusal(chain, 200m, isReduceOnly: true));
        Assert.Equal(RefusalReason.Depeg, Refusal(chain, 201m, isReduceOnly: true));
        Assert.Null(Refusal(chain, 50m, isReduceOnly: false));
    }

    [Fact]
    public void B7_a_mid_far_from_its_last_one_is_set_aside_until_it_has_stayed()
    {
        var guards = With(Market(First, "BTC", "USD"));
        Quote(0, 60_000m);
        guards.Sample(Start);
        Quote(0, 6_000m);

        Assert.Equal(9_000, guards.Read([Leg(0)]).OutlierBps, 6);
        for (var i = 1; i <= 30; i++)
        {
            guards.Sample(Start + (i * Second));
            Assert.Equal(9_000, guards.Read([Leg(0)]).OutlierBps, 6);
        }

        guards.Sample(Start + (31 * Second));
        Assert.Equal(0, guards.Read([Leg(0)]).OutlierBps, 6);
    }

    [Fact]
    public void B7_a_price_that_another_venue_confirms_is_the_market()
    {
        var guards = With(Market(First, "BTC", "USD"), Market(Other, "BTC", "USD"));
        Quote(0, 60_000m);
        Quote(1, 60_000m);
        guards.Sample(Start);

        Quote(0, 40_000m);
        Assert.Equal(3_333.333, guards.Read([Leg(0)]).OutlierBps, 2);
        Quote(1, 40_100m);

        Assert.True(guards.Read([Leg(0)]).OutlierBps < 30);
    }

    [Fact]
    public void A_market_without_a_book_is_compared_with_nothing_when_it_comes_back()
    {
        var guards = With(Market(First, "BTC", "USD"));
        Quote(0, 60_000m);
        guards.Sample(Start);
        _markets.Book(0).Invalidate(MarketData.Books.BookInvalidReason.FeedLost);
        guards.Sample(Start + Second);
        Quote(0, 61_000m);
        guards.Sample(Start + (2 * Second));

        Assert.Equal(0, guards.Read([Leg(0)]).Volatility);
    }

    [Fact]
    public void A_spread_is_told_in_its_own_medians_and_only_while_it_is_open()
    {
        var guards = With(Market(First, "BTC", "USD"));
        for (var i = 0; i < 5; i++)
        {
            Quote(0, 60_000m);
            guards.Sample(Start + (i * Second));
        }

        Quote(0, 60_000m, aside: 7);
        guards.Sample(Start + (5 * Second));
        Assert.Equal(7, guards.Read([Leg(0)]).SpreadMultiple, 6);

        Quote(0, 60_000m, aside: 6);
        guards.Sample(Start + (6 * Second));
        Assert.Equal(0, guards.Read([Leg(0)]).SpreadMultiple);
    }

    private static RefusalReason? Refusal(RiskChain chain, decimal depegBps, bool isReduceOnly)
    {
        var state = new RiskState { NowNanos = Start, IsKilled = false, OpenPlans = 0, Balance = 1_000m, Available = 1_000m, VenueHealth = 1m, DepegBps = depegBps };
        var proposal = new Proposal
        {
            StartAsset = new Asset("USD"),
            InputAmount = 100m,
            StartAssetPrice = 1m,
            NetProfit = 1m,
            NetEdgeBps = 100m,
            Legs = [],
            Confidence = 1m,
            IsReduceOnly = isReduceOnly,
        };
        return chain.Judge("plan", state, proposal).TryRefused(out var refused) ? refused.Reason : null;
    }

    private MarketGuards With(params Instrument[] instruments)
    {
        for (var i = 0; i < instruments.Length; i++)
        {
            _markets.Define((ushort)i, instruments[i]);
        }

        var guards = new MarketGuards(_limits, _markets);
        guards.Begin();
        return guards;
    }

    private void Quote(int market, decimal mid, int aside = 1)
    {
        var instrument = _markets.Instrument(market);
        var ticks = (long)(mid / instrument.TickSize);
        _markets.Book(market).Apply(
            BookRecord.Header(MarketRecordKind.BookSnapshot, (ushort)market, Start, Start),
            [new BookLevel(BookSide.Bid, ticks - aside, 100), new BookLevel(BookSide.Ask, ticks + aside, 100)]);
    }

    private static LegBook Leg(ushort market) => new(market, Start, Start);

    private static Instrument Market(VenueId venue, string @base, string quote) => new()
    {
        Id = new InstrumentId(venue, new Asset(@base), new Asset(quote), InstrumentKind.Spot),
        Symbol = $"{@base}/{quote}",
        TickSize = 0.0001m,
        LotSize = 0.01m,
        NotionalMin = 0m,
    };
}
