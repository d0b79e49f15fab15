using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;

namespace Parallax.Trading.Engine.Live;

/// <summary>Journal and tape of a session: when they are flushed, and how they are closed. Engine thread only.</summary>
internal sealed class SessionFiles(SessionJournal journal, TapeWriter? tape)
{
    /// <summary>What nobody waits for reaches the files in idle moments, not more often than this.</summary>
    private const long FlushPauseNanos = 20 * UtcNanos.PerMillisecond;

    /// <summary>And under load, when there are no idle moments, not less often than this.</summary>
    private const long FlushNanosMax = 200 * UtcNanos.PerMillisecond;

    private long _lastFlush;
    private bool _hasUnflushed;

    public void Begin(long now) => _lastFlush = now;

    /// <summary>Something was written that nobody waits for.</summary>
    public void Touch() => _hasUnflushed = true;

    public void Flush(FlushPolicy policy)
    {
        journal.Flush(policy);
        tape?.Flush(policy);
        _hasUnflushed = false;
    }

    public void FlushWhenIdle(long now) => FlushAfter(FlushPauseNanos, now);

    public void FlushUnderLoad(long now) => FlushAfter(FlushNanosMax, now);

    /// <returns>The session's hash.</returns>
    public string Close()
    {
        journal.Close();
        tape?.Dispose();
        return journal.SessionHash;
    }

    /// <summary>Leaves the files whole, whatever happened.</summary>
    /// <returns>What happened, and what the files cannot take any more along with it.</returns>
    public string Abandon(string sentence)
    {
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
        if (_hasUnflushed && now - _lastFlush >= pause)
        {
            Flush(FlushPolicy.Os);
            _lastFlush = now;
        }
    }
}
