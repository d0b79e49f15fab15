using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Backtest;

/// <summary>Plays the tape of a session as it was recorded: timers, order events and commands are on it, so nothing is simulated.</summary>
/// <remarks>The engine decides as it did then and writes the same records; docs/decisions/0008. One thread.</remarks>
public sealed class RecordedReplay
{
    private const int RecordsPerLook = 1 << 15;

    private readonly Engine _engine;

    /// <param name="settings">Those of <see cref="TryReadSettings"/>.</param>
    /// <param name="journal">Takes every decision.</param>
    public RecordedReplay(EngineSettings settings, IRecordSink journal) => _engine = new Engine(settings, new OrdersOfThePast(), journal);

    public Engine Engine => _engine;

    /// <summary>Records of the tape that reached the engine.</summary>
    public long Records { get; private set; }

    /// <summary>The settings with which a session was recorded.</summary>
    /// <param name="cursor">At the start of a tape; a copy, so it stays there.</param>
    /// <returns>False when the tape is a recorded market and no session.</returns>
    /// <exception cref="MalformedRecordException">The settings are not readable: the tape is of another version.</exception>
    public static bool TryReadSettings(RecordCursor cursor, out EngineSettings? settings)
    {
        settings = null;
        if (!cursor.TryRead(out var record) || record.Header.Kind != InputKind.Settings)
        {
            return false;
        }

        try
        {
            settings = EngineSettings.FromCanonical(new PayloadReader(record.Payload).Text());
            return true;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new MalformedRecordException($"The session's settings cannot be read. {wrong.Message}", wrong);
        }
    }

    /// <summary>Plays everything from the cursor on, then ends the session.</summary>
    /// <param name="progress">Told the records played so far, every few milliseconds.</param>
    /// <param name="isCutOff">The session did not end in order: then its replay does not either.</param>
    /// <exception cref="DamagedFileException">The tape is damaged; what was played is in the journal.</exception>
    public void Run(RecordCursor cursor, IProgress<long>? progress, CancellationToken cancellation, bool isCutOff = false)
    {
        while (cursor.TryRead(out var record))
        {
            _engine.Handle(record);
            if (++Records % RecordsPerLook == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(Records);
            }
        }

        if (!isCutOff)
        {
            _engine.End();
        }

        progress?.Report(Records);
    }

    /// <summary>Orders were answered when they were recorded; the answers come from the tape.</summary>
    private sealed class OrdersOfThePast : IOrderGateway
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
