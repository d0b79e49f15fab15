using Parallax.Domain;

namespace Parallax.Cli.Config;

/// <summary>How keys are compared: <c>limits.min-edge-bps</c>, <c>limits.minEdgeBps</c> and <c>LIMITS__MIN_EDGE_BPS</c> are one key.</summary>
internal static class SettingName
{
    public const string AssetPlaceholder = "ASSET";

    public const string PairPlaceholder = "PAIR";

    public static bool IsPlaceholder(string level) => level is AssetPlaceholder or PairPlaceholder;

    /// <summary>Without case, dashes and underscores.</summary>
    public static string Folded(string level) => level.Replace("-", "").Replace("_", "").ToLowerInvariant();

    /// <summary>Whether a key as it was written is the declared one. Names that users choose are taken as they are.</summary>
    public static bool Matches(string declared, IReadOnlyList<string> written)
    {
        var levels = declared.Split('.');
        return levels.Length == written.Count && StartsWith(levels, written);
    }

    /// <summary>Whether a key as it was written is a section that the declared one stands in.</summary>
    public static bool IsSectionOf(string declared, IReadOnlyList<string> written)
    {
        var levels = declared.Split('.');
        return written.Count < levels.Length && StartsWith(levels, written);
    }

    /// <returns>What is wrong with a name that a user chose; null when nothing is.</returns>
    public static string? FaultIn(string declared, IReadOnlyList<string> written)
    {
        var levels = declared.Split('.');
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] == AssetPlaceholder && !Asset.IsCode(written[i]))
            {
                return $"'{written[i]}' is no asset code, such as USD";
            }

            if (levels[i] == PairPlaceholder && !IsPair(written[i]))
            {
                return $"'{written[i]}' is no pair, such as BTC/USD";
            }
        }

        return null;
    }

    /// <summary>The name that a user chose, of a key that has one.</summary>
    public static string NameIn(string declared, IReadOnlyList<string> written)
    {
        var levels = declared.Split('.');
        return written[Array.FindIndex(levels, IsPlaceholder)];
    }

    public static bool IsPair(string text) => text.Split('/') is [var first, var second] && Asset.IsCode(first) && Asset.IsCode(second);

    /// <summary>Single letters that differ between two keys: inserted, left out or changed.</summary>
    public static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }

    private static bool StartsWith(string[] levels, IReadOnlyList<string> written)
    {
        for (var i = 0; i < written.Count; i++)
        {
            if (IsPlaceholder(levels[i]) ? written[i].Length == 0 : Folded(levels[i]) != Folded(written[i]))
            {
                return false;
            }
        }

        return true;
    }
}
