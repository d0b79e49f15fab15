namespace Parallax.Cli.Config;

/// <summary>Reads a value that a setting keeps in a file of its own: <c>file:/run/secrets/store</c>.</summary>
internal static class SecretFile
{
    public const string Prefix = "file:";

    private const int SizeMax = 64 << 10;

    /// <param name="folder">What a relative path is relative to; empty for the current folder.</param>
    /// <param name="path">The file that was read.</param>
    /// <param name="note">What the user should mend though it works; null when nothing.</param>
    /// <returns>The file's text without spaces and line ends around it.</returns>
    /// <exception cref="UserErrorException">The rest of a sentence: what is wrong with the file. Never what is in it.</exception>
    public static string Read(string reference, string folder, out string path, out string? note)
    {
        var name = reference[Prefix.Length..].Trim();
        if (name.Length == 0 || name.Contains('\0'))
        {
            throw new UserErrorException($"'{Prefix}' is followed by the path of a file");
        }

        path = Path.GetFullPath(Path.Combine(folder, name));
        note = null;
        try
        {
            if (!File.Exists(path))
            {
                throw new UserErrorException($"there is no file {path}");
            }

            if (new FileInfo(path).Length > SizeMax)
            {
                throw new UserErrorException($"{path} is larger than {SizeMax >> 10} KiB, which is no secret");
            }

            var text = File.ReadAllText(path).Trim();
            if (text.Length == 0)
            {
                throw new UserErrorException($"{path} is empty");
            }

            const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                note = $"{path} can be read by others; mend it with: chmod 600 {path}";
            }

            return text;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read: {wrong.Message}", ExitCodes.Failed, wrong);
        }
    }
}
