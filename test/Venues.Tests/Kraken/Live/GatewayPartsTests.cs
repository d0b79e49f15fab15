using Parallax.Domain;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>The small parts of the gateway, each with a clock in the test's hand.</summary>
public sealed class GatewayPartsTests
{
    private const long Start = 1_700_000_000 * UtcNanos.PerSecond;
    private const long Second = UtcNanos.PerSecond;

    [Fact]
    public void The_venue_is_told_every_third_of_the_time_and_once_to_stop()
    {
        var timer = new DeadManTimer();
        Assert.Null(timer.Due(Start));
        timer.Seconds = 60;
        Assert.Equal(60, timer.Due(Start));
        Assert.Null(timer.Due(Start + (19 * Second)));
        Assert.Equal(60, timer.Due(Start + (20 * Second)));
        timer.Seconds = 0;
        Assert.Equal(0, timer.Due(Start + (21 * Second)));
        Assert.Null(timer.Due(Start + (100 * Second)));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    public void What_the_venue_did_not_take_is_told_again_a_second_later(int seconds)
    {
        var timer = new DeadManTimer { Seconds = 60 };
        timer.Due(Start);
        timer.Seconds = seconds;
        timer.Due(Start + (20 * Second));
        timer.Failed(Start + (20 * Second));

        Assert.Null(timer.Due(Start + (20 * Second) + 1));
        Assert.Equal(seconds, timer.Due(Start + (21 * Second)));
    }

    [Fact]
    public void A_fifth_of_a_pairs_counter_is_kept_for_cancels_and_for_what_finishes_a_plan()
    {
        var pairs = new PairBudgets(KrakenTier.Starter, 2);
        for (var i = 0; i < 48; i++)
        {
            Assert.Null(pairs.Refusal(0, isUrgent: false, Start));
        }

        Assert.StartsWith("rate-limited:", pairs.Refusal(0, isUrgent: false, Start), StringComparison.Ordinal);
        Assert.Null(pairs.Refusal(1, isUrgent: false, Start));
        Assert.Null(pairs.Refusal(0, isUrgent: true, Start));
        Assert.Equal(TimeSpan.Zero, pairs.TryCancel(0, Start, Start));
        Assert.True(pairs.TryCancel(0, Start, Start) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, pairs.TryCancel(0, Start - (300 * Second), Start));
        Assert.Null(pairs.Refusal(0, isUrgent: false, Start + (20 * Second)));
    }

    [Theory]
    [InlineData(4, 8)]
    [InlineData(5, 6)]
    [InlineData(10, 5)]
    [InlineData(15, 4)]
    [InlineData(45, 2)]
    [InlineData(90, 1)]
    [InlineData(300, 0)]
    public void Taking_an_order_back_costs_the_more_the_younger_it_is(long seconds, decimal cost) =>
        Assert.Equal(cost, PairBudgets.CancelCost(seconds * Second));

    [Fact]
    public void A_pair_that_the_venue_closed_gets_no_orders_for_a_while_and_the_others_do()
    {
        var pairs = new PairBudgets(KrakenTier.Starter, 2);
        pairs.Close(0, Start);

        Assert.StartsWith("market-closed:", pairs.Refusal(0, isUrgent: true, Start + 1), StringComparison.Ordinal);
        Assert.Null(pairs.Refusal(1, isUrgent: false, Start + 1));
        Assert.Null(pairs.Refusal(0, isUrgent: false, Start + KrakenLimits.ThrottlePauseNanos));
    }

    [Fact]
    public void What_a_venue_allows_is_told_when_it_changes_and_not_again()
    {
        var sink = new DeskSink();
        var standing = new VenueStanding(sink);
        var halt = new VenueHalt(VenueHalt.Nonce, "two processes");
        standing.Look(null, TimeSpan.Zero, "connecting", Start);
        standing.Look(null, TimeSpan.Zero, "online", Start);
        standing.Look(null, TimeSpan.Zero, "online", Start);
        standing.Look(null, TimeSpan.Zero, "offline", Start);
        standing.Look(null, TimeSpan.FromSeconds(1), "online", Start);
        standing.Look(null, TimeSpan.Zero, "online", Start);
        standing.Look(null, TimeSpan.Zero, "a word of tomorrow", Start);
        standing.Look(null, TimeSpan.Zero, "unknown", Start);
        standing.Look(halt, TimeSpan.Zero, "online", Start);

        Assert.Equal(
            [
                (VenueCondition.Online, ""),
                (VenueCondition.Halted, "rate-limited"),
                (VenueCondition.Online, ""),
                (VenueCondition.Maintenance, ""),
                (VenueCondition.Halted, "nonce"),
            ],
            sink.Statuses().Select(status => (status.Condition, status.Reason)));
    }

    [Fact]
    public void A_fee_that_changed_is_told_and_used_from_the_next_order_on()
    {
        var sink = new DeskSink();
        Instrument[] instruments = [AnInstrument.Of("BTC/USD", 1), AnInstrument.Of("ETH/USD", 2)];
        var fees = new FeeWatch(instruments, [new FeeTerms(0.004m, FeeMode.Quote, 0.01m), new FeeTerms(0.004m, FeeMode.Quote)], sink);
        var names = new MarketNames(instruments, [Pair("XXBTZUSD", "XBTUSD", "XBT/USD"), Pair("XETHZUSD", "ETHUSD", "ETH/USD")], new Dictionary<string, string>());
        var rates = new Dictionary<string, decimal> { ["XXBTZUSD"] = 0.0035m, ["XETHZUSD"] = 0.004m, ["SOLUSD"] = 0.001m };
        fees.Take(new TradeVolume("ZUSD", 10_000m, rates, new Dictionary<string, decimal>()), names, Start);

        var told = Assert.Single(sink.Fees());
        Assert.Equal(("BTC/USD", new FeeTerms(0.0035m, FeeMode.Quote, 0.01m)), (told.Pair, told.Terms));
        Assert.Equal((0.0035m, 0.004m), (fees[0].Rate, fees[1].Rate));
    }

    private static AssetPair Pair(string key, string altname, string wsname) => new()
    {
        Key = key,
        AltName = altname,
        WsName = wsname,
        BaseClass = "currency",
        PriceDecimals = 1,
        TickSize = 0.1m,
        QuantityDecimals = 8,
        QuantityMin = 0m,
        CostMin = 0m,
        Status = Venues.Kraken.Feed.Messages.MarketStatus.Online,
        TakerFees = [],
    };
}
