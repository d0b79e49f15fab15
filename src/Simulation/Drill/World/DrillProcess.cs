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

    private readonly DrillWorld _world;
    private readonly ProcessDisk _disk;
    private readonly UtcClock _clock;
    private readonly SessionJournal _journal;
    private readonly EngineSettings _settings;
    private readonly InputLine _line;
    private readonly PayloadWriter _payload = new();
    private readonly JournalFold _history = new();
    private readonly RiskMemory _risk = new();
    private readonly Action _wake;
    private readonly Action _flush;
    private byte[] _frame = new byte[512];
    private ulong _flushedSequence;
    private long _wakeTime = long.MaxValue;
    private bool _hasFlushDue;

    /// <summary>Opens the journal and makes the engine; nothing is told to it before <see cref="Begin"/>.</summary>
    /// <exception cref="UnwritableFileException">The disk does not let the program begin.</exception>
    public DrillProcess(DrillWorld world)
    {
        (_world, _wake, _flush) = (world, Wake, Flush);
        _disk = new ProcessDisk(world);
        _clock = new UtcClock(world.Clock);
        StartOffsetNanos = world.Clock.OffsetNanos;
        _journal = new SessionJournal(JournalWriter.Open(_disk));
        var history = new JournalBytes(_disk.Bytes.Span);
        while (history.TryNext(out var record))
        {
            _history.Take(record);
            _risk.Take(record);
        }

        Gateway = new DrillGateway(world, this);
        _settings = world.Settings(_history.LastSession + 1);
        Engine = new Engine(_settings, new IntentFirst(Gateway, _journal, FlushPolicy.Disk), new DurableStops(new WatchedJournal(world, _journal), _journal, FlushPolicy.Disk), world.Feed);
        _line = new InputLine(Engine, null, null, _journal.ReceivedTime);
    }

    public Engine Engine { get; }

    public DrillGateway Gateway { get; }

    /// <summary>How far the machine's clock was off when this began: the session's clock stays so.</summary>
    public long StartOffsetNanos { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Tells the engine what every session begins with, then lets books and answers come.</summary>
    public void Begin()
    {
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
        }
    }

    /// <summary>The venue's word about itself.</summary>
    public void Tell(VenueStatus status) => Take(status.Header(0, 0), status.Write(_payload));

    /// <summary>What the venue charges.</summary>
    public void Tell(FeeSchedule fees) => Take(FeeSchedule.Header(0, 0), fees.Write(_payload));

    /// <summary>Hands one record to the engine, received now.</summary>
    public void Take(RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (!IsAlive)
        {
            return;
        }

        var size = RecordFramer.RecordSize(payload.Length);
        if (_frame.Length < size)
        {
            _frame = new byte[2 * size];
        }

        header.ReceivedTime = _clock.NowNanos;
        header.VenueTime = header.VenueTime == 0 ? header.ReceivedTime : header.VenueTime;
        try
        {
            RecordFramer.Write(_frame, header, payload, (ulong)Engine.Totals.Records + 1);
            _line.Take(new Record(_frame.AsSpan(0, size)));
            SetAlarms();
        }
        catch (Exception wrong) when (wrong is CrashException or UnwritableFileException)
        {
            _world.OnProcessEnded(wrong);
        }
    }

    /// <summary>An operator's command: in the journal before it is acknowledged.</summary>
    public void Command(byte kind, OperatorCommand command) => Command(kind, command.Write(_payload));

    /// <inheritdoc cref="Command(byte, OperatorCommand)"/>
    public void Command(byte kind, ReadOnlySpan<byte> command)
    {
        Take(InputKind.Header(kind, 0), command);
        FlushNow();
    }

    /// <summary>Ends this life at once. What the process held in memory is gone; the disk decides what else.</summary>
    public void Kill()
    {
        IsAlive = false;
        Gateway.Die();
        _disk.IsCut = true;
        _journal.Dispose();
    }

    /// <inheritdoc cref="Kill"/>
    public void Dispose() => Kill();

    /// <summary>All that was decided reaches the disk.</summary>
    public void FlushNow() => Do(() => _journal.Flush(FlushPolicy.Disk));

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

    private void Wake()
    {
        _wakeTime = long.MaxValue;
        Do(() => _line.HappenBefore(_clock.NowNanos));
    }

    private void Flush()
    {
        _hasFlushDue = false;
        Do(() => _journal.Flush(FlushPolicy.Os));
        _flushedSequence = _journal.Sequence;
    }

    private void Do(Action work)
    {
        if (!IsAlive)
        {
            return;
        }

        try
        {
            work();
            SetAlarms();
        }
        catch (Exception wrong) when (wrong is CrashException or UnwritableFileException)
        {
            _world.OnProcessEnded(wrong);
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

        if (!_hasFlushDue && _journal.Sequence != _flushedSequence)
        {
            _hasFlushDue = true;
            _world.Agenda.After(FlushPauseNanos, _flush);
        }
    }
}
