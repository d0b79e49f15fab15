using System.CommandLine;
using Parallax.Cli.Config;

namespace Parallax.Cli.Options;

/// <summary>What every verb that runs a session takes, and how it becomes settings: the command line wins over environment and file.</summary>
internal sealed class SessionOptions
{
    private readonly Option<string?> _config = new("--config") { Description = $"Settings; {SettingSources.FileName} in the current folder without it.", HelpName = "FILE" };

    private readonly Option<string?> _data = new("--data") { Description = "Folder for journal, tapes and database; a second start goes on there.", HelpName = "FOLDER" };

    private readonly Option<string?> _store = new("--store") { Description = "Where the tables are kept: a file, or postgres://user@host/database.", HelpName = "ADDRESS" };

    private readonly Option<long?> _port = new("--port")
    {
        Description = "Port of the page and the API; 0 takes any that is free. Default 9090.",
        HelpName = "PORT",
        CustomParser = result => Parse.Whole(result, 0, 65_535, "port"),
    };

    private readonly Option<TimeSpan?> _for = new("--for")
    {
        Description = "Ends by itself after this time: 30s, 10m, 2h. Without it Ctrl-C ends it.",
        HelpName = "TIME",
        CustomParser = result => Parse.Duration(result),
    };

    private readonly Option<bool> _headless = new("--headless") { Description = "No page and no API." };

    private readonly Option<bool> _json = new("--json") { Description = "Print a summary as JSON at the end, and nothing else." };

    public IEnumerable<Option> All => [_for, _port, _headless, _json, _data, _store, _config];

    /// <summary>Null: until it is stopped.</summary>
    public TimeSpan? Duration(ParseResult parsed) => parsed.GetValue(_for);

    public bool IsHeadless(ParseResult parsed) => parsed.GetValue(_headless);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <param name="more">What the verb's own options say besides.</param>
    /// <exception cref="UserErrorException">Lists every mistake.</exception>
    public ParallaxSettings Read(
        ParseResult parsed, string mode, IReadOnlyDictionary<string, string> modeDefaults, params IEnumerable<(string Option, string Key, string Text)> more)
    {
        (string Option, string Key, string? Text)[] named =
        [
            (_data.Name, SettingCatalog.DataFolder.Key, parsed.GetValue(_data)),
            (_store.Name, SettingCatalog.Store.Key, parsed.GetValue(_store)),
            (_port.Name, SettingCatalog.HttpPort.Key, parsed.GetValue(_port)?.ToString()),
        ];
        return ParallaxSettings.Load(SettingSources.Of(parsed.GetValue(_config)) with
        {
            Mode = mode,
            ModeDefaults = modeDefaults,
            CommandLine = [.. named.Where(one => one.Text is not null).Select(one => (one.Option, one.Key, one.Text!)), .. more],
        });
    }
}
