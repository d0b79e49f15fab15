using System.Data.Common;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Storage.Projection;

/// <summary>Follows a journal into the tables of a store, for as long as a session lasts. Knows the engine only by its files.</summary>
/// <remarks>
/// Trouble (locked, full, slow, vanished, unreachable) pauses it and shows in <see cref="Health"/>; the journal keeps everything until it
/// goes on. Memory is bounded by one batch. See docs/concepts/store.md.
/// </remarks>
public sealed class JournalProjector(Store store, string journalFolder, TimeProvider time, ProjectorOptions? options = null)
{
    private readonly ProjectorOptions _options = options ?? ProjectorOptions.Default;
    private readonly Backoff _backoff = new(options ?? ProjectorOptions.Default);
    private volatile ProjectorHealth _health = ProjectorHealth.Unknown;
    private JournalPlace? _place;

    /// <summary>Readable from any thread, at any time.</summary>
    public ProjectorHealth Health => _health;

    /// <summary>Projects until canceled. No trouble of the database or the journal escapes; ends by returning.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.Run(() => FollowAsync(cancellation), CancellationToken.None);

    /// <summary>Projects what the journal holds now, and returns.</summary>
    /// <param name="progress">Told the sequence reached, after each batch.</param>
    /// <param name="last">No record beyond this sequence.</param>
    /// <returns>Records projected.</returns>
    /// <exception cref="StoreException">The store cannot be used as it is.</exception>
    /// <exception cref="RecordFileException">The journal is another one, damaged, or cannot be read.</exception>
    /// <exception cref="DbException">The database is not there, or not now.</exception>
    public long CatchUp(IProgress<long>? progress, CancellationToken cancellation, long last = long.MaxValue)
    {
        using var projection = new ProjectionRun(store, journalFolder);
        var all = 0L;
        while (projection.Step(_options.BatchRecordsMax, last) is > 0 and var taken)
        {
            all += taken;
            progress?.Report(projection.Sequence);
            cancellation.ThrowIfCancellationRequested();
        }

        _health = new(ProjectorState.Following, projection.Sequence, projection.Time, 0, 0, null, 0);
        return all;
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        using var lag = new JournalLag(journalFolder);
        ProjectionRun? projection = null;
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                TimeSpan pause;
                try
                {
                    projection ??= Begin();
                    pause = Step(projection, lag);
                }
                catch (Exception wrong)
                {
                    // Of whatever kind: tables that stand still and say why are better than a task that ended unseen.
                    Close(ref projection);
                    pause = Fail(wrong, lag);
                }

                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            Close(ref projection);
        }
    }

    private ProjectionRun Begin()
    {
        var projection = new ProjectionRun(store, journalFolder);
        _place = projection.Place;
        return projection;
    }

    private TimeSpan Step(ProjectionRun projection, JournalLag lag)
    {
        var taken = projection.Step(_options.BatchRecordsMax);
        _backoff.Reset();
        _place = projection.Place;
        // A batch that is not full ended where the journal ends for now.
        var isBehind = taken == _options.BatchRecordsMax;
        if (isBehind)
        {
            lag.Advance(_place);
        }
        else
        {
            lag.Forget();
        }

        _health = new(
            isBehind ? ProjectorState.CatchingUp : ProjectorState.Following,
            projection.Sequence, projection.Time, lag.Records(projection.Sequence), lag.Nanos(projection.Time), null, 0);
        return isBehind ? TimeSpan.Zero : _options.Poll;
    }

    private TimeSpan Fail(Exception wrong, JournalLag lag)
    {
        store.Database.Forget();
        var sentence = wrong is DbException database ? store.Database.Describe(database) : wrong.Message;
        var isFinal = wrong is StoreException or OtherJournalException or DamagedFileException;
        lag.Advance(_place);
        var pause = _backoff.Next();
        _health = _health with
        {
            State = isFinal ? ProjectorState.Refused : ProjectorState.Troubled,
            LagRecords = lag.Records(_health.Sequence),
            LagNanos = lag.Nanos(_health.Time),
            Error = sentence,
            Failures = _backoff.Failures,
        };
        return pause;
    }

    private static void Close(ref ProjectionRun? projection)
    {
        try
        {
            projection?.Dispose();
        }
        catch (DbException)
        {
            // The connection is lost already, which is why it is closed.
        }

        projection = null;
    }
}
