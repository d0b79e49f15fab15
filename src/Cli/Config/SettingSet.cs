namespace Parallax.Cli.Config;

/// <summary>Every value that somebody set, each checked, and every mistake that was made in setting them.</summary>
public sealed class SettingSet
{
    private readonly OrderedDictionary<string, SettingValue> _values = new(StringComparer.Ordinal);
    private readonly List<string> _mistakes = [];
    private readonly List<string> _notes = [];

    private SettingSet()
    {
    }

    /// <summary>One sentence each. While there is one, no value here is to be trusted.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>What works and should be mended all the same; one sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public static SettingSet Read(SettingSources sources)
    {
        var set = new SettingSet();
        foreach (var (key, text) in sources.ModeDefaults)
        {
            set.Add(key.Split('.'), text, new SettingOrigin(OriginKind.Mode, sources.Mode ?? "this mode"), "");
        }

        var folder = Path.GetDirectoryName(sources.File.Path) ?? "";
        foreach (var entry in sources.File.Entries)
        {
            set.Add(entry.Levels, entry.Text, new SettingOrigin(OriginKind.File, sources.File.Path, entry.Line), folder);
        }

        foreach (var (variable, levels, text) in EnvironmentSettings.In(sources.Environment))
        {
            set.Add(levels, text, new SettingOrigin(OriginKind.Environment, variable), "");
        }

        foreach (var (option, key, text) in sources.CommandLine)
        {
            set.Add(key.Split('.'), text, new SettingOrigin(OriginKind.CommandLine, option), "");
        }

        set.AddProfile();
        return set;
    }

    public bool Has(Setting setting) => _values.ContainsKey(setting.Key);

    public T Get<T>(Setting<T> setting) => Get(setting, setting.Default);

    /// <param name="fallback">What holds when nobody set it, where that is not the catalog's default.</param>
    public T Get<T>(Setting<T> setting, T fallback) => _values.TryGetValue(setting.Key, out var set) && setting.Reader(set.Text, out var value) ? value : fallback;

    /// <summary>The values of a key that has a name in it, by that name, in the order in which they were set.</summary>
    public IEnumerable<(string Name, T Value)> Each<T>(Setting<T> setting) =>
        from set in _values.Values
        where set.Setting == setting
        select (SettingName.NameIn(setting.Key, Parts(setting, set.Key)), setting.Reader(set.Text, out var value) ? value : setting.Default);

    /// <summary>All settings with their values, set or not, in the catalog's order.</summary>
    public IEnumerable<SettingValue> All() =>
        from setting in SettingCatalog.All
        from value in setting.IsFamily ? _values.Values.Where(set => set.Setting == setting)
            : _values.TryGetValue(setting.Key, out var set) ? [set]
            : [new SettingValue(setting, setting.Key, "", SettingOrigin.Default)]
        select value;

    /// <summary>Adds a mistake that only several values together make.</summary>
    /// <param name="setting">The one to change; nothing is said when nobody set it.</param>
    /// <param name="takes">The end of the sentence.</param>
    public void Contradict(Setting setting, string takes)
    {
        if (_values.TryGetValue(setting.Key, out var set))
        {
            _mistakes.Add(Mistake(set, takes));
        }
    }

    public void Note(string sentence) => _notes.Add(sentence);

    /// <exception cref="UserErrorException">Lists every mistake.</exception>
    public void RequireSound()
    {
        if (_mistakes.Count > 0)
        {
            throw new UserErrorException(_mistakes is [var one]
                ? one
                : $"the configuration has {_mistakes.Count} mistakes:{string.Concat(_mistakes.Select(mistake => $"\n  {mistake}"))}");
        }
    }

    private static string Mistake(SettingValue set, string takes) =>
        $"{At(set.Origin)}{set.Key} takes {takes}; {(set.Setting.Secrecy == Secrecy.Whole ? "what was found is not shown" : $"found '{set.Shown}'")}.";

