using Parallax.Venues.Recordings.Import;

namespace Parallax.Venues.Recordings.Messages;

/// <summary>Finds lines that are byte for byte the line above them: a recorder wrote a message twice.</summary>
internal sealed class RepeatedLines(string file, ImportLog log)
{
    private byte[] _last = [];
    private int _length;
    private long _lastNumber;

    /// <summary>Remarks on a repeated line; remembers any other as the one to compare with.</summary>
    public bool IsRepeated(ReadOnlySpan<byte> line, long lineNumber)
    {
        var isBelow = lineNumber == _lastNumber + 1;
        _lastNumber = lineNumber;
        if (isBelow && line.SequenceEqual(_last.AsSpan(0, _length)))
        {
            log.RepeatedLine(file, lineNumber, "repeats the line above; left out");
            return true;
        }

        if (_last.Length < line.Length)
        {
            _last = new byte[Math.Max(line.Length, _last.Length * 2)];
        }

        line.CopyTo(_last);
        _length = line.Length;
        return false;
    }
}
