using System.Collections.Concurrent;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Simulation.SeededMarket;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Tests.Systems;

/// <summary>A seeded market as a feed: records on a thread of their own, when the clock says so, and snapshots where the engine asks for them.</summary>
internal sealed class LiveMarketFeed : IFeedRepair, IDisposable
{
    private readonly MarketGenerator _market;
    private readonly OrderBook[] _books;
    private readonly ConcurrentQueue<ushort> _asked = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IRecordSink _inlet;
    private readonly UtcClock _clock;
    private readonly Thread _thread;
    private int _resynchronisations;
    private volatile bool _loseBooks;

    public LiveMarketFeed(IRecordSink inlet, UtcClock clock)
    {
        (_inlet, _clock) = (inlet, clock);
        _market = new MarketGenerator(new MarketTerms
        {
            Seed = 7,
            StartTime = clock.NowNanos,
            Instruments = 12,
            EventsPerSecond = 2_000,
            MispricingsPerMinute = 600,
            HasChecksums = true,
            MispricingFeeBps = 10,
            MispricingMarginBps = (5, 60),
        });
        _books = [.. Instruments.Select(instrument => new OrderBook(instrument))];
        _thread = new Thread(Run) { Name = "feed", IsBackground = true };
    }

    public IReadOnlyList<Instrument> Instruments => _market.Instruments;

    /// <summary>Books that were sent again.</summary>
    public int Resynchronisations => Volatile.Read(ref _resynchronisations);

    public void Start() => _thread.Start();

    /// <summary>Fifty updates are lost, as a broken connection would lose them: the books no longer match their checksums.</summary>
    public void LoseBooks() => _loseBooks = true;

    public async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            Assert.False(deadline.IsCancellationRequested, "Waited a minute in vain.");
            await Task.Yield();
        }
    }

    void IFeedRepair.Resynchronise(ushort instrument, BookInvalidReason reason) => _asked.Enqueue(instrument);

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join(TimeSpan.FromSeconds(30));
        _stop.Dispose();
    }

    private void Run()
    {
        var lost = 0;
        while (!_stop.IsCancellationRequested)
        {
            while (_asked.TryDequeue(out var number))
            {
                Resend(number);
            }

            _market.MoveNext();
            Wait(_market.Header.ReceivedTime);
            Show(_market.Header, _market.Payload);
            if (_loseBooks && _market.Header.Kind == MarketRecordKind.BookDelta && lost < 50)
            {
                lost++;
                continue;
            }

            _inlet.Append(_market.Header, _market.Payload);
        }
    }

    private void Wait(long time)
    {
        var nanos = time - _clock.NowNanos;
        if (nanos > 0)
        {
            _stop.Token.WaitHandle.WaitOne(TimeSpan.FromTicks(nanos / 100));
        }
    }

    private void Show(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind is MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot)
        {
            _books[header.Subject].Apply(header, BookRecord.Levels(payload));
        }
    }

    private void Resend(ushort number)
    {
        _resynchronisations++;
        var book = _books[number];
        var now = _clock.NowNanos;
        _inlet.Append(
            BookRecord.Header(MarketRecordKind.BookSnapshot, number, now, now),
            BookRecord.Payload(
            [
                .. book.Bids.ToArray().Select(level => new BookLevel(BookSide.Bid, level.PriceTicks, level.QuantityLots)),
                .. book.Asks.ToArray().Select(level => new BookLevel(BookSide.Ask, level.PriceTicks, level.QuantityLots)),
            ]));
    }
}
