using Parallax.Cli.Config;

namespace Parallax.Cli.Tests.Config;

/// <summary>A folder of its own with configuration files in it.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-config-").FullName;

    public string File(string name) => Path.Combine(_folder, name);

    /// <returns>The file's path.</returns>
    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>A file that only its owner can read.</summary>
    public string WriteSecret(string name, string text)
    {
        var path = Write(name, text);
        Mode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Who may read it; nothing where files have no such mode.</summary>
    public static void Mode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, mode);
        }
    }

    public SettingSources Sources(string yaml, params (string Name, string Value)[] environment) => new()
    {
        File = ConfigFile.Read(Write("parallax.yaml", yaml)),
        Environment = environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
