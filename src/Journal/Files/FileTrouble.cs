namespace Parallax.Journal.Files;

/// <summary>One sentence for what the operating system refused.</summary>
internal static class FileTrouble
{
    // ENOSPC and EDQUOT on Linux, EDQUOT on macOS, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows.
    private const int NoSpace = 28, Quota = 122, QuotaMac = 69, HandleDiskFull = unchecked((int)0x80070027), DiskFull = unchecked((int)0x80070070);

    public static string Reading(string path, string noun, Exception wrong) => wrong switch
    {
        _ when Directory.Exists(path) => $"{path} is a folder; expected a {noun}.",
        FileNotFoundException or DirectoryNotFoundException => $"There is no file {path}; expected a {noun}.",
        UnauthorizedAccessException => $"{path} may not be read: access is denied.",
        NotSupportedException => $"{path} is not a regular file; expected a {noun}.",
        _ => $"{path} cannot be read as a {noun}: {Sentence(wrong)}",
    };

    public static string Writing(string path, Exception wrong) => wrong switch
    {
        _ when Directory.Exists(path) => $"{path} cannot be written: it is a folder.",
        _ when IsDiskFull(wrong) => UnwritableFileException.Full(path).Message,
        DirectoryNotFoundException => $"{path} cannot be written: its folder does not exist.",
        UnauthorizedAccessException => $"{path} cannot be written: access is denied.",
        _ => $"{path} cannot be written: {Sentence(wrong)}",
    };

    public static bool IsDiskFull(Exception wrong) =>
        wrong is IOException { HResult: NoSpace or Quota or QuotaMac or HandleDiskFull or DiskFull };

    private static string Sentence(Exception wrong) => wrong.Message.TrimEnd('.') + ".";
}
