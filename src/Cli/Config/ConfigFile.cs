using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Parallax.Cli.Config;

/// <summary>One setting as a file has it.</summary>
/// <param name="Levels">The key, level by level, as written.</param>
/// <param name="Text">A list is joined by commas.</param>
/// <param name="Line">From 1.</param>
public readonly record struct ConfigEntry(IReadOnlyList<string> Levels, string Text, long Line)
{
    public string Key => string.Join('.', Levels);
}

/// <summary>A YAML file of settings, as it stands; what the keys mean is <see cref="SettingSet"/>'s business.</summary>
public sealed class ConfigFile
{
    private const int LevelsMax = 8;

    /// <summary>Far beyond any real file: aliases of aliases can make gigabytes of a few lines.</summary>
    private const int EntriesMax = 10_000;

    private readonly List<ConfigEntry> _entries = [];

    private ConfigFile(string path, string text) => (Path, Text) = (path, text);

    /// <summary>A file without any setting: every default holds.</summary>
    public static ConfigFile None { get; } = new("", "");

    /// <summary>As the user named it; empty for <see cref="None"/>.</summary>
    public string Path { get; }

    /// <summary>As it stood when it was read; may hold secrets.</summary>
    internal string Text { get; }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<ConfigEntry> Entries => _entries;

    /// <exception cref="UserErrorException">The file is missing, no YAML, or nests something that is no setting.</exception>
    public static ConfigFile Read(string path)
    {
        using var reader = new StreamReader(Options.InputFile.Existing(path));
        return Of(path, reader.ReadToEnd());
    }

    /// <inheritdoc cref="Read"/>
    internal static ConfigFile Of(string path, string text)
    {
        var file = new ConfigFile(path, text);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count > 1)
            {
                throw new UserErrorException($"{path} line {yaml.Documents[1].RootNode.Start.Line}: one document is expected; found {yaml.Documents.Count}, separated by '---'.");
            }

            if (yaml.Documents.Count > 0)
            {
                file.Flatten([], yaml.Documents[0].RootNode);
            }
        }
        catch (YamlException wrong)
        {
            throw new UserErrorException($"{path} line {wrong.Start.Line}: not valid YAML: {wrong.Message}", ExitCodes.Failed, wrong);
        }
        catch (InvalidOperationException wrong)
        {
            // YamlDotNet's scanner loses its state over a bracket that a colon follows, and does not say where.
            throw new UserErrorException($"{path}: not valid YAML: probably a bracket or a quote that is not closed.", ExitCodes.Failed, wrong);
        }

        return file;
    }

    private void Flatten(string[] prefix, YamlNode node)
    {
        if (prefix.Length > LevelsMax || _entries.Count >= EntriesMax)
        {
            throw new UserErrorException($"{Path} line {node.Start.Line}: at most {LevelsMax} levels and {EntriesMax} settings are expected.");
        }

        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (name, child) in map.Children)
                {
                    var key = (name as YamlScalarNode)?.Value
                        ?? throw new UserErrorException($"{Path} line {name.Start.Line}: a setting's name is plain text.");

                    Flatten([.. prefix, key], child);
                }

                break;
            case YamlSequenceNode list when prefix.Length > 0 && list.Children.All(item => item is YamlScalarNode):
                _entries.Add(new ConfigEntry(prefix, string.Join(',', list.Children.Select(item => ((YamlScalarNode)item).Value)), list.Start.Line));
                break;
            case YamlScalarNode scalar when prefix.Length > 0:
                _entries.Add(new ConfigEntry(prefix, scalar.Value ?? "", scalar.Start.Line));
                break;
            case YamlScalarNode { Value: null or "" }:
                break;
            default:
                throw new UserErrorException($"{Path} line {node.Start.Line}: expected settings of the form 'key: value'.");
        }
    }
}
