using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Parallax.Cli.Config;

/// <summary>A YAML file of settings, read key by key. Whatever is wrong is one sentence with file, line, key and what is allowed.</summary>
public sealed class ConfigFile
{
    private readonly string _path;
    private readonly Dictionary<string, (string Text, long Line)> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private ConfigFile(string path) => _path = path;

    /// <summary>A file without any setting: every default holds.</summary>
    public static ConfigFile None { get; } = new("");

    /// <exception cref="UserErrorException">The file is missing, no YAML, or nests something that is no setting.</exception>
    public static ConfigFile Read(string path)
    {
        var file = new ConfigFile(path);
        try
        {
            using var reader = new StreamReader(Options.InputFile.Existing(path));
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count > 0)
            {
                file.Flatten("", yaml.Documents[0].RootNode);
            }
        }
        catch (YamlException wrong)
        {
            throw new UserErrorException($"{path} line {wrong.Start.Line}: not valid YAML: {wrong.Message}", ExitCodes.Failed, wrong);
        }

        return file;
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public decimal Decimal(string key, decimal fallback, decimal min, decimal max, string unit) =>
        Value(key, fallback, $"a number from {min} to {max} ({unit})", text => Options.Parse.TryDecimal(text, out var value) && value >= min && value <= max ? value : null);

    public long Whole(string key, long fallback, long min, long max, string unit) =>
        Value(key, fallback, $"a whole number from {min} to {max} ({unit})", text => long.TryParse(text, out var value) && value >= min && value <= max ? value : null);

    public T OneOf<T>(string key, T fallback)
        where T : struct, Enum =>
        Value(
            key,
            fallback,
            $"one of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}",
            text => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) ? value : null);

    /// <summary>A text value; null when the key is absent.</summary>
    public string? Text(string key)
    {
        _read.Add(key);
        return _values.TryGetValue(key, out var found) ? found.Text : null;
    }

    /// <summary>The names directly below a key, in the file's order: <c>USD</c> and <c>USDT</c> of <c>capital.USD</c>, <c>capital.USDT</c>.</summary>
    public IEnumerable<string> Below(string key) =>
        _values.Keys.Where(name => name.StartsWith(key + ".", StringComparison.Ordinal)).Select(name => name[(key.Length + 1)..].Split('.')[0]).Distinct();

    /// <summary>Reports a value that is well formed but means nothing here.</summary>
    public UserErrorException Wrong(string key, string expected) =>
        new($"{_path} line {_values[key].Line}: {key} takes {expected}; found '{_values[key].Text}'.");

    /// <exception cref="UserErrorException">Names the first key that no setting reads: a spelling mistake must not become a default.</exception>
    public void RequireAllRead()
    {
        foreach (var (key, (_, line)) in _values)
        {
            if (!_read.Contains(key))
            {
                throw new UserErrorException($"{_path} line {line}: there is no setting '{key}'.");
            }
        }
    }

    private T Value<T>(string key, T fallback, string expected, Func<string, T?> parse)
        where T : struct
    {
        _read.Add(key);
        return !_values.TryGetValue(key, out var found) ? fallback : parse(found.Text) ?? throw Wrong(key, expected);
    }

    private void Flatten(string prefix, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (name, child) in map.Children)
                {
                    var key = (name as YamlScalarNode)?.Value
                        ?? throw new UserErrorException($"{_path} line {name.Start.Line}: a setting's name is plain text.", ExitCodes.Failed);
                    Flatten(prefix.Length == 0 ? key : $"{prefix}.{key}", child);
                }

                break;
            case YamlSequenceNode list when list.Children.All(item => item is YamlScalarNode):
                _values[prefix] = (string.Join(',', list.Children.Select(item => ((YamlScalarNode)item).Value)), list.Start.Line);
                break;
            case YamlScalarNode scalar when prefix.Length > 0:
                _values[prefix] = (scalar.Value ?? "", scalar.Start.Line);
                break;
            case YamlScalarNode { Value: null or "" }:
                break;
            default:
                throw new UserErrorException($"{_path} line {node.Start.Line}: expected settings of the form 'key: value'.");
        }
    }
}
