namespace Parallax.Venues.Recordings.Tapes;

/// <summary>Where a file that is being made stands until it is complete.</summary>
internal static class NewFile
{
    /// <summary>One name a process, so that two that make the same file do not meet in a half one.</summary>
    public static string Unfinished(string path) => $"{path}.{Environment.ProcessId}.unfinished";

    /// <exception cref="RecordingException">The path is a folder, its folder is missing, or a file is there and may not be replaced.</exception>
    public static void RequirePlace(string path, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            throw new RecordingException($"{path}: is a folder; the name of a file is expected.");
        }

        if (!overwrite && File.Exists(path))
        {
            throw new RecordingException($"{path}: exists already; --overwrite replaces it.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new RecordingException($"{path}: the folder {folder} does not exist.");
        }
    }

    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what the user has to know.
        }
    }
}
