using System.Collections.Concurrent;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Journal.Rings;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine.Live;

/// <summary>The thread that owns engine, journal and tape of a live session, and the ways to it (docs/decisions/0008).</summary>
/// <remarks>
/// <para>Inlets are read in turns, some records each. Deadlines, and what acts between records, are due by the records' times while there
/// are any, and by the clock when there are none. Without work it spins for a moment, because the next record is often near, and then
/// sleeps until a producer rings.</para>
/// <para>The clock is read once a record, after its decision, which is also when the next one's begins. An exception from the engine or a
/// file ends the session: both files are closed whole as far as they can be, and <see cref="Completion"/> says what happened.</para>
/// <para>Everything public may be called from any thread. Steady state allocates nothing.</para>
/// </remarks>
public sealed class EngineThread : IDisposable
{
    /// <summary>Polling goes on for so long after the last record. At a thousand records a second that is a twentieth of a core.</summary>
    private const long SpinNanos = 50 * UtcNanos.PerMicrosecond;

    private const int SleepMillisMax = 10;

    private readonly UtcClock _clock;
    private readonly KillFlag _kill;
    private readonly Doorbell _doorbell = new();
    private readonly ConcurrentQueue<Errand> _errands = new();
    private readonly TaskCompletionSource<SessionEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LatencyHistogram _queue = new("queue");
    private readonly LatencyHistogram _decision = new("decision");
    private Inlet[] _inlets = [];
    private EngineWork _work = null!;
    private OrderStages? _stages;
    private InputLine _line = null!;
    private InletTurns _turns = null!;
    private SessionFiles _files = null!;
    private CrossedBooks? _crossed;
    private Thread? _thread;
    private volatile bool _isOver;
    private long _drainUntil = long.MaxValue;
    private long _nextLook;
    private long _idleSince;

    /// <param name="clock">The one the feeds stamp with.</param>
    /// <param name="kill">Raised by <see cref="KillAsync"/> at once; one of its own where nobody else reads it.</param>
    public EngineThread(UtcClock clock, KillFlag? kill = null) => (_clock, _kill) = (clock, kill ?? new KillFlag(KillPolicy.Finish));

    /// <summary>Done when the thread has ended and the files are closed; never failed: a fault is in the result.</summary>
    public Task<SessionEnd> Completion => _completion.Task;

    /// <summary>Records that did not fit into their inlet, of all inlets.</summary>
    public long Overflows => _inlets.Sum(inlet => inlet.Dropped);

    /// <summary>
    /// <c>queue</c>: from a book record's receipt to the engine; <c>decision</c>: from its receipt until decided; then those of <see cref="OrderStages"/>.
    /// Engine thread only.
    /// </summary>
    public IReadOnlyList<LatencyHistogram> Latencies => [_queue, _decision, .. _stages?.Histograms ?? []];

    /// <summary>A way in for one more thread. Before <see cref="Start"/>.</summary>
    /// <param name="name">For people.</param>
    /// <param name="capacity">In bytes, a power of two.</param>
    public Inlet AddInlet(string name, OverflowPolicy policy, int capacity = RecordRing.DefaultCapacity)
    {
        RequireNotStarted();
        var inlet = new Inlet(name, policy, capacity, _doorbell);
        _inlets = [.. _inlets, inlet];
        return inlet;
    }

