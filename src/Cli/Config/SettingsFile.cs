using System.Globalization;
using Parallax.Journal.Files;
using Parallax.Trading.Decisions;

namespace Parallax.Cli.Config;

/// <summary>The settings file that a running session was started with, into which changes are written that are to last.</summary>
/// <remarks>
/// Nobody else's change is ever overwritten: what stands there must be what the session read, or wrote. The file is replaced as a whole, and only by one
/// that a session would start with.
/// </remarks>
public sealed class SettingsFile
{
    private readonly Lock _gate = new();
    private readonly string _place;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private string? _text;

    /// <param name="file">As the session read it; <see cref="ConfigFile.None"/> for one that is begun in the current folder.</param>
    /// <param name="environment">What wins over it at the next start; null for this process's.</param>
    public SettingsFile(ConfigFile file, IReadOnlyDictionary<string, string>? environment = null)
    {
        Path = file.Path.Length > 0 ? file.Path : SettingSources.FileName;
        _place = System.IO.Path.GetFullPath(Path);
        _text = file.Path.Length > 0 ? file.Text : null;
        _environment = environment ?? EnvironmentSettings.OfProcess();
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <param name="values">By the catalog's keys.</param>
    /// <param name="changes">What stood there and what stands there now; an empty text where there was nothing.</param>
    /// <returns>Why nothing was written; null when it was.</returns>
    public string? TryWrite(IReadOnlyList<KeyValuePair<string, string>> values, out IReadOnlyList<ChangedSetting> changes)
    {
        changes = [.. values.Select(one => new ChangedSetting(one.Key, "", one.Value))];
        lock (_gate)
        {
            try
            {
                var target = File.ResolveLinkTarget(_place, returnFinalTarget: true)?.FullName ?? _place;
                var found = File.Exists(target) ? File.ReadAllText(target) : null;
                if (found != _text)
                {
                    return $"{Path} was changed since the session read it; set it there by hand";
                }

                var before = ConfigFile.Of(Path, found ?? "");
                changes = [.. values.Select(one => new ChangedSetting(one.Key, SettingsText.Entry(before, one.Key)?.Text ?? "", one.Value))];
                if (SettingsText.With(before, values) is not { } after)
                {
                    return $"{Path} is written in a way that cannot be changed here; set it there by hand";
                }

                var set = SettingSet.Read(new SettingSources { File = ConfigFile.Of(Path, after) });
                ParallaxSettings.CheckTogether(set);
                if (set.Mistakes.Count > 0)
                {
                    return $"the next session would not start with it: {set.Mistakes[0].TrimEnd('.')}";
                }

                Replace(target, after, isNew: found is null);
                _text = after;
                return null;
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or UserErrorException)
            {
                return $"{Path} cannot be written: {wrong.Message.TrimEnd('.')}";
            }
        }
    }

    /// <summary>The rest of a sentence about variables that win over what stands in the file; empty without any.</summary>
    public string WhatWins(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var keys = values.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        var winning = EnvironmentSettings.In(_environment).Where(one => SettingCatalog.Find(one.Levels) is { } setting && keys.Contains(setting.Key)).Select(one => one.Variable).ToList();
        return winning.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" But {string.Join(", ", winning)} in the environment {(winning.Count == 1 ? "wins" : "win")} over it at the next start.");
    }

    private static void Replace(string path, string text, bool isNew)
    {
        UnixFileMode? mode = isNew || OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);
        if (mode is { } kept && (kept & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == UnixFileMode.None)
        {
            // A folder that may be written would let us replace what its owner protected.
            throw new IOException("it is read-only");
        }

        WholeFile.Write(path, text, isPrivate: true);
        if (mode is { } before && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, before);
        }
    }
}
