using Parallax.Journal.Files;
using Parallax.Journal.Tapes;

namespace Parallax.Venues.Recordings.Tapes;

/// <summary>A tape in the making beside its final name, which it gets only when it is complete: no half tape is left, nothing old is lost.</summary>
public static class NewTape
{
    /// <param name="path">Where the tape will stand.</param>
    /// <param name="overwrite">Whether an existing file there may be replaced, once the new one is complete.</param>
    /// <param name="write">Fills the tape. Whatever it throws goes on to the caller, and nothing is left behind.</param>
    /// <exception cref="RecordingException">A file is there already and may not be replaced, or the folder is missing.</exception>
    /// <exception cref="UnwritableFileException">The folder may not be written, or the disk is full.</exception>
    public static T Write<T>(string path, bool overwrite, Func<TapeWriter, T> write)
    {
        NewFile.RequirePlace(path, overwrite);
        var unfinished = NewFile.Unfinished(path);
        try
        {
            T result;
            using (var tape = new TapeWriter(unfinished, overwrite: true))
            {
                result = write(tape);
                tape.Flush(FlushPolicy.Disk);
            }

            File.Move(unfinished, path, overwrite);
            return result;
        }
        catch (UnwritableFileException wrong)
        {
            NewFile.Remove(unfinished);
            throw new UnwritableFileException(path, wrong.Message.Replace(unfinished, path, StringComparison.Ordinal), wrong);
        }
        catch
        {
            NewFile.Remove(unfinished);
            throw;
        }
    }
}
