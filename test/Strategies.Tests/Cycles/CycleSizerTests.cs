using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Strategies.Cycles;
using Parallax.Strategies.Sizing;

namespace Parallax.Strategies.Tests.Cycles;

public sealed class CycleSizerTests
{
    private static readonly Instrument[] Instruments = [Spot("BTC", "USDT", 0.01m, 0.001m), Spot("ETH", "BTC", 0.00001m, 0.01m), Spot("ETH", "USDT", 0.01m, 0.01m)];

    [Fact]
    public void The_worked_example_is_sized_from_books()
    {
        var (cycle, sizer, books) = Worked(FeeMode.Receive);

        var sized = sizer.Size(cycle, books, 100_000m);

        Assert.Equal(SizingOutcome.Sized, sized.Outcome);
        Assert.Equal((90_130.06m, 90_243.30636m, 113.24636m), (sized.Spent, sized.Received, sized.Profit));
        Assert.Equal((1_502L, 6_003_000L), (sized.Legs[0].QuantityLots, sized.Legs[0].LimitTicks!.Value));
        Assert.Equal(0m, sized.ThirdFees);
        var waterfall = sizer.Waterfall(sized);
        Assert.Equal(sized.Profit, waterfall.Gross - waterfall.Fees - waterfall.Rounding);
    }

    [Fact]
    public void Sizing_again_allocates_nothing()
    {
        var (cycle, sizer, books) = Worked(FeeMode.Receive);
        sizer.Size(cycle, books, 100_000m);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sizer.Size(cycle, books, 50_000m + i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_fee_in_a_third_asset_limits_the_size_although_the_flow_does_not_pay_it()
    {
        var (cycle, sizer, books) = Worked(FeeMode.Third);

        var sized = sizer.Size(cycle, books, 1_000_000m);

        // Without the fee all depth pays; with it the last units do not, and what is left after it is still a profit.
        Assert.True(sized.Spent <= 120_301.5m);
        Assert.True(sized.ThirdFees > 300m);
        Assert.True(sized.Profit > sized.ThirdFees);
    }

    [Fact]
    public void A_copy_outlives_the_next_sizing()
    {
        var (cycle, sizer, books) = Worked(FeeMode.Receive);
        var kept = sizer.Size(cycle, books, 100_000m).Copy();

        sizer.Size(cycle, books, 1m);

        Assert.Equal(113.24636m, kept.Profit);
        Assert.Equal(3, kept.Legs.Length);
    }

    [Fact]
    public void A_single_leg_follows_the_same_rule()
    {
        var terms = LegTerms.Of(Instruments[0], Side.Buy, new FeeTerms(0.001m, FeeMode.Quote, 0.01m));

        var rule = new LegRule();

        var sized = rule.Size(terms, [new Level(6_000_000, 500), new Level(6_001_000, 1_000)], 40_000m);

        Assert.Equal((665L, 6_001_000L), (sized.QuantityLots, sized.LimitTicks!.Value));
        Assert.Equal((39_901.65m, 39.91m, 39_941.56m), (sized.Notional, sized.Fee, sized.Spent));
        Assert.Equal((0.665m, 58.44m), (sized.Received, sized.Residual));
        Assert.Equal(LegReject.ZeroQuantity, rule.Size(terms, [], 40_000m).Reject);
        Assert.Equal(LegReject.ZeroQuantity, rule.Size(terms, [new Level(6_000_000, 500)], 0m).Reject);
        Assert.Equal(LegReject.ZeroQuantity, rule.Size(terms, [new Level(6_000_000, 500)], -1m).Reject);
        Assert.Equal(666_600_066L, rule.Size(terms, [new Level(6_000_000, long.MaxValue / 4)], 40_036_000_000m).QuantityLots);
    }

    private static (Cycle Cycle, CycleSizer Sizer, OrderBook[] Books) Worked(FeeMode mode)
    {
        var fees = Enumerable.Repeat(new FeeTerms(0.001m, mode), 3).ToList();
        var index = CycleIndex.Of(Instruments, new CycleOptions());
        OrderBook[] books = [.. Instruments.Select(instrument => new OrderBook(instrument))];
        Fill(books[0], BookSide.Ask, (6_000_000, 500), (6_001_000, 1_000), (6_003_000, 2_000));
        Fill(books[1], BookSide.Ask, (5_000, 1_000), (5_002, 3_000), (5_005, 5_000));
        Fill(books[2], BookSide.Bid, (301_500, 800), (301_400, 2_000), (301_200, 4_000));
        return (index[0], new CycleSizer(Instruments, fees), books);
    }

    private static void Fill(OrderBook book, BookSide side, params (long Ticks, long Lots)[] levels) => book.Apply(
        BookRecord.Header(MarketRecordKind.BookSnapshot, 0, 1, 1),
        levels.Select(level => new BookLevel(side, level.Ticks, level.Lots)).ToArray());

    private static Instrument Spot(string asset, string quote, decimal tick, decimal lot) => new()
    {
        Id = new InstrumentId(new VenueId("test"), new Asset(asset), new Asset(quote), InstrumentKind.Spot),
        Symbol = asset + quote,
        TickSize = tick,
        LotSize = lot,
    };
}
