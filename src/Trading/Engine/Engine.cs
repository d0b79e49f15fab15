using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Arming;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine.Opportunities;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;
using Parallax.Trading.Supervision;

namespace Parallax.Trading.Engine;

/// <summary>The one thread that decides: records in, decisions out. No clock, no randomness, no input or output of its own.</summary>
/// <remarks>
/// The same records and settings give the same journal to the byte, whoever feeds them: a tape with a simulated venue, or live feeds.
/// A book record that changes no opportunity allocates nothing.
/// </remarks>
public sealed partial class Engine : IRecordSink
{
    /// <summary>A deadline of plan 0, which is none: beside those of the reconciler.</summary>
    private const ulong ResidualToken = 3;

    private readonly DecisionWriter _journal;
    private readonly IFeedRepair? _repair;
    private readonly IOrderGateway _gateway;
    private readonly Recovery _recovery;
    private readonly AccountInputs _accounts;
    private OpportunityDesk? _desk;
    private byte[] _frame = new byte[512];

    /// <param name="gateway">Where orders go. Its answers come back through <see cref="Handle"/>.</param>
    /// <param name="journal">Takes every decision, in order.</param>
    /// <param name="repair">Asked to bring back books that failed; <see langword="null"/> in a replay, which has nothing to repair.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public Engine(EngineSettings settings, IOrderGateway gateway, IRecordSink journal, IFeedRepair? repair = null)
    {
        settings.Validated();
        (_repair, _gateway) = (repair, gateway);
        _journal = new DecisionWriter(journal);
        _inForce = new SettingsInForce(settings, _journal);
        Markets = new Markets(settings.Fees);
        Arming = new ArmingState(settings.NeedsArming, () => Executor!.ProfitIn(Settings.ReportingAsset));
        Risk = new RiskBook(settings.Limits, settings.ReportingAsset, Markets, Treasury, _journal);
        Executor = new PlanExecutor(Markets, Treasury, gateway, _journal, Deadlines, settings, Risk);
        Executor.MayBegin = () => !IsKilled && !IsDraining && !Storage.IsFull && Tasks.AreVenuesServed && MaySend;
        Reconciler = new Reconciler(settings, Markets, Treasury, Executor, gateway, _journal, Deadlines, GoOn, Trip);
        _recovery = new Recovery(Markets, Treasury, Executor, _journal);
        _accounts = new AccountInputs(Markets, Executor, Reconciler, Venues, Risk, _journal, () => _desk?.OnFees(), Executor.MayBegin);
    }

    public Markets Markets { get; }

    public Treasury Treasury { get; } = new();

    public PlanExecutor Executor { get; }

    /// <summary>What the limits look at.</summary>
    public RiskBook Risk { get; }

    /// <summary>What the venues say of the account, against the ledger.</summary>
    public Reconciler Reconciler { get; }

    /// <summary>What the venues allow just now.</summary>
    public VenueDesk Venues { get; } = new();

    /// <summary>Whether the store that people read keeps up with the journal.</summary>
    public StoreStanding Store { get; } = new();

    /// <summary>Whether journal and tape have room.</summary>
    public StorageStanding Storage { get; } = new();

    /// <summary>Which tasks around the engine do not run.</summary>
    public TaskStanding Tasks { get; } = new();

    public EngineTotals Totals { get; } = new();

    /// <summary>Directed cycles that are watched; zero before trading began.</summary>
    public int CycleCount => _desk?.CycleCount ?? 0;

    /// <summary>A watched cycle by its path: <c>USD&gt;BTC&gt;ETH&gt;USD</c>.</summary>
    /// <param name="cycle">From 0 to <see cref="CycleCount"/> - 1.</param>
    public string CycleName(int cycle) => _desk!.CycleName(cycle);

    /// <summary>Where a watched cycle stands at the best prices seen so far, bps with eight decimals, rounded down. For pictures; nothing is decided by it.</summary>
    /// <param name="isNet">With fees, or without.</param>
    /// <returns>False when a leg has no price.</returns>
    public bool TryEdgeBps(int cycle, bool isNet, out decimal edgeBps) => _desk!.TryEdgeBps(cycle, isNet, out edgeBps);

    /// <summary>When the engine wants to be woken: hand in an <see cref="InputKind.Timer"/> record at that time.</summary>
    public Deadlines Deadlines { get; } = new();

