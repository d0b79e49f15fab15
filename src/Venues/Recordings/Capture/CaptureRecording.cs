using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Messages;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>A captured session: put in order once, then read twice.</summary>
internal sealed class CaptureRecording(string path, ImportContext context) : IRecordingSource
{
    private readonly CaptureParser.Memory _memory = new();
    private CaptureRuns? _runs;

    public string Path => path;

    public RecordingReader Open()
    {
        _runs ??= new CaptureRuns(path, context.Options.Limits, context.Options.TemporaryFolder, context.Cancellation);
        return new RecordingReader(_runs.Open(), new CaptureParser(path, context, _memory), context);
    }

    public void Dispose() => _runs?.Dispose();
}
