using System.Diagnostics.CodeAnalysis;

namespace Parallax.Venues.Recordings.Messages;

/// <summary>Several recordings as one, by received time; at one time, in the order of the files.</summary>
internal sealed class MergedReader
{
    private readonly PriorityQueue<(RecordingReader Reader, int File), (long ReceivedTime, int File)> _next = new();
    private readonly MarketMessage?[] _messages;
    private (RecordingReader Reader, int File)? _taken;

    public MergedReader(IReadOnlyList<RecordingReader> readers)
    {
        _messages = new MarketMessage[readers.Count];
        for (var i = 0; i < readers.Count; i++)
        {
            Advance((readers[i], i));
        }
    }

    public bool TryRead([NotNullWhen(true)] out MarketMessage? message, [NotNullWhen(true)] out RecordingReader? source)
    {
        // The message handed out last is reused by its reader, so that reader moves on only now.
        if (_taken is { } taken)
        {
            Advance(taken);
            _taken = null;
        }

        if (!_next.TryDequeue(out var first, out _))
        {
            (message, source) = (null, null);
            return false;
        }

        _taken = first;
        (message, source) = (_messages[first.File]!, first.Reader);
        return true;
    }

    private void Advance((RecordingReader Reader, int File) file)
    {
        if (file.Reader.TryRead(out var message))
        {
            _messages[file.File] = message;
            _next.Enqueue(file, (message.ReceivedTime, file.File));
        }
    }
}
