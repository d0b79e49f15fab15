using System.Text.Json;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Values;

/// <summary>A short text copied out of a line, unescaped. Reused.</summary>
internal sealed class SmallText
{
    private readonly byte[] _bytes = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <exception cref="BadLineException">It is no string, too long, or not valid UTF-8 once unescaped.</exception>
    public void Take(ref Utf8JsonReader reader)
    {
        // An unescaped text is never longer than the escaped one.
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > _bytes.Length)
        {
            throw new BadLineException($"a name is a text of at most {_bytes.Length} bytes; found {Excerpt.Of(reader.ValueSpan)}");
        }

        try
        {
            _length = reader.CopyString(_bytes);
        }
        catch (InvalidOperationException wrong)
        {
            throw new BadLineException($"a name is not valid text: {Excerpt.Of(reader.ValueSpan)}", wrong);
        }
    }
}