    /// <summary>Where it was set, to begin a sentence with; nothing for a change of a running session, which is its own place.</summary>
    private static string At(SettingOrigin origin) => origin.Place.Length == 0 ? "" : $"{origin.Sentence}: ";

    private static string[] Parts(Setting setting, string key)
    {
        // The chosen name may have dots in it; what stands before and after it has as many levels as declared.
        var declared = setting.Key.Split('.');
        var at = Array.FindIndex(declared, SettingName.IsPlaceholder);
        var parts = key.Split('.');
        var after = declared.Length - at - 1;
        return [.. parts[..at], string.Join('.', parts[at..^after]), .. parts[^after..]];
    }

    /// <summary>A profile wins over the defaults, and over a mode's own where somebody chose it; never over a limit that somebody set.</summary>
    private void AddProfile()
    {
        if (!_values.TryGetValue(SettingCatalog.RiskProfile.Key, out var chosen) || !SettingCatalog.RiskProfile.Reader(chosen.Text, out var profile))
        {
            return;
        }

        var origin = new SettingOrigin(OriginKind.Mode, $"profile {chosen.Text.ToLowerInvariant()}");
        foreach (var (key, text) in RiskProfiles.Values(profile))
        {
            if (!_values.TryGetValue(key, out var before) || (before.Origin.Kind == OriginKind.Mode && chosen.Origin.Kind != OriginKind.Mode))
            {
                _values[key] = new SettingValue(SettingCatalog.Find(key.Split('.'))!, key, text, origin);
            }
        }
    }

    private void Add(IReadOnlyList<string> written, string text, SettingOrigin origin, string folder)
    {
        // "http.port: 9090" on one line is the same as two lines.
        if (SettingCatalog.Find(written) is not { } setting)
        {
            var key = string.Join('.', written);
            written = key.Split('.');
            if (SettingCatalog.Find(written) is not { } found)
            {
                // A section whose settings are all commented out is no mistake.
                if (text.Length > 0 || !SettingCatalog.All.Any(one => SettingName.IsSectionOf(one.Key, written)))
                {
                    _mistakes.Add($"{At(origin)}there is no setting '{key}'{SettingCatalog.Hint(written)}.");
                }

                return;
            }

            setting = found;
        }

        if (SettingName.FaultIn(setting.Key, written) is { } fault)
        {
            _mistakes.Add($"{At(origin)}{string.Join('.', written)}: {fault}.");
            return;
        }

        var name = setting.IsFamily ? string.Join('.', setting.Key.Split('.').Select((level, i) => SettingName.IsPlaceholder(level) ? written[i] : level)) : setting.Key;
        if (_values.TryGetValue(name, out var before) && before.Origin.Kind == origin.Kind)
        {
            _mistakes.Add($"{origin.Sentence}: {name} is set twice, here and {(before.Origin.Line > 0 ? $"on line {before.Origin.Line}" : $"by {before.Origin.Place}")}.");
            return;
        }

        var value = new SettingValue(setting, name, text, origin);
        if (setting.Secrecy != Secrecy.None && text.StartsWith(SecretFile.Prefix, StringComparison.Ordinal))
        {
            try
            {
                var secret = SecretFile.Read(text, folder, out var path, out var note);
                value = value with { Text = secret, Reference = path };
                if (note is not null)
                {
                    _notes.Add($"{name}: {note}.");
                }
            }
            catch (UserErrorException wrong)
            {
                _mistakes.Add($"{origin.Sentence}: {name}: {wrong.Message}.");
                return;
            }
        }
        else if (setting.Secrecy == Secrecy.Whole && origin.Kind == OriginKind.File && text.Length > 0)
        {
            _notes.Add($"{origin.Sentence}: {name} stands there for all to read; file:PATH keeps it apart.");
        }

        if (!setting.IsLegal(value.Text))
        {
            _mistakes.Add(Mistake(value, setting.Takes));
        }

        _values[name] = value;
    }
}
