using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;
using FramedRecord = Parallax.Journal.Framing.Record;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Allocation.Tests.Engine;

public sealed class OrderAllocationTests : IOrderGateway
{
    private const int WarmUp = 2_000;
    private const int Orders = 2_000;

    /// <summary>The opportunity, the plan and its three legs, the order and what is remembered of it; amortised, the growth of what keeps them.</summary>
    private const long BytesMax = 1_300;

    private static readonly Asset Usd = new("USD"), Btc = new("BTC"), Eth = new("ETH");

    private readonly PayloadWriter _payload = new();
    private readonly byte[] _frame = new byte[1_024];
    private OrderRequest? _sent;
    private long _now = 1_700_000_000 * UtcNanos.PerSecond;

    [Fact]
    public void From_a_change_of_a_book_to_the_order_that_follows_little_is_allocated()
    {
        using var journal = JournalWriter.HashOnly();
        var engine = Begun(journal);
        var allocated = 0L;
        for (var i = -WarmUp; i < Orders; i++)
        {
            _sent = null;
            var before = GC.GetAllocatedBytesForCurrentThread();
            Change(engine, 2, MarketRecordKind.BookDelta, (BookSide.Bid, 305_000, 2_000));
            allocated += i < 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.NotNull(_sent);
            Cancel(engine, _sent.Value);
            _now += UtcNanos.PerSecond;
            Change(engine, 2, MarketRecordKind.BookDelta, (BookSide.Bid, 305_000, 0));
        }

        Assert.Equal(WarmUp + Orders, engine.Executor.PlanCount);
        Assert.InRange(allocated / Orders, 1, BytesMax);
    }

    [Fact]
    public void A_refusal_that_is_written_already_allocates_nothing()
    {
        using var journal = JournalWriter.HashOnly();
        var engine = Begun(journal);
        engine.Handle(Kill());
        Swing(engine, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Swing(engine, Orders);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((1, 1), (engine.Totals.Opportunities, engine.Totals.Refused["kill"]));
        Assert.Null(_sent);
    }

    void IOrderGateway.Submit(in OrderRequest request) => _sent = request;

    void IOrderGateway.Query(ClientOrderId id, long sentTime)
    {
    }

    void IOrderGateway.Cancel(ClientOrderId id, long sentTime)
    {
    }

    void IOrderGateway.CancelAll(long sentTime)
    {
    }

    void IOrderGateway.Survey(long sinceTime, long sentTime)
    {
    }

    private TradingEngine Begun(JournalWriter journal)
    {
        var engine = new TradingEngine(
            new EngineSettings
            {
                Mode = "backtest",
                Capital = new Dictionary<Asset, decimal> { [Usd] = 100_000m },
                StartAssets = [Usd],
                Fees = new FeeTable(new FeeTerms(0.0026m, FeeMode.Quote)),
                Limits = new RiskLimits
                {
                    NotionalMax = 5_000m,
                    NetEdgeBpsMin = 1m,
                    BookAgeMillisMax = 86_400_000,
                    LegCoherenceMillisMax = 86_400_000,
                    ClockSkewMillisMax = 86_400_000,
                }.Loosened(),
            },
            this,
            journal);
        Define(engine, 0, Btc, Usd, 0.1m);
        Define(engine, 1, Eth, Btc, 0.00001m);
        Define(engine, 2, Eth, Usd, 0.01m);
        Change(engine, 0, MarketRecordKind.BookSnapshot, (BookSide.Bid, 599_900, 500), (BookSide.Ask, 600_000, 500));
        Change(engine, 1, MarketRecordKind.BookSnapshot, (BookSide.Bid, 4_999, 50_000), (BookSide.Ask, 5_000, 50_000));
        Change(engine, 2, MarketRecordKind.BookSnapshot, (BookSide.Bid, 299_000, 5_000), (BookSide.Ask, 306_000, 5_000));
        return engine;
    }

    /// <summary>The best bid's quantity grows and falls, and the cycle goes on paying.</summary>
    private void Swing(TradingEngine engine, int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            Change(engine, 2, MarketRecordKind.BookDelta, (BookSide.Bid, 305_000, 2_000 + (i % 7)));
        }
    }

    private void Define(TradingEngine engine, ushort number, Asset @base, Asset quote, decimal tick)
    {
        InstrumentRecord.Write(_payload.Restart(), new Instrument
        {
            Id = new InstrumentId(new VenueId("kraken"), @base, quote, InstrumentKind.Spot),
            Symbol = $"{@base}/{quote}",
            TickSize = tick,
            LotSize = 0.001m,
        });
        engine.Append(InstrumentRecord.Header(number, _now), _payload.Written);
    }

    private void Change(TradingEngine engine, ushort number, byte kind, params ReadOnlySpan<(BookSide Side, long Ticks, long Lots)> levels)
    {
        Span<BookLevel> changes = stackalloc BookLevel[levels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            changes[i] = new BookLevel(levels[i].Side, levels[i].Ticks, levels[i].Lots);
        }

        engine.Append(BookRecord.Header(kind, number, _now, _now), BookRecord.Payload(changes));
    }

    private void Cancel(TradingEngine engine, in OrderRequest order)
    {
        var told = new OrderEvent { Id = order.Id, Type = OrderEventType.Canceled, Instrument = order.Instrument, Side = order.Side, Reason = "" };
        engine.Handle(Framed(told.Header(_now, _now), told.Write(_payload)));
    }

    private FramedRecord Kill() =>
        Framed(InputKind.Header(InputKind.Kill, _now), new OperatorCommand("a test", "nobody").Write(_payload));

    private FramedRecord Framed(RecordHeader header, ReadOnlySpan<byte> payload) =>
        new(_frame.AsSpan(0, RecordFramer.Write(_frame, header, payload, 1)));
}
