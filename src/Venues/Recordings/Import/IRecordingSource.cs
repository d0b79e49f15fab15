using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Messages;

namespace Parallax.Venues.Recordings.Import;

/// <summary>One recording, read twice: to learn its instruments, and to make records. What the first reading taught is kept here.</summary>
internal interface IRecordingSource : IDisposable
{
    string Path { get; }

    RecordingReader Open();
}

/// <summary>A recording whose lines stand in the order in which they were received.</summary>
internal sealed class LineRecording(string path, ImportContext context, Func<ILineParser> parser) : IRecordingSource
{
    public string Path => path;

    public RecordingReader Open() => new(new LineReader(path, context.Options.Limits), parser(), context);

    public void Dispose()
    {
    }
}
