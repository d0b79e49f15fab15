using System.Collections.Concurrent;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;
using TradingEngine = Parallax.Trading.Engine.Engine;

namespace Parallax.Trading.Tests.Engine.Live;

/// <summary>A live session on the triangle of <see cref="HandFed"/>, with files of its own and a venue that answers on its own thread.</summary>
internal sealed class LiveHand : IAsyncDisposable, IFeedRepair
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PayloadWriter _payload = new();
    private readonly SessionJournal _journal;
    private readonly TapeWriter _tape;
    private readonly bool _ownsFolder;

    /// <param name="folder">Of an earlier session, to go on in its journal.</param>
    /// <param name="disk">Where the journal stands instead of in the folder; asked for room.</param>
    public LiveHand(string? folder = null, int session = 1, int feedCapacity = 1 << 20, KillPolicy kill = KillPolicy.Finish, FillingDisk? disk = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("parallax-live-").FullName;
        Settings = Settings with { Session = session, Execution = Settings.Execution with { KillPolicy = kill } };
        Kill = new KillFlag(kill);
        _journal = disk is null
            ? new SessionJournal(JournalWriter.Open(JournalFolder))
            : new SessionJournal(JournalWriter.Open(disk, FillingDisk.BacklogMax), new DiskRoom(disk));
        _tape = new TapeWriter(TapePath);
        Thread = new EngineThread(Clock, Kill);
        Feed = Thread.AddInlet("feed", OverflowPolicy.DropAndResync, feedCapacity);
        Other = Thread.AddInlet("other", OverflowPolicy.DropAndResync);
        Venue = new AnsweringVenue(Thread.AddInlet("orders", OverflowPolicy.Wait), Clock);
    }

    public string Folder { get; }

    public string JournalFolder => Path.Combine(Folder, "journal");

    public string TapePath => Path.Combine(Folder, $"session-{Settings.Session}.tape");

    public UtcClock Clock { get; } = new(TimeProvider.System);

    public EngineThread Thread { get; }

    public KillFlag Kill { get; }

    /// <summary>Its thread's own until that has ended.</summary>
    public TradingEngine? Engine { get; private set; }

    public Inlet Feed { get; }

    /// <summary>A second feed's.</summary>
    public Inlet Other { get; }

    public AnsweringVenue Venue { get; }

    /// <summary>Books the engine asked for afresh, in order.</summary>
    public ConcurrentQueue<(ushort Instrument, BookInvalidReason Reason)> Repairs { get; } = [];

    public EngineSettings Settings { get; } = new()
    {
        Mode = "test",
        Capital = new Dictionary<Asset, decimal> { [HandFed.Usd] = 1_000m },
        StartAssets = [HandFed.Usd],
        Fees = new FeeTable(new FeeTerms(0.01m, FeeMode.Receive)),
        Limits = new RiskLimits
        {
            NotionalMax = 1_000_000m,
            NotionalMin = 0m,
            ReserveFraction = 0m,
            NetEdgeBpsMin = 1m,
            BookAgeMillisMax = 86_400_000,
            LegCoherenceMillisMax = 86_400_000,
        }.Loosened(),
        Execution = new ExecutionSettings { ResidualNanosMax = 0 },
    };

    /// <param name="onDecided">Told the kind of each record that the engine has just written, on its thread.</param>
    public LiveHand Start(OperatorCommand? stillKilled = null, TimeSpan? crossedMax = null, Action<byte>? onDecided = null)
    {
        var sending = new IntentFirst(Venue, _journal, FlushPolicy.Os, Kill);
        Engine = new TradingEngine(Settings, sending, onDecided is null ? _journal : new Overheard(_journal, onDecided), this);
        Thread.Start(new EngineWork
        {
            Engine = Engine,
            Settings = Settings,
            Journal = _journal,
            Tape = _tape,
            Sending = sending,
            Repair = this,
            StillKilled = stillKilled,
            LookEvery = TimeSpan.FromMilliseconds(1),
            CrossedMax = crossedMax ?? TimeSpan.FromHours(1),
        });
        return this;
    }

    public LiveHand Define()
    {
        Define(HandFed.BtcUsd, HandFed.Instrument("BTC", "USD", 1m, 0.01m));
        Define(HandFed.EthBtc, HandFed.Instrument("ETH", "BTC", 0.001m, 0.1m));
        Define(HandFed.EthUsd, HandFed.Instrument("ETH", "USD", 0.1m, 0.1m));
        return this;
    }

    /// <summary>The books of <see cref="HandFed.Quiet"/>: nothing pays.</summary>
    public LiveHand Quiet() => this
        .Book(Feed, HandFed.BtcUsd, (99, 10_000), (100, 1_000))
        .Book(Feed, HandFed.EthBtc, (98, 2_000), (100, 2_000))
        .Book(Feed, HandFed.EthUsd, (90, 2_000), (111, 2_000));

    /// <summary>The cycle pays.</summary>
    public LiveHand Pay() => Book(Feed, HandFed.EthUsd, (110, 2_000), (111, 2_000));

    /// <param name="bid">Ticks and lots.</param>
    public LiveHand Book(Inlet feed, ushort number, (long Ticks, long Lots) bid, (long Ticks, long Lots) ask)
    {
        var now = Clock.NowNanos;
        feed.Append(
            BookRecord.Header(MarketRecordKind.BookSnapshot, number, now, now),
            BookRecord.Payload([new BookLevel(BookSide.Bid, bid.Ticks, bid.Lots), new BookLevel(BookSide.Ask, ask.Ticks, ask.Lots)]));
        return this;
    }

    public void Define(ushort number, Instrument instrument) =>
        Feed.Append(InstrumentRecord.Header(number, Clock.NowNanos), InstrumentRecord.Write(_payload, instrument));

    /// <summary>Waits until the engine is in a state; fails the test when that takes too long.</summary>
    public async Task UntilAsync(Func<TradingEngine, bool> holds, string what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await Thread.AskAsync(holds))
        {
            Assert.False(deadline.IsCancellationRequested, $"Waited in vain until {what}.");
            await Task.Yield();
        }
    }

    public async Task<SessionEnd> StopAsync(TimeSpan? grace = null)
    {
        var end = await Thread.StopAsync(grace ?? Patience).WaitAsync(Patience + Patience);
        Venue.Dispose();
        return end;
    }

    /// <summary>Plays the session's tape through a new engine.</summary>
    /// <returns>The hash of a fresh journal.</returns>
    public string Replay()
    {
        using var journal = JournalWriter.HashOnly();
        using var tape = TapeFile.Open(TapePath);
        var cursor = tape.Cursor();
        TradingEngine? engine = null;
        while (cursor.TryRead(out var record))
        {
            engine ??= new TradingEngine(
                EngineSettings.FromCanonical(new PayloadReader(record.Payload).Text()), new Deaf(), journal);
            engine.Handle(record);
        }

        Assert.Null(tape.TornTail);
        engine!.End();
        return journal.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        Thread.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    void IFeedRepair.Resynchronise(ushort instrument, BookInvalidReason reason) => Repairs.Enqueue((instrument, reason));

    private sealed class Overheard(IRecordSink journal, Action<byte> told) : IRecordSink
    {
        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            journal.Append(header, payload);
            told(header.Kind);
        }
    }

    private sealed class Deaf : IOrderGateway
    {
        public void Submit(in OrderRequest request)
        {
        }

        public void Query(ClientOrderId id, long sentTime)
        {
        }

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

/// <summary>Fills every order whole at its limit, from a thread of its own, when it may.</summary>
internal sealed class AnsweringVenue : IOrderGateway, IDisposable
{
    private readonly BlockingCollection<OrderRequest> _orders = [];
    private readonly ManualResetEventSlim _isOpen = new(true);
    private readonly Inlet _inlet;
    private readonly UtcClock _clock;
    private readonly Task _work;
    private int _submitted;

    public AnsweringVenue(Inlet inlet, UtcClock clock)
    {
        (_inlet, _clock) = (inlet, clock);
        _work = Task.Factory.StartNew(Answer, TaskCreationOptions.LongRunning);
    }

    public int Submitted => Volatile.Read(ref _submitted);

    /// <summary>Keeps every answer back until <see cref="Release"/>.</summary>
    public void Hold() => _isOpen.Reset();

    public void Release() => _isOpen.Set();

    void IOrderGateway.Submit(in OrderRequest request)
    {
        Interlocked.Increment(ref _submitted);
        _orders.Add(request);
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

    public void Dispose()
    {
        Release();
        if (!_orders.IsAddingCompleted)
        {
            _orders.CompleteAdding();
        }

        _work.Wait(LiveHand.Patience);
    }

    private void Answer()
    {
        var payload = new PayloadWriter();
        var trade = 0UL;
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            _isOpen.Wait();
            Tell(new OrderEvent { Id = order.Id, Type = OrderEventType.Accepted, Instrument = order.Instrument, Side = order.Side });
            Tell(new OrderEvent
            {
                Id = order.Id,
                Type = OrderEventType.Filled,
                Instrument = order.Instrument,
                Side = order.Side,
                Fill = new Level(order.LimitTicks, order.QuantityLots),
                TradeId = ++trade,
            });
        }

        void Tell(OrderEvent told)
        {
            var now = _clock.NowNanos;
            _inlet.Append(told.Header(now, now), told.Write(payload));
        }
    }
}
