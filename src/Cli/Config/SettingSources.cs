namespace Parallax.Cli.Config;

/// <summary>Where settings are looked for. What stands lower here wins.</summary>
public sealed record SettingSources
{
    /// <summary>The file that is taken when none is named, from the current folder.</summary>
    public const string FileName = "parallax.yaml";

    /// <summary>Names the mode whose own defaults follow: <c>demo</c>; null without any.</summary>
    public string? Mode { get; init; }

    /// <summary>By key; legal values all: they are ours.</summary>
    public IReadOnlyDictionary<string, string> ModeDefaults { get; init; } = new Dictionary<string, string>();

    public ConfigFile File { get; init; } = ConfigFile.None;

    /// <summary>Every variable of the process; only those that begin with <c>PARALLAX__</c> are looked at.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the command line said: option, key, value.</summary>
    public IReadOnlyList<(string Option, string Key, string Text)> CommandLine { get; init; } = [];

    /// <summary>The file that was named, or <see cref="FileName"/> where it stands in the current folder, and this process's environment.</summary>
    /// <exception cref="UserErrorException">The file is missing or no YAML.</exception>
    public static SettingSources Of(string? file) => new()
    {
        File = file is not null ? ConfigFile.Read(file) : System.IO.File.Exists(FileName) ? ConfigFile.Read(FileName) : ConfigFile.None,
        Environment = EnvironmentSettings.OfProcess(),
    };
}
