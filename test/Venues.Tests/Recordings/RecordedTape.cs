using Parallax.Journal.Tapes;
using Parallax.Venues.Recordings;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Venues.Tests.Recordings;

/// <summary>Imports straight into a tape file, as the verb does.</summary>
internal static class RecordedTape
{
    public static string Of(ScratchFolder folder, string format, params string[] files) =>
        Of(folder, "imported.tape", new RecordingImportOptions { Format = RecordingFormat.Find(format)!, Files = files });

    public static string Of(ScratchFolder folder, string name, RecordingImportOptions options)
    {
        NewTape.Write(folder.File(name), overwrite: true, tape => RecordingImport.Run(options, tape));
        return folder.File(name);
    }

    /// <summary>Plays a tape into books.</summary>
    public static CollectedTape Play(string path)
    {
        using var tape = TapeFile.Open(path);
        var played = new CollectedTape();
        var cursor = tape.Cursor();
        while (cursor.TryRead(out var record))
        {
            var header = record.Header;
            (header.Length, header.Checksum, header.Sequence) = (0, 0, 0);
            played.Append(header, record.Payload);
        }

        return played;
    }
}