    /// <summary>An operator, or the engine itself, has stopped trading: no plan is opened until an <see cref="InputKind.Resume"/> record.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>What the operator, or the engine, gave as a reason; <see langword="null"/> while trading is not stopped.</summary>
    public string? KillReason { get; private set; }

    /// <summary>Whether orders may be sent where orders are real.</summary>
    public ArmingState Arming { get; }

    /// <summary>The session is ending: no plan is opened any more.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>The first book has come and trading began; from then on no instrument is defined any more.</summary>
    public bool HasBegun => _desk is not null;

    /// <summary>Takes one input straight from a feed, without a frame around it; as <see cref="Handle"/>.</summary>
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind is MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot)
        {
            _journal.Now = header.ReceivedTime;
            Risk.OnTime(header.ReceivedTime);
            Totals.Records++;
            OnBook(header, payload);
            return;
        }

        // The rare kinds are read from a whole record.
        var size = RecordFramer.RecordSize(payload.Length);
        if (_frame.Length < size)
        {
            _frame = new byte[size * 2];
        }

        RecordFramer.Write(_frame, header, payload, header.Sequence);
        Handle(new Record(_frame.AsSpan(0, size)));
    }

    /// <summary>Takes one input record.</summary>
    /// <exception cref="MalformedRecordException">A payload is not what its kind promises.</exception>
    /// <exception cref="LedgerException">The books do not balance: a fault of ours, and the end of this engine.</exception>
    public void Handle(Record record)
    {
        ref readonly var header = ref record.Header;
        _journal.Now = header.ReceivedTime;
        Risk.OnTime(header.ReceivedTime);
        Totals.Records++;
        switch (header.Kind)
        {
            case MarketRecordKind.BookDelta:
            case MarketRecordKind.BookSnapshot:
                OnBook(header, record.Payload);
                break;
            case MarketRecordKind.Instrument:
                OnInstrument(record);
                break;
            case MarketRecordKind.FeedState:
                OnFeedState(record);
                break;
            case Opening.RecordKind:
                TakeOpening(Opening.Read(record));
                break;
            case OrderEvent.RecordKind:
            case Statement.RecordKind:
            case FeeSchedule.RecordKind:
            case VenueStatus.RecordKind:
            case BalanceAcceptance.RecordKind:
            case ResidualCommand.RecordKind:
            case FeeCorrection.RecordKind:
            case TradeReversal.RecordKind:
                _accounts.Take(record, HasBegun);
                EndArming(header.ReceivedTime);
                break;
            case InputKind.Timer:
                OnTimer(header.ReceivedTime);
                break;
            case InputKind.Kill:
                _journal.Copy(record);
                Kill(OperatorCommand.Read(record).Reason);
                break;
            case InputKind.Resume:
                _journal.Copy(record);
                (IsKilled, KillReason) = (false, null);
                Executor.Restart();
                break;
            case SettingsChange.RecordKind:
                OnSettings(SettingsChange.Read(record));
                break;
            case InputKind.Arm:
                OnArm(record);
                break;
            case InputKind.Disarm:
                Arming.Disarm("operator");
                _journal.Copy(record);
                break;
            case RiskInput.Opening:
                Risk.Restore(RiskMemory.Read(record));
                break;
            case RiskInput.Breaker:
                _journal.Copy(record);
                Risk.OnCommand(BreakerCommand.Read(record));
                break;
            case RiskInput.Reset:
                _journal.Copy(record);
                Risk.Reset();
                break;
            case InputKind.CommandRefused:
            case SettingsWritten.RecordKind:
                _journal.Copy(record);
                break;
            case StoreReport.RecordKind:
                _journal.Copy(record);
                Store.Take(StoreReport.Read(record));
                break;
            case ClockSet.RecordKind:
                _journal.Copy(record);
                break;
            case TaskReport.RecordKind:
                _journal.Copy(record);
                Tasks.Take(TaskReport.Read(record));
                break;
            case StorageReport.FullKind:
            case StorageReport.BackKind:
                _journal.Copy(record);
                Storage.Take(StorageReport.Read(record));
                break;
            case InputKind.Drain:
                IsDraining = true;
                _journal.Copy(record);
                break;
        }
    }

    /// <summary>The input is over: open opportunities and plans are closed as what they are, and the books are proved once more.</summary>
    public void End()
    {
        var desk = Begin();
        desk.CloseAll("session-ended");
        desk.CloseFollowUps();
        if (!Settings.Reconciles)
        {
            Executor.CloseAll();
        }

        Treasury.Check();
        _journal.Write(new SessionEnded(Totals.Records, Totals.Opportunities, Executor.PlanCount));
    }

    private void OnBook(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var number = header.Subject;
        if (number >= Markets.Count)
        {
            throw new MalformedRecordException($"Record {header.Sequence} names instrument {number}; {Markets.Count} are defined.");
        }

        var desk = _desk ?? Begin();
        var book = Markets.Book(number);
        var changes = payload.Length % BookLevel.Size == 0
            ? book.Apply(header, BookRecord.Levels(payload))
            : book.Invalidate(BookInvalidReason.MalformedRecord);
        Totals.BookRecords++;
        if (changes != BookChanges.None)
        {
            if ((changes & BookChanges.State) != BookChanges.None && book.State == BookState.Invalid)
            {
                Totals.BooksInvalidated++;
                _journal.Write(new BookInvalidated(book.InvalidReason.ToString()), number);
                _repair?.Resynchronise(number, book.InvalidReason);
            }

            desk.OnBook(number, book, changes);
        }
    }

    private void OnArm(Record record)
    {
        var command = ArmCommand.Read(record);
        if (!IsKilled && command.UntilTime > record.Header.ReceivedTime && Arming.TryArm(command))
        {
            _journal.Copy(record);
            // Wakes the engine at its end, so that the journal holds the moment whether a plan is due then or not.
            Deadlines.Set(command.UntilTime, 0, 0);
            GoOn();
        }
    }

    private bool MaySend => Reconciler.IsReconciled && (Arming.IsArmed || !Arming.IsRequired);

    /// <summary>Plans of earlier sessions go on: their next orders are sent no sooner than those of new plans would be.</summary>
    private void GoOn()
    {
        if (HasBegun && Executor.IsHeld && MaySend)
        {
            Executor.Release();
        }
    }

    private void EndArming(long now)
    {
        if (Arming.TryEnd(now, out var disarmed))
        {
            _journal.Write(disarmed);
        }
    }

    private void OnTimer(long now)
    {
        EndArming(now);
        while (Deadlines.TryTake(now, out var due))
        {
            if (due is { Plan: 0, Token: ResidualToken })
            {
                LookAtResiduals();
            }
            else if (due.Plan == RefusalFollowUps.Owner)
            {
                _desk!.OnFollowUp(due);
            }
            else if (!Reconciler.TryOnDeadline(due))
            {
                Executor.OnDeadline(due);
            }
        }
    }

    /// <exception cref="MalformedRecordException">Trading has begun: then it is too late to take anything over.</exception>
    private void TakeOpening(Opening item)
    {
        if (HasBegun)
        {
            throw new MalformedRecordException("What earlier sessions left open comes before the first book.");
        }

        _recovery.Take(item);
    }

    /// <summary>In this order: nothing new is sent, what is open is taken back, and what is held is listed once it cannot change any more.</summary>
    private void Kill(string reason)
    {
        (IsKilled, KillReason) = (true, reason);
        Executor.Stop();
        if (HasBegun)
        {
            _gateway.CancelAll(_journal.Now);
        }
    }

    /// <summary>The engine kills by itself; nothing happens when trading is killed already.</summary>
    private void Trip(string reason)
    {
        if (!IsKilled)
        {
            _journal.Write(new KillSwitchTripped(reason));
            Kill(reason);
        }
    }

    /// <summary>The definitions are complete: books the capital and looks for the cycles.</summary>
    private OpportunityDesk Begin()
    {
        if (_desk is not null)
        {
            return _desk;
        }

        _journal.Write(new SessionStarted(Settings.Session, Settings.Mode, Settings.Canonical()));
        Executor.Hold();
        var isFresh = !_recovery.TryTakeOver(Settings.Capital);
        Executor.Trades.BeginAt(_journal.Now);
        Risk.Begin(_journal.Now);
        _desk = new OpportunityDesk(
            Settings, Markets, Treasury, Executor, Risk, _journal, Totals, Arming, () => IsKilled || IsDraining, Reconciler, Venues, Store, Storage, Tasks, Deadlines);
        Reconciler.Start(_recovery, isFresh);
        GoOn();

        LookAtResiduals();
        _accounts.TakeEarly();
        return _desk;
    }
}
