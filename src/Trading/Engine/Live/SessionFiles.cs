using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Engine.Live;

/// <summary>Journal and tape of a session: when they are flushed, what is done while their disk is full, and how they are closed. Engine thread only.</summary>
/// <remarks>
/// On a full disk nothing counts as flushed, and what the engine is told and decides is kept in memory up to a bound. Flushes are tried again with a growing
/// pause until everything is written and the spare stands again (docs/decisions/0010).
/// </remarks>
public sealed class SessionFiles(SessionJournal journal, TapeWriter? tape)
{
    /// <summary>What nobody waits for reaches the files in idle moments, not more often than this.</summary>
    private const long FlushPauseNanos = 20 * UtcNanos.PerMillisecond;

    /// <summary>And under load, when there are no idle moments, not less often than this.</summary>
    private const long FlushNanosMax = 200 * UtcNanos.PerMillisecond;

    private const long RetryNanosMin = 100 * UtcNanos.PerMillisecond, RetryNanosMax = 10 * UtcNanos.PerSecond;

    private readonly DiskRoom? _room = journal.Room;
    private long _lastFlush;
    private bool _hasUnflushed;
    private bool _isOut;
    private bool _isToldFull;
    private long _retryPause = RetryNanosMin;
    private long _lastRetry;

    /// <summary>When a full disk is tried next, UTC nanoseconds; <see cref="long.MaxValue"/> while it is none.</summary>
    public long NextTime => IsFull ? _lastRetry + _retryPause : long.MaxValue;

    private bool IsFull => _room is { IsFull: true };

    public void Begin(long now)
    {
        _lastFlush = _lastRetry = now;
        _room?.TryStand();
    }

    /// <summary>Something was written that nobody waits for.</summary>
    public void Touch() => _hasUnflushed = true;

    /// <returns>False when the disk is full: nothing of what waits counts as flushed.</returns>
    public bool TryFlush(FlushPolicy policy)
    {
        var isFlushed = journal.TryFlush(policy) & TryFlushTape(policy);
        (_hasUnflushed, _isOut) = (!isFlushed, !isFlushed);
        return isFlushed;
    }

    public void FlushWhenIdle(long now) => FlushAfter(FlushPauseNanos, now);

    public void FlushUnderLoad(long now) => FlushAfter(FlushNanosMax, now);

    /// <summary>While the disk is full, tries again when that is due.</summary>
    public void Look(long now)
    {
        if (now < NextTime)
        {
            return;
        }

        // A disk that fills up again at once is not asked as often as before.
        _retryPause = now - _lastRetry > 2 * RetryNanosMax ? RetryNanosMin : Math.Min(2 * _retryPause, RetryNanosMax);
        _lastRetry = now;
        if (TryFlush(FlushPolicy.Os))
        {
            _room!.TryStand();
        }
    }

    /// <summary>What the engine is to be told of the disk.</summary>
    /// <returns>False when that is no news.</returns>
    public bool TryTakeNews(out StorageReport report)
    {
        report = default;
        if (IsFull == _isToldFull)
        {
            return false;
        }

        _isToldFull = IsFull;
        Touch();
        report = StorageReport.Of(_isToldFull, _room!.FreeBytes, _room.Folder);
        return true;
    }

    /// <returns>The session's hash.</returns>
    public string Close()
    {
        _room?.End();
        journal.Close();
        tape?.Dispose();
        return journal.SessionHash;
    }

    /// <summary>Leaves the files whole, whatever happened.</summary>
    /// <returns>What happened, and what the files cannot take any more along with it.</returns>
    public string Abandon(string sentence)
    {
        _room?.End();
        foreach (var file in new IDisposable?[] { journal, tape })
        {
            try
            {
                file?.Dispose();
            }
            catch (UnwritableFileException full)
            {
                sentence = sentence == full.Message ? sentence : $"{sentence} {full.Message}";
            }
        }

        return sentence;
    }

    private void FlushAfter(long pause, long now)
    {
        // The room that the spare gave back is used like any other; once that is out, only Look tries again.
        if (_hasUnflushed && !_isOut && now - _lastFlush >= pause)
        {
            TryFlush(FlushPolicy.Os);
            _lastFlush = now;
        }
    }

    private bool TryFlushTape(FlushPolicy policy)
    {
        if (tape is not null && _room is not null)
        {
            return _room.TryFlush(tape, policy);
        }

        tape?.Flush(policy);
        return true;
    }
}
