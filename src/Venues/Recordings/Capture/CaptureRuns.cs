using System.IO.MemoryMappedFiles;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Capture;

/// <summary>
/// A capture's lines in the order of their times. A capture holds one connection's lines after another's, so the file is a few runs that
/// are each in order; they are merged, which needs no memory for lines.
/// </summary>
internal sealed class CaptureRuns : IDisposable
{
    /// <summary>About 50 MB of bookkeeping; recorded sessions have one run a connection.</summary>
    private const int RunsMax = 1_000_000;

    private readonly List<Run> _runs = [];
    private readonly FileStream? _unpacked;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Reads the file once, and writes it unpacked beside it when it is packed.</summary>
    /// <exception cref="RecordingException">The file is missing, damaged, empty, or has a line too long.</exception>
    public CaptureRuns(string path, LineLimits limits, string temporaryFolder, CancellationToken cancellation)
    {
        Path = path;
        PackedLength = File.Exists(path) ? new FileInfo(path).Length : 0;
        using var lines = new LineReader(path, limits);
        _unpacked = lines.IsPacked ? Temporary(temporaryFolder) : null;
        try
        {
            Index(lines, cancellation);
            if (Length == 0)
            {
                throw new RecordingException($"{path}: is empty.");
            }

            _unpacked?.Flush();
            _map = _unpacked is null
                ? MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read)
                : MemoryMappedFile.CreateFromFile(_unpacked, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _unpacked?.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public long PackedLength { get; }

    /// <summary>Unpacked bytes.</summary>
    public long Length { get; private set; }

    public ILineSource Open() => new MergedLines(this);

    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _unpacked?.Dispose();
    }

    private static FileStream Temporary(string folder) => new(
        System.IO.Path.Combine(folder, $"parallax-{System.IO.Path.GetRandomFileName()}"),
        FileMode.CreateNew,
        FileAccess.ReadWrite,
        FileShare.None,
        1 << 16,
        FileOptions.DeleteOnClose);

    private void Index(LineReader lines, CancellationToken cancellation)
    {
        var time = long.MinValue;
        while (lines.TryRead(out var line))
        {
            if (lines.LineNumber % 1024 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // A line without a time stays behind the one above.
            var own = CaptureLine.TimeOf(line) ?? time;
            if (_runs.Count == 0 || own < time)
            {
                if (_runs.Count == RunsMax)
                {
                    throw new RecordingException($"{Path}: goes back in time in more than {RunsMax:N0} places, so this is not a captured session.");
                }

                _runs.Add(new Run(Length, lines.LineNumber));
            }

            time = own;
            if (_unpacked is null)
            {
                Length = lines.Offset;
            }
            else
            {
                _unpacked.Write(line);
                _unpacked.WriteByte((byte)'\n');
                Length += line.Length + 1;
            }
        }
    }

    /// <param name="FirstLine">Counted from 1.</param>
    private readonly record struct Run(long Offset, long FirstLine);

    private sealed unsafe class MergedLines : ILineSource
    {
        private readonly CaptureRuns _capture;
        private readonly byte* _bytes;
        private readonly PriorityQueue<Cursor, (long Time, long Line)> _next = new();
        private long _taken;

        public MergedLines(CaptureRuns capture)
        {
            _capture = capture;
            capture._view.SafeMemoryMappedViewHandle.AcquirePointer(ref _bytes);
            for (var i = 0; i < capture._runs.Count; i++)
            {
                var end = i + 1 < capture._runs.Count ? capture._runs[i + 1].Offset : capture.Length;
                Enqueue(new Cursor(capture._runs[i].Offset, end, capture._runs[i].FirstLine, long.MinValue));
            }
        }

        public string Name => _capture.Path;

        public long LineNumber { get; private set; }

        public long Position => _capture.Length == 0 ? 0 : (long)((double)_taken / _capture.Length * _capture.PackedLength);

        public bool TryRead(out ReadOnlySpan<byte> line)
        {
            if (!_next.TryDequeue(out var cursor, out _))
            {
                line = default;
                return false;
            }

            var length = LineLength(cursor);
            line = Line(cursor, length);
            LineNumber = cursor.Line;
            _taken += length + 1;
            Enqueue(cursor with { Offset = cursor.Offset + length + 1, Line = cursor.Line + 1 });
            return true;
        }

        public void Dispose() => _capture._view.SafeMemoryMappedViewHandle.ReleasePointer();

        private void Enqueue(Cursor cursor)
        {
            if (cursor.Offset < cursor.End)
            {
                var time = CaptureLine.TimeOf(Line(cursor, LineLength(cursor))) ?? cursor.Time;
                _next.Enqueue(cursor with { Time = time }, (time, cursor.Line));
            }
        }

        private int LineLength(Cursor cursor)
        {
            var left = new ReadOnlySpan<byte>(_bytes + cursor.Offset, (int)Math.Min(cursor.End - cursor.Offset, int.MaxValue));
            var newline = left.IndexOf((byte)'\n');
            return newline < 0 ? left.Length : newline;
        }

        private ReadOnlySpan<byte> Line(Cursor cursor, int length)
        {
            var line = new ReadOnlySpan<byte>(_bytes + cursor.Offset, length);
            if (cursor.Offset == 0 && line is [0xEF, 0xBB, 0xBF, ..])
            {
                line = line[3..];
            }

            return line is [.., (byte)'\r'] ? line[..^1] : line;
        }

        private readonly record struct Cursor(long Offset, long End, long Line, long Time);
    }
}
