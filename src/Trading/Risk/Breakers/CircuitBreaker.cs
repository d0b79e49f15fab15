namespace Parallax.Trading.Risk.Breakers;

/// <summary>Stops what keeps failing, and lets a little of it through after a pause to see. Source: strategies/risk.md section 3.</summary>
/// <remarks>
/// Time is that of the events; nothing happens between them. Closed, it opens on failures in a row or on an error rate; open, it becomes
/// half-open at the first event after its pause; half-open, it admits probes, closes when enough of them succeed, and opens for twice as
/// long when one fails. Allocates only while its window holds more outcomes than ever before.
/// </remarks>
public sealed class CircuitBreaker(BreakerTerms terms)
{
    private readonly Queue<(long Time, bool IsFailure)> _window = new(64);
    private BreakerTerms _terms = terms;
    private int _windowFailures;
    private int _inRow;
    private int _probesOut;
    private int _probesPassed;

    public BreakerState State { get; private set; }

    /// <summary>When an open breaker admits a probe; zero while it is not open.</summary>
    public long UntilNanos { get; private set; }

    /// <summary>How long the last or the next opening lasts.</summary>
    public long PauseNanos { get; private set; } = terms.PauseNanos;

    /// <summary>What opened it last: <c>consecutive</c>, <c>error-rate</c>, <c>probe</c>, <c>manual</c>, …; empty before.</summary>
    public string TrippedBy { get; private set; } = "";

    /// <summary>Failures in a row, while it is closed.</summary>
    public int FailuresInRow => _inRow;

    /// <summary>Outcomes and failures in the window that ends now.</summary>
    public (int Outcomes, int Failures) Window(long now)
    {
        Forget(now);
        return (_window.Count, _windowFailures);
    }

    /// <summary>Other terms hold from the next event on; a pause that runs is not cut.</summary>
    public void Change(BreakerTerms terms)
    {
        _terms = terms;
        PauseNanos = State == BreakerState.Closed ? terms.PauseNanos : Math.Clamp(PauseNanos, terms.PauseNanos, terms.PauseNanosMax);
    }

    /// <summary>What a request would meet now: closed, half-open when a probe would be admitted, else open. Changes nothing.</summary>
    public BreakerState Look(long now) => State switch
    {
        BreakerState.Closed => BreakerState.Closed,
        BreakerState.Open when now < UntilNanos => BreakerState.Open,
        BreakerState.HalfOpen when !HasRoom => BreakerState.Open,
        _ => BreakerState.HalfOpen,
    };

    /// <summary>Asks for one request to be let through; a half-open breaker counts it as a probe.</summary>
    public bool Ask(long now)
    {
        Wake(now);
        if (State != BreakerState.HalfOpen)
        {
            return State == BreakerState.Closed;
        }

        if (!HasRoom)
        {
            return false;
        }

        _probesOut++;
        return true;
    }

    public void Succeed(long now)
    {
        Wake(now);
        if (State == BreakerState.Closed)
        {
            _inRow = 0;
            Remember(now, isFailure: false);
            OpenOnRate(now);
            return;
        }

        if (State == BreakerState.HalfOpen)
        {
            _probesOut = Math.Max(0, _probesOut - 1);
            if (++_probesPassed >= _terms.Probes)
            {
                Close();
            }
        }
    }

    public void Fail(long now)
    {
        Wake(now);
        if (State == BreakerState.HalfOpen)
        {
            PauseNanos = Math.Min(_terms.PauseNanosMax, PauseNanos * _terms.Backoff);
            Open(now, "probe");
            return;
        }

        if (State == BreakerState.Closed)
        {
            _inRow++;
            Remember(now, isFailure: true);
            if (_inRow >= _terms.FailuresMax)
            {
                Open(now, "consecutive");
            }
            else
            {
                OpenOnRate(now);
            }
        }
    }

    /// <summary>Gives a probe back that ended without saying anything about the way it took.</summary>
    public void Withdraw() => _probesOut = Math.Max(0, _probesOut - 1);

    /// <summary>Opens it for the pause, whatever it was.</summary>
    public void Trip(long now, string by = "manual") => Open(now, by);

    public void Reset() => Close();

    /// <summary>Brings back what an earlier session left.</summary>
    public void Restore(BreakerState state, long untilNanos, long pauseNanos, string trippedBy)
    {
        (State, UntilNanos, PauseNanos, TrippedBy) = (state, untilNanos, Math.Clamp(pauseNanos, _terms.PauseNanos, _terms.PauseNanosMax), trippedBy);
        (_probesOut, _probesPassed) = (0, 0);
    }

    private bool HasRoom => _probesOut < Math.Min(_terms.ProbesAtOnce, _terms.Probes - _probesPassed);

    private void Wake(long now)
    {
        if (State == BreakerState.Open && now >= UntilNanos)
        {
            State = BreakerState.HalfOpen;
            (_probesOut, _probesPassed) = (0, 0);
        }
    }

    private void OpenOnRate(long now)
    {
        if (_window.Count >= _terms.SamplesMin && _windowFailures > _terms.ErrorRateMax * _window.Count)
        {
            Open(now, "error-rate");
        }
    }

    private void Open(long now, string by)
    {
        State = BreakerState.Open;
        UntilNanos = now + PauseNanos;
        TrippedBy = by;
        Clear();
    }

    private void Close()
    {
        State = BreakerState.Closed;
        UntilNanos = 0;
        PauseNanos = _terms.PauseNanos;
        Clear();
    }

    private void Clear()
    {
        _inRow = _windowFailures = _probesOut = _probesPassed = 0;
        _window.Clear();
    }

    private void Remember(long now, bool isFailure)
    {
        _window.Enqueue((now, isFailure));
        _windowFailures += isFailure ? 1 : 0;
        Forget(now);
    }

    private void Forget(long now)
    {
        while (_window.TryPeek(out var oldest) && oldest.Time <= now - _terms.WindowNanos)
        {
            _windowFailures -= _window.Dequeue().IsFailure ? 1 : 0;
        }
    }
}
