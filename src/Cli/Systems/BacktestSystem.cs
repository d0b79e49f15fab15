using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;
using Parallax.Reporting.Backtests;
using Parallax.Simulation.Backtest;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Venue;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Systems;

/// <summary>The wiring of a backtest, top to bottom: tape → engine → simulated venue → engine, decisions into the journal.</summary>
public static class BacktestSystem
{
    /// <param name="time">Only for the report's own speed; no decision sees it.</param>
    public static BacktestReport Run(
        BacktestSettings settings, string tapePath, string? journalFolder, TimeProvider time, IProgress<BacktestProgress>? progress, CancellationToken cancellation)
    {
        using var tape = TapeFile.Open(tapePath);
        var survey = Survey(tape, cancellation);
        var notes = Notes(settings.Engine, survey.Instruments);
        using var journal = NewJournal(journalFolder);
        var venue = new SimulatedVenue(
            survey.Instruments,
            new FeeModel(survey.Instruments.Select(settings.Engine.Fees.For)),
            settings.Latency(),
            new SeededOrderFaults(settings.Faults, settings.Seed),
            settings.Venue,
            settings.Seed,
            survey.Clock);
        var engine = new Engine(settings.Engine, venue, journal);
        var replay = new Replay(engine, venue, survey.Clock);

        var started = time.GetTimestamp();
        replay.Run(tape.Cursor(), new ProgressOf(survey.Records, progress), cancellation);
        var elapsed = time.GetElapsedTime(started);
        journal.Close();
        return Report(engine, settings.Engine, tape, survey, elapsed, journal, journalFolder, settings.NearestMisses, cancellation) with { Notes = notes };
    }

    /// <summary>The settings of a recorded session; null when the tape is a recorded market.</summary>
    /// <exception cref="Parallax.Journal.Framing.MalformedRecordException">The tape is a session's, of another version.</exception>
    public static EngineSettings? SettingsOn(string tapePath)
    {
        using var tape = TapeFile.Open(tapePath);
        return RecordedReplay.TryReadSettings(tape.Cursor(), out var settings) ? settings : null;
    }

    /// <summary>Plays a session as it was recorded: the wiring without a venue. The journal is the session's own, to the byte.</summary>
    /// <param name="settings">Those of <see cref="SettingsOn"/>.</param>
    /// <param name="time">As in <see cref="Run"/>.</param>
    public static BacktestReport RunRecorded(
        EngineSettings settings, string tapePath, string? journalFolder, TimeProvider time, IProgress<BacktestProgress>? progress, CancellationToken cancellation)
    {
        using var tape = TapeFile.Open(tapePath);
        var survey = Survey(tape, cancellation);
        using var journal = NewJournal(journalFolder);
        var replay = new RecordedReplay(settings, journal);

        var started = time.GetTimestamp();
        replay.Run(tape.Cursor(), new ProgressOf(survey.Records, progress), cancellation);
        var elapsed = time.GetElapsedTime(started);
        journal.Close();
        return Report(replay.Engine, settings, tape, survey, elapsed, journal, journalFolder, BacktestSettings.NearestMissesShown, cancellation) with { IsAsRecorded = true };
    }

    private static JournalWriter NewJournal(string? folder)
    {
        if (folder is not null && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new UserErrorException($"'{folder}' is not empty. A backtest writes its own journal: name a new folder.", ExitCodes.RefusedForSafety);
        }

        return folder is null ? JournalWriter.HashOnly() : JournalWriter.Create(folder);
    }

