using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Simulation.Drill.Network;
using Parallax.Trading.Engine;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Reconciliation;
using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill.World;

/// <summary>One life of the program: the real engine, its real line of inputs and its real journal, on this world's clock, disk and network.</summary>
public sealed class DrillProcess : IDisposable
{
    private const long FlushPauseNanos = 20 * UtcNanos.PerMillisecond;
    private const long ClockPauseNanos = 500 * UtcNanos.PerMillisecond;
    private const int BacklogBytesMax = 1 << 20;

    private readonly DrillWorld _world;
    private readonly ProcessDisk _disk;
    private readonly UtcClock _clock;
    private readonly SessionJournal _journal;
    private readonly SessionFiles _files;
    private readonly EngineSettings _settings;
    private readonly InputLine _line;
    private readonly PayloadWriter _payload = new();
    private readonly JournalFold _history = new();
    private readonly RiskMemory _risk = new();
    private readonly Action _wake;
    private readonly Action _flush;
    private readonly Action _retry;
    private readonly Action _lookAtClock;
    private readonly KillFlag _kill;
    private readonly Queue<(Func<bool> Work, Action<bool>? Done)> _waiting = [];
    private byte[] _frame = new byte[512];
    private ulong _flushedSequence;
    private long _wakeTime = long.MaxValue;
    private long _clockSlowUntil;
    private bool _hasFlushDue;
    private bool _hasRetryDue;
    private bool _isWaiting;

    /// <summary>Opens the journal and makes the engine; nothing is told to it before <see cref="Begin"/>.</summary>
    /// <exception cref="UnwritableFileException">The disk does not let the program begin.</exception>
    public DrillProcess(DrillWorld world)
    {
        (_world, _wake, _flush, _retry, _lookAtClock) = (world, Wake, Flush, Retry, LookAtClock);
        _disk = new ProcessDisk(world, this);
        _journal = new SessionJournal(JournalWriter.Open(_disk, BacklogBytesMax), new DiskRoom(world.Disk));
        _files = new SessionFiles(_journal, tape: null);
        _clock = new UtcClock(world.Clock, _journal.ReceivedTime);
        var history = new JournalBytes(_disk.Bytes.Span);
        while (history.TryNext(out var record))
        {
            _history.Take(record);
            _risk.Take(record);
        }

        Gateway = new DrillGateway(world, this);
        _settings = world.Terms.Settings(_history.LastSession + 1, world.Fees);
        _kill = new KillFlag(_settings.Execution.KillPolicy);
        var sending = new IntentFirst(Gateway, _journal, FlushPolicy.Disk, _kill);
        Tape = world.Terms.ChecksTape ? new SessionTape() : null;
        Engine = new Engine(_settings, sending, new DurableStops(new WatchedJournal(world, _journal, Tape), _journal, FlushPolicy.Disk), world.Feed);
        _line = new InputLine(Engine, Tape, null, _journal.ReceivedTime, sending, _files);
    }

    /// <summary>What the engine was told and what it wrote; <see langword="null"/> where nobody compares them with a replay.</summary>
    public SessionTape? Tape { get; }

    public Engine Engine { get; }

