using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Simulation.SeededMarket;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using FramedRecord = Parallax.Journal.Framing.Record;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Allocation.Tests.Engine;

public sealed class EngineAllocationTests
{
    private const int WarmUp = 50_000;
    private const int Records = 100_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_record_that_opens_no_opportunity_allocates_nothing(bool hasChecksums)
    {
        var market = new MarketGenerator(new MarketTerms { Seed = 5, Instruments = 60, MispricingsPerMinute = 0, HasChecksums = hasChecksums });
        using var journal = JournalWriter.HashOnly();
        var engine = new TradingEngine(Settings(), new ClosedGateway(), journal);
        Feed(market, engine, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Feed(market, engine, Records);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(WarmUp + Records, engine.Totals.Records);
        Assert.True(engine.CycleCount > 0, "No cycle was watched.");
        Assert.Equal(0, engine.Totals.BooksInvalidated);
        Assert.Equal(0, engine.Totals.Opportunities);
    }

    [Fact]
    public void A_framed_record_that_opens_no_opportunity_allocates_nothing()
    {
        var market = new MarketGenerator(new MarketTerms { Seed = 6, Instruments = 60, MispricingsPerMinute = 0 });
        using var journal = JournalWriter.HashOnly();
        var engine = new TradingEngine(Settings(), new ClosedGateway(), journal);
        var frame = new byte[16 << 10];
        FeedFrames(market, engine, frame, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();

        FeedFrames(market, engine, frame, Records);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(WarmUp + Records, engine.Totals.Records);
    }

    private static void Feed(MarketGenerator market, TradingEngine engine, int records)
    {
        for (var i = 0; i < records; i++)
        {
            market.MoveNext();
            engine.Append(market.Header, market.Payload);
        }
    }

    private static void FeedFrames(MarketGenerator market, TradingEngine engine, byte[] frame, int records)
    {
        for (var i = 0; i < records; i++)
        {
            market.MoveNext();
            var size = RecordFramer.Write(frame, market.Header, market.Payload, (ulong)i + 1);
            engine.Handle(new FramedRecord(frame.AsSpan(0, size)));
        }
    }

    private static EngineSettings Settings() => new()
    {
        Mode = "backtest",
        Capital = new Dictionary<Asset, decimal> { [new Asset("USD")] = 10_000m },
        StartAssets = [new Asset("USD"), new Asset("USDT")],
        Fees = new FeeTable(new FeeTerms(0.0026m, FeeMode.Receive)),
    };

    private sealed class ClosedGateway : IOrderGateway
    {
        public void Submit(in OrderRequest request) => throw new InvalidOperationException("Nothing is to be traded here.");

        public void Query(ClientOrderId id, long sentTime) => throw new InvalidOperationException("Nothing is to be asked here.");

        public void Cancel(ClientOrderId id, long sentTime)
        {
        }

        public void CancelAll(long sentTime)
        {
        }

        public void Survey(long sinceTime, long sentTime)
        {
        }
    }
}
