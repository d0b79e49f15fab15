using System.Text;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Tardis;

/// <summary>Finds the columns of a comma-separated file by the names in its header, in whatever order they stand.</summary>
internal sealed class CsvColumns(params string[] names)
{
    private const int FieldsMax = 64;

    private readonly int[] _positions = new int[names.Length];
    private readonly Range[] _fields = new Range[FieldsMax + 1];
    private int _width;

    public bool HasHeader => _width > 0;

    /// <exception cref="BadLineException">A column is missing.</exception>
    public void ReadHeader(ReadOnlySpan<byte> line)
    {
        var found = Encoding.UTF8.GetString(line.Length > 1000 ? line[..1000] : line).Split(',');
        for (var i = 0; i < names.Length; i++)
        {
            _positions[i] = Array.FindIndex(found, name => string.Equals(name.Trim(' ', '"'), names[i], StringComparison.OrdinalIgnoreCase));
            if (_positions[i] < 0)
            {
                throw new BadLineException($"the first line must name the columns {string.Join(',', names)}; {names[i]} is missing in {Excerpt.Of(line)}");
            }
        }

        if (found.Length > FieldsMax)
        {
            throw new BadLineException($"the header names {found.Length} columns; {FieldsMax} at the most are expected");
        }

        _width = found.Length;
    }

    /// <exception cref="BadLineException">The row has another number of fields than the header.</exception>
    public CsvRow Row(ReadOnlySpan<byte> line)
    {
        var count = 0;
        var start = 0;
        while (count < FieldsMax)
        {
            var comma = line[start..].IndexOf((byte)',');
            _fields[count++] = new Range(start, comma < 0 ? line.Length : start + comma);
            if (comma < 0)
            {
                break;
            }

            start += comma + 1;
        }

        if (count != _width)
        {
            throw new BadLineException($"has {count} fields; the header has {_width}: {Excerpt.Of(line)}");
        }

        return new CsvRow(line, _fields, _positions);
    }
}

/// <summary>The fields of one row by the position of their name in the list of columns.</summary>
internal readonly ref struct CsvRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, ReadOnlySpan<int> positions)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private readonly ReadOnlySpan<Range> _fields = fields;
    private readonly ReadOnlySpan<int> _positions = positions;

    public ReadOnlySpan<byte> this[int column]
    {
        get
        {
            var field = _line[_fields[_positions[column]]];
            return field is [(byte)'"', .. var inside, (byte)'"'] ? inside : field;
        }
    }
}