    public DrillGateway Gateway { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Tells the engine what every session begins with, then lets books and answers come.</summary>
    public void Begin()
    {
        _files.Begin(_clock.NowNanos);
        Take(InputKind.Header(InputKind.Settings, 0), _payload.Restart().Text(_settings.Canonical()).Written);
        if (!_risk.IsEmpty)
        {
            Take(InputKind.Header(RiskInput.Opening, 0), _risk.Write(_payload));
        }

        if (_history.Kill is { } kill)
        {
            Command(InputKind.Kill, kill);
        }
        else if (_world.Operator.HasKillFile)
        {
            Command(InputKind.Kill, new OperatorCommand("a kill file", "drill"));
        }

        foreach (var opening in _history.Openings())
        {
            Take(opening.Header(0), opening.Write(_payload));
        }

        for (ushort number = 0; number < DrillListings.All.Length && IsAlive; number++)
        {
            Take(InstrumentRecord.Header(number, 0), InstrumentRecord.Write(_payload, DrillListings.All[number]));
        }

        if (IsAlive)
        {
            _world.Exchange.Gateway = Gateway;
            _world.Feed.Process = this;
            TellWhatChanged();
            LookAtClock();
        }
    }

    /// <summary>The venue's word about itself.</summary>
    public void Tell(VenueStatus status) => Take(status.Header(0, 0), status.Write(_payload));

    /// <summary>Whether the database keeps up.</summary>
    public void Tell(StoreReport report) => Take(InputKind.Header(StoreReport.RecordKind, 0), report.Write(_payload));

    /// <summary>What the venue charges.</summary>
    public void Tell(FeeSchedule fees) => Take(FeeSchedule.Header(0, 0), fees.Write(_payload));

    /// <summary>Hands one record to the engine, received now; while it waits for the disk, the record waits for it.</summary>
    public void Take(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (!IsAlive)
        {
            return;
        }

        header.ReceivedTime = _clock.NowNanos;
        header.VenueTime = header.VenueTime == 0 ? header.ReceivedTime : header.VenueTime;
        if (_isWaiting)
        {
            var bytes = payload.ToArray();
            _waiting.Enqueue((() => Given(header, bytes), null));
            return;
        }

        try
        {
            Give(header, payload);
        }
        catch (Exception wrong) when (wrong is CrashException or UnwritableFileException)
        {
            _world.Machine.OnEnded(this, wrong);
        }

        CatchUp();
    }

    /// <summary>An operator's command: in the journal before it is acknowledged.</summary>
    public void Command(byte kind, OperatorCommand command) => Command(kind, command.Write(_payload));

    /// <inheritdoc cref="Command(byte, OperatorCommand)"/>
    /// <param name="done">Told whether the engine took it and the disk holds it: not when the disk is full, or the process died before.</param>
    public void Command(byte kind, ReadOnlySpan<byte> command, Action<bool>? done = null)
    {
        if (kind == InputKind.Kill)
        {
            _kill.Raise();
        }

        var header = InputKind.Header(kind, _clock.NowNanos);
        var bytes = command.ToArray();
        Do(
            () =>
            {
                Give(header, bytes);
                if (kind == InputKind.Kill)
                {
                    _kill.Take();
                }
                else if (kind == InputKind.Resume)
                {
                    _kill.Lower();
                }

                return _files.TryFlush(FlushPolicy.Disk);
            },
            done);
    }

    /// <summary>The engine's thread waits; everything else goes on.</summary>
    /// <exception cref="CrashException">The process died meanwhile.</exception>
    internal void WaitFor(long nanos)
    {
        _isWaiting = true;
        _world.Agenda.Pass(nanos);
        _isWaiting = false;
        if (!IsAlive)
        {
            throw new CrashException("it died while it waited for the disk");
        }
    }

    /// <summary>Ends this life at once. What the process held in memory is gone; the disk decides what else.</summary>
    public void Kill()
    {
        IsAlive = false;
        Gateway.Die();
        _disk.IsCut = true;
        _journal.Dispose();
        while (_waiting.TryDequeue(out var lost))
        {
            lost.Done?.Invoke(false);
        }
    }

    /// <inheritdoc cref="Kill"/>
    public void Dispose() => Kill();

    /// <summary>All that was decided reaches the disk.</summary>
    public void FlushNow() => Do(() => _files.TryFlush(FlushPolicy.Disk));

    /// <summary>What every gateway asks for when it connects, as far as it is news.</summary>
    private void TellWhatChanged()
    {
        if (_world.Venue.Fees != _world.Fees)
        {
            Tell(new FeeSchedule(DrillListings.Venue, "", _world.Venue.Fees));
        }

        if (_world.Venue.Status is { } status)
        {
            Tell(status);
        }
    }

    /// <summary>As a session does: its clock is set where the venue's and the machine's agree that it is wrong.</summary>
    private void LookAtClock()
    {
        if (!IsAlive)
        {
            return;
        }

        var by = _clock.NowNanos < _clockSlowUntil
            ? 0
            : ClockJudge.CorrectionNanos(_clock.WallAheadNanos, _world.Agenda.Now + _world.Venue.ClockOffsetNanos - _clock.NowNanos);
        if (by != 0)
        {
            _world.Story.Say("program", $"sets its clock by {by / UtcNanos.PerMillisecond} ms");
            _clock.Correct(by);
            _clockSlowUntil = by < 0 ? _clock.NowNanos - (by / 2) : 0;
            Take(InputKind.Header(ClockSet.RecordKind, 0), new ClockSet(by).Write(_payload));
        }

        _world.Agenda.After(ClockPauseNanos, _lookAtClock);
    }

    private void Wake()
    {
        _wakeTime = long.MaxValue;
        Do(() => _line.HappenBefore(_clock.NowNanos));
    }

    /// <summary>A full disk is tried again.</summary>
    private void Retry()
    {
        _hasRetryDue = false;
        Do(() =>
        {
            _files.Look(_clock.NowNanos);
            _line.TellOfFiles(_clock.NowNanos);
            return true;
        });
    }

    private void Flush()
    {
        _hasFlushDue = false;
        Do(() =>
        {
            _files.Touch();
            _files.FlushWhenIdle(_clock.NowNanos);
            return true;
        });
        _flushedSequence = _journal.Sequence;
    }

    private bool Given(RecordHeader header, byte[] payload)
    {
        Give(header, payload);
        return true;
    }

    private void Give(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var size = RecordFramer.RecordSize(payload.Length);
        if (_frame.Length < size)
        {
            _frame = new byte[2 * size];
        }

        RecordFramer.Write(_frame, header, payload, (ulong)Engine.Totals.Records + 1);
        _line.Take(new Record(_frame.AsSpan(0, size)));
        SetAlarms();
    }

    private void Do(Func<bool> work, Action<bool>? done = null)
    {
        if (!IsAlive)
        {
            done?.Invoke(false);
        }
        else if (_isWaiting)
        {
            _waiting.Enqueue((work, done));
        }
        else
        {
            DoNow(work, done);
            CatchUp();
        }
    }

    private void DoNow(Func<bool> work, Action<bool>? done)
    {
        var isDone = false;
        try
        {
            isDone = work();
            SetAlarms();
        }
        catch (Exception wrong) when (wrong is CrashException or UnwritableFileException)
        {
            _world.Machine.OnEnded(this, wrong);
        }

        done?.Invoke(IsAlive && isDone);
    }

    /// <summary>Takes what came while the engine waited for the disk, oldest first.</summary>
    private void CatchUp()
    {
        while (IsAlive && _waiting.TryDequeue(out var next))
        {
            DoNow(next.Work, next.Done);
        }
    }

    /// <summary>As the engine's thread does: it wakes for the next deadline and flushes in idle moments.</summary>
    private void SetAlarms()
    {
        if (_line.NextTime != long.MaxValue)
        {
            var time = _world.Agenda.Now + Math.Max(0, _line.NextTime - _clock.NowNanos) + 1;
            if (time < _wakeTime)
            {
                _wakeTime = time;
                _world.Agenda.At(time, _wake);
            }
        }

        if (!_hasRetryDue && _files.NextTime != long.MaxValue)
        {
            _hasRetryDue = true;
            _world.Agenda.After(Math.Max(0, _files.NextTime - _clock.NowNanos), _retry);
        }

        if (!_hasFlushDue && _journal.Sequence != _flushedSequence)
        {
            _hasFlushDue = true;
            _world.Agenda.After(FlushPauseNanos, _flush);
        }
    }
}
