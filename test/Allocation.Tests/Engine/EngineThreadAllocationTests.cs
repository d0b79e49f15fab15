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
    private const int Block = 50_000;

    /// <summary>What the runtime makes once and lazily (a contended wait, a rarely taken path compiled anew) falls into one block, wherever
    /// the threads' timing puts it; what a record costs falls into every block.</summary>
    private const int Blocks = 6;
    private const int QuietBlocks = 3;

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
            Feed(market, inlet);
            var producer = new long[Blocks];
            for (var block = 0; block < Blocks; block++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Feed(market, inlet);
                producer[block] = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            var end = await thread.StopAsync(TimeSpan.FromMinutes(1));

            Assert.Null(end.Fault);
            AssertQuiet(producer);
            AssertQuiet(seen.PerBlock());
            Assert.True(engine.Totals.Records > (Blocks + 1) * Block && engine.CycleCount > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertQuiet(long[] bytes)
    {
        Assert.Equal(Blocks, bytes.Length);
        Assert.True(
            bytes.Count(block => block == 0) >= QuietBlocks && bytes.Sum() < Block,
            $"Bytes allocated in blocks of {Block} records: {string.Join(", ", bytes)}.");
    }

    private static void Feed(MarketGenerator market, Inlet inlet)
    {
        for (var i = 0; i < Block; i++)
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

    /// <summary>What the engine thread has allocated when it first looked in each block of records after the warm-up.</summary>
    private sealed class Bytes
    {
        private readonly long[] _at = new long[Blocks + 1];

        public void Look(TradingEngine engine, long now)
        {
            var block = (engine.Totals.Records / Block) - 1;
            if (block >= 0 && block < _at.Length && !engine.IsDraining && _at[block] == 0)
            {
                _at[block] = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        public long[] PerBlock() => [.. _at.Skip(1).Zip(_at, (after, before) => after - before)];
    }

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
