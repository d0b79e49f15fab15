using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Tests;

/// <summary>Settings that are changed against their version; a limit takes 0 to 10.</summary>
internal sealed class StandingSettings : ITunedSession
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["execution.policy"] = "sequential",
        ["limits.daily-loss"] = "100",
        ["limits.min-edge-bps"] = "5",
        ["limits.open-plans"] = "4",
        ["limits.venue-exposure"] = "10000",
    };

    private readonly List<SettingsChangeView> _changes = [];
    private long _version = 1;

    public List<string> Asked { get; } = [];

    public bool IsFileChanged { get; set; }

    public Task<SessionSettings> ReadAsync(CancellationToken cancellation) => Task.FromResult(new SessionSettings(
        _version, [.. _values.Select(one => View(one.Key, one.Value))], [.. _changes.AsEnumerable().Reverse()], "parallax.yaml"));

    public Task<SettingsAnswer> ChangeAsync(long version, IReadOnlyDictionary<string, string> values, string reason, string who, CancellationToken cancellation)
    {
        Asked.Add($"{string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))} by {who}: {reason}");
        if (version != _version)
        {
            return Task.FromResult(new SettingsAnswer(
                SettingsOutcome.Stale, $"The settings are at version {_version}, not {version}; since then: limits.open-plans 4 → 2.", _version, [.. _changes.SelectMany(change => change.Differences)]));
        }

        if (values.FirstOrDefault(value => value.Value == "wrong") is { Key: { } key })
        {
            return Task.FromResult(new SettingsAnswer(SettingsOutcome.Wrong, $"{key} takes a number from 0 to 10; found 'wrong'.", _version, []));
        }

        var differences = values.Select(value => new SettingDifference(value.Key, _values[value.Key], value.Value)).ToList();
        foreach (var (changed, value) in values)
        {
            _values[changed] = value;
        }

        _changes.Add(new SettingsChangeView(++_version, 1_700_000_000_000_000_000, who, reason, differences));
        return Task.FromResult(new SettingsAnswer(SettingsOutcome.Done, $"Version {_version}: {string.Join(", ", differences)}.", _version, differences));
    }

    public async Task<SettingsAnswer> KeepAsync(long version, IReadOnlyDictionary<string, string> values, string reason, string who, CancellationToken cancellation)
    {
        var answer = await ChangeAsync(version, values, reason, who, cancellation);
        return answer.Outcome != SettingsOutcome.Done ? answer
            : IsFileChanged ? answer with { Outcome = SettingsOutcome.NotKept, Sentence = $"{answer.Sentence} It holds until the session ends and was not written." }
            : answer with { Sentence = $"{answer.Sentence} It stands in parallax.yaml." };
    }

    public Task<IReadOnlyDictionary<string, string>?> ValuesOfAsync(long to, CancellationToken cancellation) => Task.FromResult<IReadOnlyDictionary<string, string>?>(
        to >= 1 && to < _version ? _changes.Where(change => change.Version > to).Reverse().SelectMany(change => change.Differences).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Last().Before) : null);

    private static SettingView View(string key, string value) => key == "execution.policy"
        ? new SettingView(key, value, "", "plan", "sequential, expected-value", ["sequential", "expected-value"], "How a plan's legs are sent.")
        : new SettingView(key, value, "bps", key.Contains("venue") ? "venue" : key.Contains("daily") ? "account" : "plan", "0 to 10", [], "Least profit after fees and rounding, of what is spent.");
}
