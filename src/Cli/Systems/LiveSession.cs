using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.Reporting.Backtests;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Arming;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Supervision;

namespace Parallax.Cli.Systems;

/// <summary>Everything a live session needs besides its venues.</summary>
public sealed record LiveSessionOptions
{
    /// <summary>Takes <c>journal/</c>, <c>tapes/</c> and the store; made when missing, gone on with when not.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The session's number is set by the session.</summary>
    public required EngineSettings Settings { get; init; }

    /// <summary>Whether everything the engine is told is kept on a tape, to be replayed.</summary>
    public bool IsRecorded { get; init; } = true;

    /// <summary>
    /// The highest session number of orders of ours that the venue knows since a time, UTC nanoseconds: a journal that was restored from a backup does not
    /// know its last sessions, and no number may come again. <see langword="null"/> where nobody has to be asked.
    /// </summary>
    public Func<long, Task<int>>? LastSessionSince { get; init; }

    /// <summary>What simulated attempts taught about routes: where estimates begin.</summary>
    public IReadOnlyList<Opening.Practice> Practice { get; init; } = [];

    /// <summary>How far an order's intent is flushed before the order leaves.</summary>
    public FlushPolicy Flush { get; init; } = FlushPolicy.Os;
}

/// <summary>What demo and paper share: data folder, journal, tape, engine thread, the ways into it and the pictures of it.</summary>
/// <remarks>
/// <code>
/// await using var session = await LiveSession.OpenAsync(options, TimeProvider.System);
/// var feed = new SomeFeed(session.Feed("venue"), session.Clock);       // writes records, on its own thread
/// var orders = new SomeGateway(session.Orders("venue orders"));        // writes order events, on its own thread
/// session.Start(orders, repair: feed, health: () => [feed.Health]);
/// …
/// var report = await session.StopAsync(grace);                         // feed and gateway still run, so that plans can end
/// </code>
/// </remarks>
public sealed class LiveSession : IOperatedSession, IAsyncDisposable
{
    private const int ReasonMax = 200;

    /// <summary>What journal and tape each keep in memory while the disk is full, bytes; beyond it the session ends.</summary>
    private const int BacklogMax = 32 << 20;


    private readonly LiveSessionOptions _options;
    private readonly SessionJournal _journal;
    private readonly JournalWriter _chain;
    private readonly TapeWriter? _tape;
    private readonly JournalHistory _history;
    private readonly EngineThread _thread;
    private readonly long _startedTime;
    private SnapshotBuilder? _builder;
    private Engine? _engine;
    private SessionSnapshot _current;
    private Task? _faultShown;

    private LiveSession(LiveSessionOptions options, UtcClock clock, JournalWriter chain, JournalHistory history, int session, TimeProvider time)
    {
        _options = options;
        Clock = clock;
        _chain = chain;
        _journal = new SessionJournal(chain, new DiskRoom(new SpareFile(JournalOf(options.DataFolder))));
        _history = history;
        _startedTime = clock.NowNanos;
        Settings = options.Settings with { Session = session };
        _tape = options.IsRecorded ? new TapeWriter(TapeOf(options.DataFolder, session), backlogMax: BacklogMax) : null;
        Kill = new KillFlag(Settings.Execution.KillPolicy);
        _thread = new EngineThread(clock, Kill);
        Supervisor = new Supervisor(time, report => _ = TellAsync(TaskReport.RecordKind, report.Write(new PayloadWriter()).ToArray(), "", CancellationToken.None));
        _current = Builder(() => []).Blank();
    }

    /// <summary>Feeds and gateways stamp their records with this clock.</summary>
    public UtcClock Clock { get; }

    /// <summary>Up as soon as anybody kills; whoever hands orders to a socket reads it right before.</summary>
    public KillFlag Kill { get; }

    /// <summary>Runs what surrounds the session, contains what it throws, and tells the engine.</summary>
    public Supervisor Supervisor { get; }

    /// <summary>Those of the options, with this session's number.</summary>
    public EngineSettings Settings { get; }

    /// <summary>What is owned at the start, by asset: what the session before left, or the capital of the settings.</summary>
    public IReadOnlyDictionary<Asset, decimal> OpeningBalances => _history.Openings.Count > 0 ? _history.Balances : Settings.Capital;

    /// <summary>A folder; held alone until the session ends.</summary>
    public string Journal => JournalOf(_options.DataFolder);

    /// <summary>Where the store's database belongs.</summary>
    public string Database => Path.Combine(_options.DataFolder, "parallax.db");

    /// <summary>Null when the session is not recorded.</summary>
    public string? Tape => _tape?.Path;

