using System.Buffers.Text;
using System.Text;

namespace Parallax.Venues.Kraken.Live;

/// <summary>A request's JSON, piece by piece, for what is on the way of every order: what the pieces are, and in which order, is known beforehand.</summary>
/// <param name="room">Large enough for all of it.</param>
internal ref struct RequestText(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    public int Length { get; private set; }

    /// <param name="text">Copied as it is: punctuation, names, and texts in which nothing has to be escaped.</param>
    public void Add(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_room[Length..]);
        Length += text.Length;
    }

    /// <param name="word">Of plain letters.</param>
    public void Add(string word)
    {
        Ascii.FromUtf16(word, _room[Length..], out var written);
        Length += written;
    }

    /// <summary>In plain decimals, with the trailing zeros of its scale.</summary>
    public void Add(decimal number)
    {
        Utf8Formatter.TryFormat(number, _room[Length..], out var written);
        Length += written;
    }

    public void Add(ulong number)
    {
        Utf8Formatter.TryFormat(number, _room[Length..], out var written);
        Length += written;
    }
}
