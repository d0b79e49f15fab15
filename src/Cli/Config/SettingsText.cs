using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Parallax.Cli.Config;

/// <summary>Changes values in the text of a settings file and nothing else of it: comments, order and everybody's way of writing stay.</summary>
internal static class SettingsText
{
    /// <summary>What a file says of a setting, under whatever spelling; null when it says nothing.</summary>
    public static ConfigEntry? Entry(ConfigFile file, string key) => file.Entries.Where(entry => KeyOf(entry.Levels) == key).Select(entry => (ConfigEntry?)entry).FirstOrDefault();

    /// <param name="values">By the catalog's keys, each with two levels.</param>
    /// <returns>Null when the text that came of it says anything else than it should: YAML can be written in more ways than are known here.</returns>
    public static string? With(ConfigFile file, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        try
        {
            var text = values.Aggregate(file.Text, (before, one) => WithOne(before, one.Key, one.Value));
            var wanted = Meaning(file);
            foreach (var (key, value) in values)
            {
                wanted[key] = value;
            }

            return Meaning(ConfigFile.Of(file.Path, text)).SequenceEqual(wanted) ? text : null;
        }
        catch (Exception wrong) when (wrong is UserErrorException or YamlException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static SortedDictionary<string, string> Meaning(ConfigFile file)
    {
        var meaning = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // A section with nothing in it says nothing.
        foreach (var entry in file.Entries.Where(entry => entry.Text.Length > 0 || KeyOf(entry.Levels) is not null))
        {
            meaning[KeyOf(entry.Levels) ?? entry.Key] = entry.Text;
        }

        return meaning;
    }

    private static string? KeyOf(IReadOnlyList<string> levels)
    {
        // A family's setting has a name in it, so that its key alone does not say which it is.
        var setting = SettingCatalog.Find(levels) ?? SettingCatalog.Find(string.Join('.', levels).Split('.'));
        return setting is { IsFamily: false } ? setting.Key : null;
    }

    private static string WithOne(string text, string key, string value)
    {
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var root = yaml.Documents.Count > 0 ? yaml.Documents[0].RootNode as YamlMappingNode : null;
        if (root is not null && Find(root, [], key) is { } found)
        {
            return Replaced(text, found, Written(value));
        }

        var (section, name) = (key[..key.IndexOf('.')], key[(key.IndexOf('.') + 1)..]);
        var line = $"{name}: {Written(value)}";
        var (title, inside) = root?.Children.FirstOrDefault(child => SettingName.Folded((child.Key as YamlScalarNode)?.Value ?? "") == SettingName.Folded(section)) ?? default;
        return inside switch
        {
            YamlMappingNode { Children.Count: > 0, Style: MappingStyle.Flow } flow => text.Insert(LastOf(flow), $", {line}"),
            YamlMappingNode { Children.Count: > 0 } block => text.Insert(EndOfLine(text, LastOf(block)), end + new string(' ', (int)block.Children.First().Key.Start.Column - 1) + line),
            YamlScalarNode { Value: null or "" } => text.Insert(EndOfLine(text, (int)title.End.Index), $"{end}  {line}"),
            null => $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : end)}{section}:{end}  {line}{end}",
            _ => text,
        };
    }

    private static YamlNode? Find(YamlMappingNode map, string[] prefix, string key)
    {
        foreach (var (name, child) in map.Children)
        {
            string[] levels = [.. prefix, (name as YamlScalarNode)?.Value ?? ""];
            var found = child is YamlMappingNode inner ? Find(inner, levels, key) : KeyOf(levels) == key ? child : null;
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static string Replaced(string text, YamlNode node, string value)
    {
        var (start, end) = ((int)node.Start.Index, LastOf(node));
        return string.Concat(text.AsSpan(0, start), start > 0 && text[start - 1] == ':' ? " " : "", value, text.AsSpan(end));
    }

    /// <summary>Where the last thing ends that is written of a node: a block's own end is the beginning of what follows it.</summary>
    private static int LastOf(YamlNode node) => node switch
    {
        YamlMappingNode { Children.Count: > 0, Style: not MappingStyle.Flow } map => LastOf(map.Children.Last().Value),
        YamlMappingNode { Children.Count: > 0 } flow => LastOf(flow.Children.Last().Value),
        YamlSequenceNode { Children.Count: > 0, Style: not SequenceStyle.Flow } list => LastOf(list.Children[^1]),
        _ => (int)node.End.Index,
    };

    private static int EndOfLine(string text, int from)
    {
        var at = text.IndexOf('\n', from);
        return at < 0 ? text.Length : at > from && text[at - 1] == '\r' ? at - 1 : at;
    }

    private static string Written(string value) => value.Contains(',', StringComparison.Ordinal) ? $"[{string.Join(", ", value.Split(',').Select(Word))}]" : Word(value);

    /// <summary>What could be read as anything but plain text by some reader of YAML is quoted.</summary>
    private static string Word(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') && value.Any(char.IsAsciiLetterOrDigit) ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