    public SessionSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Done when the session has ended, in order or not.</summary>
    public Task<SessionEnd> Completion => _thread.Completion;

    /// <summary>Opens journal and tape and warms up. Nothing is decided before <see cref="Start"/>.</summary>
    /// <exception cref="UnwritableFileException">Another session holds the folder, or it cannot be written.</exception>
    /// <exception cref="DamagedFileException">The journal is damaged.</exception>
    public static async Task<LiveSession> OpenAsync(LiveSessionOptions options, TimeProvider time)
    {
        var journal = JournalWriter.Open(JournalOf(options.DataFolder), backlogMax: BacklogMax);
        try
        {
            var history = journal.ReceivedTime == 0 ? JournalHistory.None : JournalHistory.Of(JournalOf(options.DataFolder));
            var clock = new UtcClock(time, journal.ReceivedTime);
            await WarmUp.RunAsync(clock);
            var known = options.LastSessionSince is { } ask ? await ask(journal.ReceivedTime) : 0;
            return new LiveSession(options, clock, journal, history, NextSession(options.DataFolder, Math.Max(history.LastSession, known)), time);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>The way in for one feed's thread. Before <see cref="Start"/>.</summary>
    public IRecordSink Feed(string name) => _thread.AddInlet(name, OverflowPolicy.DropAndResync);

    /// <summary>The way in for one thread's order events, of which none is ever dropped. Before <see cref="Start"/>.</summary>
    public IRecordSink Orders(string name) => _thread.AddInlet(name, OverflowPolicy.Wait);

    /// <param name="gateway">Where orders go; called on the engine thread.</param>
    /// <param name="repair">Asked for books that failed; called on the engine thread.</param>
    /// <param name="health">Of every venue; called on the engine thread, must not block.</param>
    /// <param name="between">The simulated venue of a paper session.</param>
    public void Start(IOrderGateway gateway, IFeedRepair? repair, Func<IReadOnlyList<VenueHealth>> health, IBetweenRecords? between = null)
    {
        _builder = Builder(health);
        var stages = new OrderStages(Clock);
        if (gateway is ITimedGateway timed)
        {
            timed.Stages = stages;
        }

        var crash = CrashPoint.OfEnvironment();
        var intents = new IntentFirst(crash?.Around(gateway) ?? gateway, _journal, _options.Flush, Kill, stages);
        _engine = new Engine(Settings, intents, new DurableStops(crash?.Around(_journal) ?? _journal, _journal, _options.Flush), repair);
        _thread.Start(new EngineWork
        {
            Engine = _engine,
            Settings = Settings,
            Journal = _journal,
            Tape = _tape,
            Sending = intents,
            Between = between,
            Stages = stages,
            Repair = repair,
            StillKilled = _history.Kill,
            Risk = _history.Risk,
            Openings = [.. _history.Openings, .. _options.Practice],
            Look = Look,
            Flush = _options.Flush,
        });
        _faultShown = ShowFaultAsync();
    }

    /// <summary>Asks the engine something between two records; see <see cref="EngineThread.AskAsync"/>.</summary>
    public Task<T> AskAsync<T>(Func<Engine, T> question) => _thread.AskAsync(question);

    public Task<OperatorAnswer> KillAsync(string reason, string who, CancellationToken cancellation) =>
        CommandAsync(
            _thread.KillAsync,
            reason,
            who,
            Settings.Execution.KillPolicy == KillPolicy.Hold
                ? "Nothing is sent any more: open orders are taken back, and what plans hold is kept and listed."
                : "No plan is opened any more; open ones are finished.",
            cancellation);

    /// <summary>Arms a session with real orders. Whoever asks has looked at everything that has to be true.</summary>
    public async Task<OperatorAnswer> ArmAsync(ArmCommand command, CancellationToken cancellation)
    {
        var told = await TellAsync(InputKind.Arm, command.Write(new PayloadWriter()).ToArray(), "", cancellation);
        return !told.IsDone ? told
            : Current.Arming is { IsArmed: true } ? new OperatorAnswer(true, "Armed: orders are real from now on.")
            : new OperatorAnswer(false, "The engine did not arm: it is killed, or its results cannot be valued now.");
    }

    public Task<OperatorAnswer> DisarmAsync(string reason, string who, CancellationToken cancellation) => TellAsync(
        InputKind.Disarm, new OperatorCommand(reason, who).Write(new PayloadWriter()).ToArray(), "Disarmed: no plan is opened any more; open ones are finished.", cancellation);

    public Task<OperatorAnswer> ResumeAsync(string reason, string who, CancellationToken cancellation) =>
        CommandAsync(_thread.ResumeAsync, reason, who, "Plans are opened again.", cancellation);

    public Task<OperatorAnswer> ResetRiskAsync(string reason, string who, CancellationToken cancellation) =>
        CommandAsync(_thread.ResetRiskAsync, reason, who, "The losses so far are accepted; day, peak and streak begin anew.", cancellation);

    public async Task<OperatorAnswer> ActAsync(OperatorAction action, string reason, string who, CancellationToken cancellation) =>
        IsReason(reason)
            ? await new SessionActions(this).DoAsync(action, new OperatorCommand(reason, who), cancellation)
            : BadReason;

    public Task<OperatorAnswer> NoteRefusedAsync(string what, string who, CancellationToken cancellation) => TellAsync(
        InputKind.CommandRefused, new OperatorCommand(what, who).Write(new PayloadWriter()).ToArray(), "Kept for the audit.", cancellation);

    /// <summary>Ends the session in order.</summary>
    /// <param name="grace">How long open plans may take to end; what is open after it is declared as what it is.</param>
    public async Task<SessionReport> StopAsync(TimeSpan grace)
    {
        var engine = _engine ?? throw new InvalidOperationException("The session was not started.");
        var end = await _thread.StopAsync(grace);
        await _faultShown!;
        return new SessionReport
        {
            Last = Current,
            Uptime = TimeSpan.FromTicks((Clock.NowNanos - _startedTime) / 100),
            Plans = SessionReport.PlansOf(engine),
            BooksInvalidated = engine.Totals.BooksInvalidated,
            Accounts = new AccountSummary(engine, Settings),
            JournalHash = end.Fault is null ? _chain.ChainHash : null,
            SessionHash = end.SessionHash,
            Tape = Tape,
            Fault = end.Fault,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _thread.StopAsync(TimeSpan.Zero);
        }

        _tape?.Dispose();
        _journal.Dispose();
        _thread.Dispose();
    }

    private async Task<OperatorAnswer> CommandAsync(
        Func<OperatorCommand, Task> command, string reason, string who, string done, CancellationToken cancellation)
    {
        return IsReason(reason) ? await ToldAsync(() => command(new OperatorCommand(reason, who)), done, cancellation) : BadReason;
    }

    private static OperatorAnswer BadReason => new(false, $"A reason is one line of 1 to {ReasonMax} characters.");

    private static bool IsReason(string reason) => !string.IsNullOrWhiteSpace(reason) && reason.Length <= ReasonMax && !reason.Any(char.IsControl);

    /// <summary>Hands the engine an operator's record. Done once the journal holds it, and <see cref="Current"/> was drawn after it.</summary>
    internal Task<OperatorAnswer> TellAsync(byte kind, byte[] payload, string done, CancellationToken cancellation) =>
        ToldAsync(() => _thread.TellAsync(kind, payload), done, cancellation);

    /// <summary>Waits until the engine has taken a command, and for a picture of the session after it.</summary>
    private async Task<OperatorAnswer> ToldAsync(Func<Task> tell, string done, CancellationToken cancellation)
    {
        try
        {
            await tell().WaitAsync(cancellation);
            await _thread.AskAsync(engine =>
            {
                Look(engine, Clock.NowNanos);
                return true;
            }).WaitAsync(cancellation);
            return new OperatorAnswer(true, done);
        }
        catch (InvalidOperationException over)
        {
            return new OperatorAnswer(false, over.Message);
        }
    }

    /// <summary>A session that a fault ended takes no more pictures; the last one has to say why.</summary>
    private async Task ShowFaultAsync()
    {
        if ((await Completion).Fault is { } fault)
        {
            Volatile.Write(ref _current, Current with { State = TradingState.Halted, StateReason = fault, Time = Clock.NowNanos });
        }
    }

    private SnapshotBuilder Builder(Func<IReadOnlyList<VenueHealth>> health) => new(Settings, Journal, _startedTime, health);

    /// <summary>Engine thread.</summary>
    private void Look(Engine engine, long now) =>
        Volatile.Write(ref _current, _builder!.Take(engine, now, _journal.Sequence, _thread.Latencies, _thread.Overflows));

    internal static string JournalOf(string dataFolder) => Path.Combine(dataFolder, "journal");

    private static string TapeOf(string dataFolder, int session)
    {
        var folder = Path.Combine(dataFolder, "tapes");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"session-{session}.tape");
    }

    /// <summary>One more than the journal's last; a session that ended before its first decision left a tape and no trace in the journal.</summary>
    private static int NextSession(string dataFolder, int lastSession)
    {
        var session = lastSession + 1;
        while (File.Exists(TapeOf(dataFolder, session)))
        {
            session++;
        }

        return session;
    }
}
