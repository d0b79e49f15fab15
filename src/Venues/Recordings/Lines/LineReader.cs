namespace Parallax.Venues.Recordings.Lines;

/// <summary>Lines of a UTF-8 text, ended by LF or CRLF; a byte order mark is passed over. Holds one line at a time.</summary>
internal sealed class LineReader : ILineSource
{
    private const int BufferBytes = 1 << 16;

    private readonly Stream _text;
    private readonly Stream _file;
    private readonly int _lineBytesMax;
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _atEnd;

    public LineReader(string path, LineLimits limits)
    {
        Name = path;
        _lineBytesMax = limits.LineBytesMax;
        (_text, _file) = RecordingFile.Open(path, limits);
    }

    public bool IsPacked => _text != _file;

    public string Name { get; }

    public long LineNumber { get; private set; }

    public long Position => _file.Position;

    /// <summary>Unpacked offset of the first byte after the line last read.</summary>
    public long Offset { get; private set; }

    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = Take(searched + newline, 1);
                return true;
            }

            searched = _end - _start;
            if (_atEnd || !Fill())
            {
                line = default;
                if (searched == 0)
                {
                    return false;
                }

                line = Take(searched, 0);
                return true;
            }
        }
    }

    public void Dispose()
    {
        _text.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Take(int length, int newlineLength)
    {
        if (length > _lineBytesMax)
        {
            throw TooLong();
        }

        var line = _buffer.AsSpan(_start, length);
        _start += length + newlineLength;
        Offset += length + newlineLength;
        if (LineNumber++ == 0 && line is [0xEF, 0xBB, 0xBF, ..])
        {
            line = line[3..];
        }

        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private bool Fill()
    {
        if (_end - _start > _lineBytesMax)
        {
            throw TooLong();
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, _lineBytesMax + (long)BufferBytes));
        }

        var read = _text.Read(_buffer.AsSpan(_end));
        _end += read;
        _atEnd = read == 0;
        return read > 0;
    }

    private RecordingException TooLong() =>
        new($"{Name} line {LineNumber + 1:N0}: is longer than {_lineBytesMax / 1048576.0:0.#} MiB, so this is not a recording of one message a line.");
}
