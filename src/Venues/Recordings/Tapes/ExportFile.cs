using System.IO.Compression;
using Parallax.Journal.Files;

namespace Parallax.Venues.Recordings.Tapes;

/// <summary>A text file that a tape is exported to, packed when its name ends in .gz; it gets its name only when it is complete.</summary>
public static class ExportFile
{
    /// <exception cref="RecordingException">
    /// A file is there already and may not be replaced, the folder is missing or may not be written, or the disk is full.
    /// </exception>
    public static T Write<T>(string path, bool overwrite, Func<Stream, T> write)
    {
        NewFile.RequirePlace(path, overwrite);
        var unfinished = NewFile.Unfinished(path);
        try
        {
            T result;
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16))
            {
                if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                {
                    using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
                    result = write(packed);
                }
                else
                {
                    result = write(file);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite);
            return result;
        }
        catch (Exception wrong) when (wrong is UnauthorizedAccessException or (IOException and not RecordFileException))
        {
            NewFile.Remove(unfinished);
            throw new RecordingException($"{path}: cannot be written: {wrong.Message.Replace(unfinished, path, StringComparison.Ordinal)}", wrong);
        }
        catch
        {
            NewFile.Remove(unfinished);
            throw;
        }
    }
}
