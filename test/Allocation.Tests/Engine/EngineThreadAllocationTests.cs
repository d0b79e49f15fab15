using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Tapes;
using Parallax.Simulation.SeededMarket;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Allocation.Tests.Engine;

public sealed class EngineThreadAllocationTests
{
    private const int WarmUp = 50_000;
    private const int Records = 100_000;

    [Fact]
    public async Task From_inlet_to_tape_and_decision_neither_thread_allocates_anything()
    {
        var folder = Directory.CreateTempSubdirectory("parallax-allocation-").FullName;
        try
        {
            using var journal = new SessionJournal(JournalWriter.Create(Path.Combine(folder, "journal")));
            using var thread = new EngineThread(new UtcClock(TimeProvider.System));
            var inlet = thread.AddInlet("market", OverflowPolicy.Wait);
            var settings = Settings();
            var engine = new TradingEngine(settings, new ClosedGateway(), journal);
            var seen = new Bytes();
            thread.Start(new EngineWork
            {
                Engine = engine,
                Settings = settings,
                Journal = journal,
                Tape = new TapeWriter(Path.Combine(folder, "session.tape")),
                // With every turn, also while it waits for records: flushing, sleeping and waking are part of the steady state.
                Look = seen.Look,
                LookEvery = TimeSpan.Zero,
            });
            var market = new MarketGenerator(new MarketTerms { Seed = 5, Instruments = 60, MispricingsPerMinute = 0 });
            Feed(market, inlet, WarmUp);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(market, inlet, Records);
            var producer = GC.GetAllocatedBytesForCurrentThread() - before;
            var end = await thread.StopAsync(TimeSpan.FromMinutes(1));

            Assert.Null(end.Fault);
            Assert.Equal(0, producer);
            Assert.Equal(0, seen.Last - seen.First);
            Assert.True(engine.Totals.Records > WarmUp + Records && engine.CycleCount > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Feed(MarketGenerator market, Inlet inlet, int records)
    {
        for (var i = 0; i < records; i++)
        {
            market.MoveNext();
            inlet.Append(market.Header, market.Payload);
        }
    }

    private static EngineSettings Settings() => new()
    {
        Mode = "test",
        Capital = new Dictionary<Asset, decimal> { [new Asset("USD")] = 10_000m },
        StartAssets = [new Asset("USD"), new Asset("USDT")],
        Fees = new FeeTable(new FeeTerms(0.0026m, FeeMode.Receive)),
    };

    /// <summary>What the engine thread has allocated, at the first look after the warm-up and at the last before the session drains.</summary>
    private sealed class Bytes
    {
        public long First { get; private set; }

        public long Last { get; private set; }

        public void Look(TradingEngine engine, long now)
        {
            if (engine.Totals.Records < WarmUp || engine.IsDraining)
            {
                return;
            }

            Last = GC.GetAllocatedBytesForCurrentThread();
            First = First == 0 ? Last : First;
        }
    }

    private sealed class ClosedGateway : IOrderGateway
    {
        public void Submit(in OrderRequest request) => throw new InvalidOperationException("Nothing is to be traded here.");

        public void Query(ClientOrderId id, long sentTime) => throw new InvalidOperationException("Nothing is to be asked here.");
    }
}
