using System.Buffers;
using System.Buffers.Text;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Markets;

namespace Parallax.VenueServers.Kraken.Wire;

/// <summary>Builds a market data message as UTF-8, piece by piece, in one buffer that is used again. Allocates nothing once it has grown.</summary>
/// <remarks>Book messages leave twenty thousand times a second: a general JSON writer would spend most of that on names and quotes.</remarks>
internal sealed class MessageWriter
{
    private const int NumberMax = 24;
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public int Length => _length;

    public MessageWriter Restart()
    {
        _length = 0;
        return this;
    }

    public MessageWriter Raw(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        return this;
    }

    public MessageWriter Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
        return this;
    }

    /// <summary>Takes back the last byte when it is this one: the comma after a list's last item.</summary>
    public MessageWriter DropLast(byte value)
    {
        if (_length > 0 && _bytes[_length - 1] == value)
        {
            _length--;
        }

        return this;
    }

    public MessageWriter Number(ulong value)
    {
        Reserve(NumberMax);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
        return this;
    }

    public MessageWriter Number(decimal value)
    {
        Reserve(32);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
        return this;
    }

    /// <summary>Whole ticks or lots with the instrument's decimals, trailing zeros included: <c>0.00010000</c>.</summary>
    public MessageWriter Number(long count, PrintedNumber print)
    {
        Reserve(2 * NumberMax);
        Span<byte> digits = stackalloc byte[NumberMax];
        Utf8Formatter.TryFormat(count * print.Factor, digits, out var length);
        var whole = length - print.Decimals;
        if (whole > 0)
        {
            Raw(digits[..whole]);
        }
        else
        {
            Byte((byte)'0');
        }

        if (print.Decimals == 0)
        {
            return this;
        }

        Byte((byte)'.');
        for (var i = whole; i < 0; i++)
        {
            Byte((byte)'0');
        }

        return Raw(digits[Math.Max(0, whole)..length]);
    }

    /// <summary>RFC 3339 with six decimals, in quotes.</summary>
    /// <param name="nanos">UTC nanoseconds; cut to microseconds.</param>
    public MessageWriter Time(long nanos)
    {
        Reserve(40);
        Byte((byte)'"');
        Utf8Formatter.TryFormat(new UtcNanos(nanos).ToDateTimeOffset().UtcDateTime, _bytes.AsSpan(_length), out _, new StandardFormat('O'));
        _length += 26;
        return Raw("Z\""u8);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
