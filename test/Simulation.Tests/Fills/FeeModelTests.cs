using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Execution;
using static Parallax.Simulation.Tests.Scenario;

namespace Parallax.Simulation.Tests.Fills;

public sealed class FeeModelTests
{
    [Theory]
    [InlineData(FeeMode.Receive, Side.Buy, "BTC", "0.00025")]
    [InlineData(FeeMode.Receive, Side.Sell, "USD", "0.02470")]
    [InlineData(FeeMode.Quote, Side.Buy, "USD", "0.02515")]
    [InlineData(FeeMode.Quote, Side.Sell, "USD", "0.02470")]
    [InlineData(FeeMode.Base, Side.Buy, "BTC", "0.00025")]
    [InlineData(FeeMode.Base, Side.Sell, "BTC", "0.00025")]
    [InlineData(FeeMode.Spend, Side.Buy, "USD", "0.02515")]
    [InlineData(FeeMode.Spend, Side.Sell, "BTC", "0.00025")]
    public void The_fee_is_charged_in_the_asset_of_its_mode(FeeMode mode, Side side, string asset, string fee)
    {
        // 2.5 at 1 bp: bought for 251.5, sold for 247.
        var reports = new Scenario { Fee = new FeeTerms(0.0001m, mode) }.Run(venue => venue.Submit(
            Buy(1, 250, side == Side.Buy ? 101 : 98, 0) with { Side = side }));

        var fills = reports.Where(r => r.Event.Type == OrderEventType.Filled).Select(r => r.Event).ToArray();
        Assert.All(fills, f => Assert.Equal(asset, f.FeeAsset.Code));
        Assert.Equal(decimal.Parse(fee), fills.Sum(f => f.Fee));
    }

    [Fact]
    public void An_order_pays_one_rounding_however_many_fills_it_has()
    {
        // Exact: 0.26 % of 100 and of 202 are 0.26 and 0.5252; a step of 0.5 makes 0.7852 into 1.
        var reports = new Scenario { Fee = new FeeTerms(0.0026m, FeeMode.Quote, 0.5m) }.Run(venue => venue.Submit(Buy(1, 300, 101, 0)));

        Assert.Equal([0.5m, 0.5m], reports.Where(r => r.Event.Type == OrderEventType.Filled).Select(r => r.Event.Fee));
    }

    [Theory]
    [InlineData(FeeMode.Receive, Side.Buy, "2.5")]
    [InlineData(FeeMode.Receive, Side.Sell, "247")]
    [InlineData(FeeMode.Spend, Side.Buy, "1000")]
    public void A_step_coarser_than_what_an_order_brings_takes_all_of_it_and_no_more(FeeMode mode, Side side, string fee)
    {
        var reports = new Scenario { Fee = new FeeTerms(0.0026m, mode, 1_000m) }.Run(venue => venue.Submit(
            Buy(1, 250, side == Side.Buy ? 101 : 98, 0) with { Side = side }));

        Assert.Equal(decimal.Parse(fee), reports.Where(r => r.Event.Type == OrderEventType.Filled).Sum(r => r.Event.Fee));
    }

    [Fact]
    public void A_third_asset_pays_what_its_price_says()
    {
        var third = new ThirdFeeAsset(new Asset("BNB"), [500m]);
        var fees = new FeeModel([new FeeTerms(0.001m, FeeMode.Third)], third);
        var venue = new SimulatedVenue([Scenario.Instrument], fees, ConstantLatency.None, SeededOrderFaults.None, new SimulatedVenueTerms(), seed: 1);
        venue.Submit(Buy(1, 100, 100, 0));

        var replay = new Replay(new MemoryTape().Snapshot(0, 0, 0, Bids, Asks), [Scenario.Instrument], venue, new VenueClock()).Run();

        var fill = Assert.Single(replay.Reports, r => r.Event.Type == OrderEventType.Filled).Event;
        Assert.Equal(("BNB", 0.0002m), (fill.FeeAsset.Code, fill.Fee));
    }

    [Fact]
    public void A_third_asset_fee_without_the_asset_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FeeModel.Uniform(1, new FeeTerms(0.001m, FeeMode.Third)));
    }
}
