using Parallax.Cli.Systems;
using Parallax.Journal.Framing;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Config;

/// <summary>Changes settings of a running session, by the rules that hold for parallax.yaml: everything is judged together, and all of it is taken or nothing.</summary>
/// <remarks>The engine is told what changes as one record with the version it was made for, and keeps a change out that came too late.</remarks>
/// <param name="file">Where a change that is to last is written; null for nowhere.</param>
public sealed class SettingsDesk(LiveSession session, SettingsFile? file = null) : ITunedSession
{
    private const int ChangesMax = 256;
    private const string OfPlans = "open plans keep what they began with.";

    private readonly LinkedList<SettingsChangeView> _changes = [];

    public async Task<SessionSettings> ReadAsync(CancellationToken cancellation)
    {
        var (settings, version) = await NowAsync();
        lock (_changes)
        {
            return new SessionSettings(version, [.. TunableSettings.All.Select(one => View(one, settings))], [.. _changes], file?.Path);
        }
    }

    public async Task<SettingsAnswer> ChangeAsync(long version, IReadOnlyDictionary<string, string> values, string reason, string who, CancellationToken cancellation)
    {
        var answer = await TakeAsync(version, values, reason, who, cancellation);
        return IsChange(answer) ? answer with { Sentence = $"{answer.Sentence} It holds from the next decision on, until the session ends; {OfPlans}" } : answer;
    }

    public async Task<SettingsAnswer> KeepAsync(long version, IReadOnlyDictionary<string, string> values, string reason, string who, CancellationToken cancellation)
    {
        var answer = await TakeAsync(version, values, reason, who, cancellation);
        if (answer.Outcome != SettingsOutcome.Done)
        {
            return answer;
        }

        var (now, _) = await NowAsync();
        var texts = TunableSettings.Values(now);
        var wanted = values.Keys.Select(key => SettingCatalog.Find(key.Split('.'))!.Key).Select(key => KeyValuePair.Create(key, texts[key])).ToList();
        IReadOnlyList<ChangedSetting> written = [.. wanted.Select(one => new ChangedSetting(one.Key, "", one.Value))];
        var why = file is null ? "this session has no settings file" : file.TryWrite(wanted, out written);
        var note = new SettingsWritten(answer.Version, why is null, file?.Path ?? "", why ?? "", new OperatorCommand(reason, who), written);
        await session.TellAsync(SettingsWritten.RecordKind, note.Write(new PayloadWriter()).ToArray(), "", cancellation);
        return why is null
            ? answer with { Sentence = $"{answer.Sentence} It stands in {file!.Path} for later sessions too; {OfPlans}{file.WhatWins(wanted)}" }
            : answer with { Outcome = SettingsOutcome.NotKept, Sentence = $"{answer.Sentence} It holds until the session ends and was not written: {why}." };
    }

    public async Task<IReadOnlyDictionary<string, string>?> ValuesOfAsync(long to, CancellationToken cancellation)
    {
        var (_, version) = await NowAsync();
        lock (_changes)
        {
            var since = _changes.Where(change => change.Version > to).ToList();
            return to < 1 || to >= version || since.Count != version - to
                ? null
                : since.AsEnumerable().Reverse().SelectMany(change => change.Differences).GroupBy(one => one.Key, StringComparer.Ordinal)
                    .ToDictionary(one => one.Key, one => one.First().Before, StringComparer.Ordinal);
        }
    }

    private static bool IsChange(SettingsAnswer answer) => answer is { Outcome: SettingsOutcome.Done, Differences.Count: > 0 };

    private async Task<SettingsAnswer> TakeAsync(long version, IReadOnlyDictionary<string, string> values, string reason, string who, CancellationToken cancellation)
    {
        try
        {
            return await TryChangeAsync(version, values, new OperatorCommand(reason, who), cancellation);
        }
        catch (InvalidOperationException over)
        {
            return new SettingsAnswer(SettingsOutcome.Over, over.Message, version, []);
        }
    }

