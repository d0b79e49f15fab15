using Parallax.Journal.Files;

namespace Parallax.Venues.Keys;

/// <summary>Files that only their owner may read, in a folder of their owner.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(Owner | UnixFileMode.UserExecute);

    /// <summary>On Windows a file in the user's own profile is private as it is.</summary>
    /// <exception cref="KeyVaultException">Others may read or change it.</exception>
    public static void RequirePrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) is not UnixFileMode.None and var mode)
        {
            throw new KeyVaultException($"{path} may be reached by others ({mode}); mend it with: chmod 600 {path}");
        }
    }

    /// <exception cref="IOException">Nothing was changed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
        }

        WholeFile.Write(path, bytes, isPrivate: true);
    }
}
