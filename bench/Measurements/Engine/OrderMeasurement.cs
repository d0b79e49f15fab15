using System.Diagnostics;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Measurements.Feed;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;
using Parallax.Venues.Kraken.Feed;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Wire;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Measurements.Engine;

/// <summary>E2: from the bytes of a frame that makes a cycle pay to the bytes of the order, one thread: no flush, no socket, no other thread.</summary>
/// <remarks>
/// Parser, book with its checksum, detection, sizing, the whole risk chain, reservation, the plan's and the intent's records, and the request as the venue
/// takes it. Kraken's feed authenticates by a token in the request; nothing is signed. Each order comes back canceled and the prices go back, both untimed.
/// Stages are taken from some more orders after the timed ones, by a clock read at each record that ends one.
/// </remarks>
public sealed class OrderMeasurement : IOrderGateway, IDisposable
{
    private const int WarmUp = 5_000;
    private const int Orders = 20_000;
    private const int StagedOrders = 5_000;
    private const double P50MicrosMax = 5, P99MicrosMax = 20;

    private static readonly Asset Usd = new("USD"), Btc = new("BTC"), Eth = new("ETH");

    private static readonly Instrument[] Instruments =
    [
        Instrument(Btc, Usd, 0.1m, 1), Instrument(Eth, Btc, 0.00001m, 5), Instrument(Eth, Usd, 0.01m, 2),
    ];

    private readonly JournalWriter _journal = JournalWriter.HashOnly();
    private readonly FrameParser _parser = new(SymbolTable.Of(Instruments));
    private readonly OrderBook[] _books = [.. Instruments.Select(instrument => new OrderBook(instrument))];
    private readonly OrderRequests _requests = new();
    private readonly OrderTicket _ticket = new();
    private readonly PayloadWriter _payload = new();
    private readonly StageClock _stages;
    private readonly TradingEngine _engine;
    private byte[] _frame = new byte[512];
    private OrderRequest? _sent;
    private long _handed;
    private long _now = 1_700_000_000 * UtcNanos.PerSecond;

    private OrderMeasurement()
    {
        _stages = new StageClock(_journal, StagedOrders);
        _engine = new TradingEngine(
            new EngineSettings
            {
                Mode = "bench",
                Capital = new Dictionary<Asset, decimal> { [Usd] = 100_000m },
                StartAssets = [Usd],
                Fees = new FeeTable(new FeeTerms(0.0026m, FeeMode.Quote)),
                Limits = new RiskLimits { NotionalMax = 5_000m, NetEdgeBpsMin = 1m, BookAgeMillisMax = 86_400_000, LegCoherenceMillisMax = 86_400_000, ClockSkewMillisMax = 86_400_000 }.Loosened(),
            },
            this,
            _stages);
        KrakenRecording.Define(Instruments, _now, _engine);
    }

    /// <summary>Takes some seconds. Void when an order did not come.</summary>
    public static IReadOnlyList<Measurement> Run(CancellationToken cancellation)
    {
        using var measurement = new OrderMeasurement();
        return measurement.Measure(cancellation);
    }

    private List<Measurement> Measure(CancellationToken cancellation)
    {
        Give(Written(0, "snapshot", (BookSide.Bid, 599_900, 500), (BookSide.Ask, 600_000, 500)));
        Give(Written(1, "snapshot", (BookSide.Bid, 4_999, 50_000), (BookSide.Ask, 5_000, 50_000)));
        Give(Written(2, "snapshot", (BookSide.Bid, 299_000, 5_000), (BookSide.Ask, 306_000, 5_000)));
        var pays = Written(2, "update", (BookSide.Bid, 305_000, 2_000));
        var rests = Written(2, "update", (BookSide.Bid, 305_000, 0));
        var ticks = new long[Orders];
        var allocated = 0L;
        var collections = GC.CollectionCount(0);
        for (var i = -WarmUp; i < Orders + StagedOrders; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            _sent = null;
            if (i >= Orders)
            {
                _stages.Begin();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            _parser.Parse(pays, _now, _engine);
            if (_sent is not { } order)
            {
                return [Row("p50", double.NaN, P50MicrosMax, false, 0, default, 0)];
            }

            if (i is >= 0 and < Orders)
            {
                ticks[i] = _handed - start;
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Cancel(order);
            // Market time passes, so that no limit on the pace of orders is met; what is done once a second falls on the frame that pays nothing.
            _now += UtcNanos.PerSecond;
            Give(rests);
        }

        var tail = Tail.Of(ticks);
        collections = GC.CollectionCount(0) - collections;
        return
        [
            Row("median", tail.P50, P50MicrosMax, true, allocated, tail, collections) with { Stages = _stages.Medians() },
            Row("p99", tail.P99, P99MicrosMax, true, allocated, tail, collections),
        ];
    }

    public void Dispose()
    {
        _requests.Dispose();
        _journal.Dispose();
    }

    void IOrderGateway.Submit(in OrderRequest request)
    {
        _ticket.Begin(request);
        _requests.AddOrder(_ticket, Instruments[request.Instrument], "ioc", request.SentTime + UtcNanos.PerSecond, "a-token-of-the-usual-length-of-a-session-token", 1);
        _handed = Stopwatch.GetTimestamp();
        _stages.End();
        _sent = request;
    }

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

    private static Measurement Row(string what, double nanos, double target, bool isWhole, long allocated, Tail tail, int collections) => new(
        "E2", $"bytes in to order bytes out, no flush, no socket, {what} (ratio: µs)", nanos, "", 0, nanos / 1_000, target, IsUpperBound: true, isWhole, allocated, 0)
    {
        Tail = tail,
        Collections = collections,
    };

    private static Instrument Instrument(Asset @base, Asset quote, decimal tick, int priceDecimals) => new()
    {
        Id = new InstrumentId(new VenueId("kraken"), @base, quote, InstrumentKind.Spot),
        Symbol = $"{@base}/{quote}",
        TickSize = tick,
        LotSize = 0.001m,
        PriceDecimals = priceDecimals,
        QuantityDecimals = 3,
        BookDepth = 10,
    };

    /// <summary>The frame of a change, and the change in our own copy of the book, whose checksum the frame carries.</summary>
    private byte[] Written(ushort number, string type, params (BookSide Side, long Ticks, long Lots)[] levels)
    {
        BookLevel[] changes = [.. levels.Select(level => new BookLevel(level.Side, level.Ticks, level.Lots))];
        var kind = type == "snapshot" ? MarketRecordKind.BookSnapshot : MarketRecordKind.BookDelta;
        _books[number].Apply(BookRecord.Header(kind, number, _now, _now), changes);
        var output = new MemoryStream();
        new BookMessageWriter(output, withChecksum: true).Write(_books[number], type, changes, _now / 1_000);
        return output.ToArray();
    }

    private void Give(byte[] frame) => _parser.Parse(frame, _now, _engine);

    private void Cancel(in OrderRequest order)
    {
        var told = new OrderEvent { Id = order.Id, Type = OrderEventType.Canceled, Instrument = order.Instrument, Side = order.Side, Reason = "" };
        var payload = told.Write(_payload);
        var size = RecordFramer.RecordSize(payload.Length);
        _frame = _frame.Length < size ? new byte[size] : _frame;
        RecordFramer.Write(_frame, told.Header(_now, _now), payload, 1);
        _engine.Handle(new Record(_frame.AsSpan(0, size)));
    }
}