    private async Task<SettingsAnswer> TryChangeAsync(long version, IReadOnlyDictionary<string, string> values, OperatorCommand command, CancellationToken cancellation)
    {
        var (before, current) = await NowAsync();
        if (version != current)
        {
            return Stale(version, current);
        }

        EngineSettings wanted;
        try
        {
            wanted = Wanted(before, values);
        }
        catch (UserErrorException wrong)
        {
            return new SettingsAnswer(SettingsOutcome.Wrong, wrong.Message, current, []);
        }

        var lines = before.DifferencesTo(wanted);
        if (lines.Length == 0)
        {
            return new SettingsAnswer(SettingsOutcome.Done, "Nothing is changed: every value is what it was.", current, []);
        }

        var told = await session.TellAsync(SettingsChange.RecordKind, Payload(new SettingsChange(version, Values(lines), command)), "", cancellation);
        if (!told.IsDone)
        {
            return new SettingsAnswer(SettingsOutcome.Over, told.Sentence, current, []);
        }

        var (after, taken) = await NowAsync();
        if (taken == version || after.Canonical() != wanted.Canonical())
        {
            // Another operator's change of the same version came first, or the engine found what the catalog did not.
            return taken == version ? new SettingsAnswer(SettingsOutcome.Wrong, "The engine did not take it; the journal says why.", taken, []) : Stale(version, taken);
        }

        var differences = Differences(before, after);
        lock (_changes)
        {
            // Two that wanted the very same at one moment are one change.
            if (_changes.First?.Value.Version == taken)
            {
                return Done(taken, differences);
            }

            _changes.AddFirst(new SettingsChangeView(taken, session.Clock.NowNanos, command.Who, command.Reason, differences));
            if (_changes.Count > ChangesMax)
            {
                _changes.RemoveLast();
            }
        }

        return Done(taken, differences);
    }

    private static SettingsAnswer Done(long version, List<SettingDifference> differences) => new(
        SettingsOutcome.Done,
        $"Version {version}: {string.Join(", ", differences)}.",
        version,
        differences);

    /// <exception cref="UserErrorException">Names every mistake: key, what it takes, what was found.</exception>
    private static EngineSettings Wanted(EngineSettings now, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            throw new UserErrorException("A change names a setting at least: limits.min-edge-bps=4.");
        }

        var set = SettingSet.Read(new SettingSources
        {
            Mode = "the running session",
            ModeDefaults = TunableSettings.Values(now),
            CommandLine = [.. values.Select(value => ("", value.Key, value.Value))],
        });
        ParallaxSettings.CheckTogether(set);
        set.RequireSound();
        var tunable = TunableSettings.All.Select(one => one.Setting).ToHashSet();
        var fixedKeys = set.All().Where(value => value.Origin.Kind == OriginKind.CommandLine && !tunable.Contains(value.Setting)).Select(value => value.Key).ToList();
        return fixedKeys.Count > 0
            ? throw new UserErrorException($"{string.Join(", ", fixedKeys)} needs a restart: set it in {SettingSources.FileName}, then start the session again.")
            : now with { Limits = EngineSettingsReader.Limits(set, now.Limits), Execution = EngineSettingsReader.Execution(set, now.Execution) };
    }

    private SettingsAnswer Stale(long version, long current)
    {
        lock (_changes)
        {
            // The oldest value before and the newest after, a line each.
            var since = _changes.Where(change => change.Version > version).Reverse().SelectMany(change => change.Differences).GroupBy(one => one.Key)
                .Select(one => new SettingDifference(one.Key, one.First().Before, one.Last().After)).Where(one => one.Before != one.After).ToList();
            return new SettingsAnswer(
                SettingsOutcome.Stale,
                $"The settings are at version {current}, not {version}{(since.Count > 0 ? $"; since then: {string.Join(", ", since)}" : "")}. Look again, then decide.",
                current,
                since);
        }
    }

    private static List<SettingDifference> Differences(EngineSettings before, EngineSettings after)
    {
        var (was, isNow) = (TunableSettings.Values(before), TunableSettings.Values(after));
        return [.. TunableSettings.All.Select(one => one.Setting.Key).Where(key => was[key] != isNow[key]).Select(key => new SettingDifference(key, was[key], isNow[key]))];
    }

    private async Task<(EngineSettings Settings, long Version)> NowAsync() => await session.AskAsync(engine => (engine.Settings, engine.SettingsVersion));

    private static SettingView View(TunableSettings.Tunable one, EngineSettings settings) => new(
        one.Setting.Key, one.Read(settings), one.Setting.Unit, one.Owner, one.Setting.Allowed,
        one.Setting.Type == "choice" ? one.Setting.Allowed.Split(", ") : [], one.Setting.Summary);

    private static KeyValuePair<string, string>[] Values(ChangedSetting[] lines) => [.. lines.Select(line => KeyValuePair.Create(line.Key, line.After))];

    private static byte[] Payload(SettingsChange change) => change.Write(new PayloadWriter()).ToArray();
}
