using Parallax.Trading.Decisions;

namespace Parallax.Trading.Engine;

/// <summary>What may change of the engine's settings while a session runs, line by line of their canonical text.</summary>
public static class EngineSettingsChanges
{
    /// <summary>Of the execution settings those that a plan takes with it when it is opened, or that are looked at anew each time.</summary>
    private static readonly string[] OfExecution =
    [
        "execution.continue-loss-bps", "execution.expected-value-bps", "execution.look-pause-ns", "execution.not-found-answers", "execution.not-found-ns",
        "execution.order-deadline-ns", "execution.orders-max", "execution.policy-choosing", "execution.query-pause-ns",
        "execution.residual-look-ns", "execution.residual-ns",
    ];

    /// <summary>Always written: an empty one is a list of nothing.</summary>
    private static readonly string[] Lists = ["limits.quiet-hours", "limits.stable-coins"];

    /// <summary>Whether a line may change while a session runs; anything else holds for a whole session.</summary>
    public static bool IsChangeable(string key) => key.StartsWith("limits.", StringComparison.Ordinal) || Array.IndexOf(OfExecution, key) >= 0;

    /// <summary>These settings with some lines changed; an empty value takes a line away, which is its usual value, or empties a list.</summary>
    /// <exception cref="ArgumentException">A line may not change, is unknown, or would be out of range.</exception>
    /// <exception cref="FormatException">A value is not what its line takes.</exception>
    public static EngineSettings Changed(this EngineSettings settings, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var lines = Lines(settings);
        foreach (var (key, value) in values)
        {
            if (!IsChangeable(key))
            {
                throw new ArgumentException($"The setting '{key}' does not change while a session runs.");
            }

            if (value.Length == 0 && !Lists.Contains(key))
            {
                lines.Remove(key);
            }
            else
            {
                lines[key] = value;
            }
        }

        var read = EngineSettings.FromCanonical(string.Join('\n', lines.Select(line => $"{line.Key}={line.Value}")));

        // A line that no reader knows belongs to the surroundings, and nothing else does.
        return read.Surroundings.Count == settings.Surroundings.Count
            ? settings with { Limits = read.Limits, Execution = read.Execution }
            : throw new ArgumentException($"There is no setting '{read.Surroundings.Keys.Except(settings.Surroundings.Keys).First()}'.");
    }

    /// <summary>The lines in which the other settings differ, by key; an empty text where a line is absent.</summary>
    public static ChangedSetting[] DifferencesTo(this EngineSettings settings, EngineSettings other)
    {
        var (before, after) = (Lines(settings), Lines(other));
        return
        [
            .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
                .Select(key => new ChangedSetting(key, before.GetValueOrDefault(key, ""), after.GetValueOrDefault(key, "")))
                .Where(line => line.Before != line.After),
        ];
    }

    private static SortedDictionary<string, string> Lines(EngineSettings settings)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in settings.Canonical().Split('\n'))
        {
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            lines.Add(line[..sign], line[(sign + 1)..]);
        }

        return lines;
    }
}
