using System.Collections;

namespace Parallax.Cli.Config;

/// <summary>Settings in environment variables: <c>PARALLAX__LIMITS__MINEDGEBPS=3</c> is <c>limits.min-edge-bps</c>.</summary>
/// <remarks>Two underscores part the levels. One within a level means nothing, or the slash of a pair: <c>PARALLAX__FEES__PAIRS__BTC_USD__BPS</c>.</remarks>
internal static class EnvironmentSettings
{
    public const string Prefix = "PARALLAX__";

    public static IReadOnlyDictionary<string, string> OfProcess()
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }

    /// <summary>In the order of the names, so that two runs complain alike.</summary>
    public static IEnumerable<(string Variable, string[] Levels, string Text)> In(IReadOnlyDictionary<string, string> variables) =>
        from variable in variables
        where variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        orderby variable.Key
        select (variable.Key, Levels(variable.Key[Prefix.Length..]), variable.Value);

    private static string[] Levels(string name)
    {
        var levels = name.Split("__");

        // The pair's place is known: after fees and pairs.
        if (levels.Length == 4 && SettingName.Folded(levels[0]) == "fees" && SettingName.Folded(levels[1]) == "pairs")
        {
            levels[2] = levels[2].Replace('_', '/');
        }

        return levels;
    }
}