    private static BacktestReport Report(
        Engine engine,
        EngineSettings settings,
        TapeFile tape,
        TapeSurvey survey,
        TimeSpan elapsed,
        JournalWriter journal,
        string? journalFolder,
        int nearestMisses,
        CancellationToken cancellation)
    {
        var accounts = new AccountSummary(engine, settings);
        return new BacktestReport
        {
            Tape = tape.Path,
            Records = survey.Records,
            Elapsed = elapsed,
            Span = TimeSpan.FromTicks(Math.Max(0, survey.LastTime - survey.FirstTime) / 100),
            Instruments = survey.Instruments.Count,
            Cycles = engine.CycleCount,
            Opportunities = engine.Totals.Opportunities,
            Refused = engine.Totals.Refused,
            Plans = Enum.GetValues<PlanOutcome>().ToDictionary(outcome => outcome, engine.Executor.Totals.Count),
            Fills = engine.Executor.Totals.Fills,
            BooksInvalidated = engine.Totals.BooksInvalidated,
            ReportingAsset = settings.ReportingAsset,
            Balances = accounts.Balances,
            Pnl = accounts.Realised,
            Inventory = accounts.Inventory,
            NearestMisses =
            [
                .. NearestMisses.Find(tape.Cursor(), survey.Instruments, settings, nearestMisses, cancellation)
                    .Select(miss => new NearMissRow(miss.Cycle, miss.GrossBps, miss.NetBps, miss.Time)),
            ],
            Journal = journalFolder,
            JournalHash = journal.ChainHash,
            HaltReason = engine.Executor.HaltReason,
            TornTail = tape.TornTail?.ToString(),
            Notes = [],
        };
    }

    /// <summary>Settings that mean nothing on this tape: a session that could do nothing at all is refused, the rest is said.</summary>
    /// <exception cref="UserErrorException">There is no instrument, or none trades a start asset.</exception>
    private static List<string> Notes(EngineSettings settings, List<Instrument> instruments)
    {
        if (instruments.Count == 0)
        {
            throw new UserErrorException("The tape defines no instrument: there is nothing to trade.");
        }

        var traded = instruments.SelectMany(instrument => new[] { instrument.Base, instrument.Quote }).ToHashSet();
        if (!settings.StartAssets.Any(traded.Contains))
        {
            throw new UserErrorException(
                $"No market on the tape trades {string.Join(" or ", settings.StartAssets)}, so no plan can begin; it trades {Some(traded.Order())}.", ExitCodes.WrongUsage);
        }

        var pairs = instruments.Select(instrument => instrument.Id.Pair).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. settings.StartAssets.Where(asset => !traded.Contains(asset)).Select(asset => $"No market on the tape trades the start asset {asset}."),
            .. settings.Capital.Keys.Where(asset => !traded.Contains(asset) && !settings.StartAssets.Contains(asset)).Select(asset => $"No market on the tape trades {asset}; its capital rests."),
            .. settings.Fees.ByPair.Keys.Where(pair => !pairs.Contains(pair)).Select(pair => $"No market on the tape is {pair}; the fee set for it applies to none."),
        ];
    }

    private static string Some(IEnumerable<Asset> assets)
    {
        const int Shown = 12;
        var all = assets.ToList();
        return string.Join(", ", all.Take(Shown)) + (all.Count > Shown ? $" and {all.Count - Shown} more" : "");
    }

    /// <summary>One pass over the headers: the instruments, the length, and how the venue's clock stands to ours.</summary>
    private static TapeSurvey Survey(TapeFile tape, CancellationToken cancellation)
    {
        var survey = new TapeSurvey();
        var cursor = tape.Cursor();
        while (cursor.TryPeek(out var header))
        {
            survey.Records++;
            if (header.Kind == MarketRecordKind.Instrument)
            {
                if (cursor.TryRead(out var record) && header.Subject == survey.Instruments.Count)
                {
                    survey.Instruments.Add(InstrumentRecord.Read(record.Payload));
                }
            }
            else
            {
                survey.Clock.Observe(header);
                survey.FirstTime = Math.Min(survey.FirstTime, header.ReceivedTime);
                survey.LastTime = header.ReceivedTime;
                cursor.Skip();
                if ((survey.Records & 0xFFFF) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }

        return survey;
    }

    private sealed class TapeSurvey
    {
        public List<Instrument> Instruments { get; } = [];

        public VenueClock Clock { get; } = new();

        public long Records { get; set; }

        public long FirstTime { get; set; } = long.MaxValue;

        public long LastTime { get; set; }
    }
}

public readonly record struct BacktestProgress(long Records, long Total);

/// <summary>What a replay says of itself, with the length it knows nothing of.</summary>
internal sealed class ProgressOf(long total, IProgress<BacktestProgress>? progress) : IProgress<long>
{
    public void Report(long value) => progress?.Report(new BacktestProgress(value, total));
}
