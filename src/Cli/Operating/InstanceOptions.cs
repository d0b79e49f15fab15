using System.CommandLine;
using Parallax.Cli.Config;
using Parallax.Cli.Instance;

namespace Parallax.Cli.Operating;

/// <summary>Which running session a verb means.</summary>
internal sealed class InstanceOptions
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = $"The session's data folder; without it the newest session that runs below {RunningInstance.Root}.",
        HelpName = "FOLDER",
    };

    public Option<string?> Data => _data;

    /// <returns>Null when none runs.</returns>
    public RunningInstance? Find(ParseResult parsed) => RunningInstance.Find(Folders(parsed));

    /// <exception cref="UserErrorException">None runs: says so, and how one is started.</exception>
    public RunningInstance Require(ParseResult parsed) => Find(parsed) ?? throw new UserErrorException(NoneRuns(parsed));

    /// <summary>Where sessions are looked for.</summary>
    public IReadOnlyList<string> Folders(ParseResult parsed) =>
        parsed.GetValue(_data) is { } named ? [named]
        : Configured() is { } configured ? [configured, .. RunningInstance.FoldersIn(RunningInstance.Root)]
        : [.. RunningInstance.FoldersIn(RunningInstance.Root)];

    /// <summary>One sentence about what is not there.</summary>
    public string NoneRuns(ParseResult parsed)
    {
        var where = parsed.GetValue(_data) ?? Path.GetFullPath(RunningInstance.Root);
        return Folders(parsed).Select(RunningInstance.Read).OfType<RunningInstance>().FirstOrDefault() is { } stale
            ? $"No session runs in {where}: the {stale.Mode} session of process {stale.Pid} ended without cleaning up."
            : $"No session runs in {where}. Start one with 'parallax demo', or name the folder of one with --data.";
    }

    /// <summary>A configuration that is wrong must not keep anybody from stopping a session: then only the usual places are looked at.</summary>
    private static string? Configured()
    {
        try
        {
            return SettingSet.Read(SettingSources.Of(null)).Get(SettingCatalog.DataFolder);
        }
        catch (Exception wrong) when (wrong is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
