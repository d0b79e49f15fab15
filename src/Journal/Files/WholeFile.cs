namespace Parallax.Journal.Files;

/// <summary>Files of a few bytes that another process reads at any moment: they are there as a whole or not at all.</summary>
public static class WholeFile
{
    /// <param name="isPrivate">Whether only the owner may read it; so from its first byte on.</param>
    /// <exception cref="IOException">Nothing was changed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool isPrivate)
    {
        var temporary = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            // What a crash left there may be open to all: a mode is given to new files only.
            File.Delete(temporary);
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte}, bool)"/>
    public static void Write(string path, string text, bool isPrivate) => Write(path, System.Text.Encoding.UTF8.GetBytes(text), isPrivate);

    /// <summary>A file that cannot be deleted stays: nothing depends on it.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            // A stale file is recognised by its process.
        }
    }
}