    public void Start(EngineWork work)
    {
        RequireNotStarted();
        _work = work;
        _stages = work.Stages;
        _files = new SessionFiles(work.Journal, work.Tape);
        _line = new InputLine(work.Engine, work.Tape, work.Between, work.Journal.ReceivedTime, work.Sending, _files);
        _turns = new InletTurns(_inlets, _line, _clock, _stages, _queue, _decision);
        _crossed = work.Repair is null ? null : new CrossedBooks(work.Engine.Markets, work.Repair, UtcNanos.PerMillisecond * (long)work.CrossedMax.TotalMilliseconds);
        _thread = new Thread(Run) { Name = "engine", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Asks the engine something between two records. The question must be short: nothing is decided meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The session is over.</exception>
    public Task<T> AskAsync<T>(Func<Engine, T> question)
    {
        var errand = new Question<T>(question);
        Send(errand);
        return errand.Answer;
    }

    /// <summary>Stops trading: no order is sent from this call on that the kill stops. Done once the engine has taken it and the journal holds it.</summary>
    /// <exception cref="InvalidOperationException">The session is over.</exception>
    public Task KillAsync(OperatorCommand command) => TellAsync(InputKind.Kill, Payload(command));

    /// <summary>Lets plans be opened again. Done, and failing, as <see cref="KillAsync"/>.</summary>
    public Task ResumeAsync(OperatorCommand command) => TellAsync(InputKind.Resume, Payload(command));

    /// <summary>Hands the engine an operator's input record. Done, and failing, as <see cref="KillAsync"/>.</summary>
    /// <param name="kind">One of <see cref="InputKind"/>.</param>
    /// <param name="payload">As that kind is laid out.</param>
    public Task TellAsync(byte kind, ReadOnlyMemory<byte> payload)
    {
        if (kind == InputKind.Kill)
        {
            _kill.Raise();
        }

        var errand = new Order(kind, payload);
        Send(errand);
        return errand.Done;
    }

    /// <summary>An operator accepts the losses so far; what halted or restricted trading is lifted. Done, and failing, as <see cref="KillAsync"/>.</summary>
    public Task ResetRiskAsync(OperatorCommand command) => TellAsync(RiskInput.Reset, Payload(command));

    /// <summary>Ends the session in order: no plan is opened any more, open ones are finished, what waits in the inlets is read, the files are closed.</summary>
    /// <param name="grace">What is open after this is declared as what it is.</param>
    /// <returns><see cref="Completion"/>.</returns>
    public Task<SessionEnd> StopAsync(TimeSpan grace)
    {
        Send(new Farewell(grace));
        return Completion;
    }

    public void Dispose() => _doorbell.Dispose();

    /// <summary>For <see cref="Order"/>, on this thread.</summary>
    /// <returns>False when the disk is full: the engine has taken it, and the journal does not hold it yet.</returns>
    internal bool TryObey(byte kind, ReadOnlySpan<byte> payload)
    {
        _line.Append(InputKind.Header(kind, _clock.NowNanos), payload);
        switch (kind)
        {
            case InputKind.Kill:
                _kill.Take();
                break;
            case InputKind.Resume:
                _kill.Lower();
                break;
        }

        return _files.TryFlush(_work.Flush);
    }

    /// <summary>For <see cref="Farewell"/>, on this thread.</summary>
    internal void Drain(TimeSpan grace)
    {
        var now = _clock.NowNanos;
        if (!_work.Engine.IsDraining)
        {
            _line.Append(InputKind.Header(InputKind.Drain, now), []);
            _files.Touch();
        }

        _drainUntil = Math.Min(_drainUntil, now + (UtcNanos.PerMillisecond * (long)grace.TotalMilliseconds));
    }

    private static byte[] Payload(OperatorCommand command) => command.Write(new PayloadWriter()).ToArray();

    private void Send(Errand errand)
    {
        _errands.Enqueue(errand);
        _doorbell.Ring();
        if (_isOver)
        {
            // Whoever comes after the last look takes his own errand back.
            RefuseErrands();
        }
    }

    private void Run()
    {
        SessionEnd end;
        try
        {
            Begin();
            Work();
            end = Finish();
        }
        catch (Exception wrong)
        {
            end = Abandon(wrong);
        }

        _isOver = true;
        foreach (var inlet in _inlets)
        {
            inlet.Close();
        }

        RefuseErrands();
        _completion.SetResult(end);
    }

    private void Begin()
    {
        var now = _clock.NowNanos;
        _idleSince = now;
        _files.Begin(now);
        _line.Append(InputKind.Header(InputKind.Settings, now), new PayloadWriter().Text(_work.Settings.Canonical()).Written);
        if (_work.Risk is { IsEmpty: false } memory)
        {
            _line.Append(InputKind.Header(RiskInput.Opening, now), memory.Write(new PayloadWriter()));
        }

        if (_work.StillKilled is { } command)
        {
            _kill.Raise();
            TryObey(InputKind.Kill, Payload(command));
        }

        var payload = new PayloadWriter();
        foreach (var opening in _work.Openings)
        {
            _line.Append(opening.Header(now), opening.Write(payload));
        }
    }

    private void Work()
    {
        while (true)
        {
            var hasWorked = RunErrands();
            var now = _clock.NowNanos;
            hasWorked |= _turns.Take(ref now, out var isDrained);

            // While records wait, it is by their times that things are due.
            hasWorked |= isDrained && _line.HappenBefore(now);
            LookAround(now);
            if (now >= _drainUntil || (_drainUntil != long.MaxValue && isDrained && _work.Engine.Executor.OpenCount == 0))
            {
                return;
            }

            if (hasWorked)
            {
                _idleSince = now;
                _files.Touch();
            }
            else
            {
                Rest(now);
            }
        }
    }

    private bool RunErrands()
    {
        var hasRun = false;
        while (_errands.TryDequeue(out var errand))
        {
            hasRun = true;
            errand.Run(_work.Engine, this);
        }

        return hasRun;
    }

    private void LookAround(long now)
    {
        if (now >= _nextLook)
        {
            _nextLook = now + (UtcNanos.PerMillisecond * (long)_work.LookEvery.TotalMilliseconds);
            _crossed?.Look(now);
            _work.Look?.Invoke(_work.Engine, now);
        }

        _files.FlushUnderLoad(now);
        _files.Look(now);
        _line.TellOfFiles(now);
    }

    private void Rest(long now)
    {
        if (now - _idleSince < SpinNanos && Environment.ProcessorCount > 1)
        {
            Thread.SpinWait(16);
            return;
        }

        _files.FlushWhenIdle(now);
        _doorbell.LieDown();
        if (!HasWork())
        {
            var next = Math.Min(Math.Min(_line.NextTime, _nextLook), _drainUntil);
            _doorbell.Sleep((int)Math.Clamp(((next - now) / UtcNanos.PerMillisecond) + 1, 1, SleepMillisMax));
        }

        _doorbell.GetUp();
    }

    private bool HasWork() => !_turns.AreEmpty() || !_errands.IsEmpty;

    private SessionEnd Finish()
    {
        _work.Engine.End();
        _work.Look?.Invoke(_work.Engine, _clock.NowNanos);
        return new SessionEnd(_files.Close(), null, null);
    }

    private SessionEnd Abandon(Exception wrong) => new(null, _files.Abandon(wrong.Message), wrong);

    private void RefuseErrands()
    {
        while (_errands.TryDequeue(out var errand))
        {
            errand.Refuse(new InvalidOperationException("The session is over; nothing is decided any more."));
        }
    }

    private void RequireNotStarted()
    {
        if (_thread is not null)
        {
            throw new InvalidOperationException("The engine thread runs already; its inlets and its work are given before.");
        }
    }
}
