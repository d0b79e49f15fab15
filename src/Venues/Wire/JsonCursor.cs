using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Parallax.Venues.Wire;

/// <summary>Why a text is not JSON (RFC 8259), or not JSON that we read.</summary>
public enum JsonError : byte
{
    None = 0,
    EndsEarly = 1,
    UnexpectedByte = 2,
    BadEscape = 3,
    BadNumber = 4,

    /// <summary>A byte below 0x20 inside a string.</summary>
    ControlCharacter = 5,
    InvalidUtf8 = 6,

    /// <summary>Arrays and objects nested deeper than <see cref="JsonCursor.DepthMax"/>.</summary>
    TooDeep = 7,
}

/// <summary>Walks over JSON text once, forwards, without allocating. Any legal JSON passes; anything else stops it with an error.</summary>
/// <remarks>After an error every method returns <see langword="false"/> and <see cref="Position"/> is about where it happened.</remarks>
public ref struct JsonCursor
{
    public const int DepthMax = 64;

    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<byte> _scratch;
    private int _position;
    private JsonError _error;

    /// <param name="text">The whole text.</param>
    /// <param name="scratch">Where strings with escapes are decoded; what does not fit is cut off. One string at a time.</param>
    public JsonCursor(ReadOnlySpan<byte> text, Span<byte> scratch)
    {
        _text = text;
        _scratch = scratch;
    }

    public readonly int Position => _position;

    public readonly JsonError Error => _error;

    public readonly bool IsFailed => _error != JsonError.None;

    /// <summary>Goes back to the start of a value that was walked over before.</summary>
    public void GoTo(int position) => _position = position;

    /// <summary>The first byte of what comes next, white space passed; zero at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        var position = _position;
        if ((uint)position < (uint)_text.Length && _text[position] > ' ')
        {
            return _text[position];
        }

        return PeekPastSpace();
    }

    /// <summary>Passes an opening or closing bracket, a comma or a colon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte expected)
    {
        if (Peek() == expected)
        {
            _position++;
            return true;
        }

        return Fail(_position < _text.Length ? JsonError.UnexpectedByte : JsonError.EndsEarly);
    }

    /// <summary>Passes to the next member's value.</summary>
    /// <param name="isFirst">Whether the opening brace was just passed.</param>
    /// <param name="key">The decoded name; valid until the next string is read.</param>
    /// <returns><see langword="false"/> when the closing brace was passed or on an error.</returns>
    public bool NextKey(bool isFirst, out ReadOnlySpan<byte> key)
    {
        key = default;
        if (Peek() == '}' || IsFailed)
        {
            _position++;
            return false;
        }

        return (isFirst || Take((byte)',')) && ReadString(out key) && Take((byte)':');
    }

    /// <summary>Passes to the next element.</summary>
    /// <param name="isFirst">Whether the opening bracket was just passed.</param>
    /// <returns><see langword="false"/> when the closing bracket was passed or on an error.</returns>
    public bool NextElement(bool isFirst)
    {
        if (Peek() == ']' || IsFailed)
        {
            _position++;
            return false;
        }

        return isFirst || Take((byte)',');
    }

    /// <summary>Whether nothing but white space is left.</summary>
    public bool TakeEnd() => !IsFailed && (Peek() == 0 && _position == _text.Length || Fail(JsonError.UnexpectedByte));

    /// <summary>Reads a string.</summary>
    /// <param name="value">Decoded; valid until the next string is read.</param>
    public bool ReadString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!Take((byte)'"'))
        {
            return false;
        }

        var start = _position;
        var special = NextSpecial(start);
        if (special < _text.Length && _text[special] == '"')
        {
            value = _text[start..special];
            _position = special + 1;
            return true;
        }

        return ReadUnusualString(start, special, out value);
    }

    /// <summary>Reads a number; the next byte must be a digit or a minus sign.</summary>
    public bool ReadNumber(out JsonNumber number)
    {
        number = default;
        var text = _text;
        var position = _position;
        var isNegative = (uint)position < (uint)text.Length && text[position] == '-';
        if (isNegative)
        {
            position++;
        }

        var mantissa = 0ul;
        var digits = 0;
        var first = position;
        uint digit;
        for (; (uint)position < (uint)text.Length && (digit = (uint)text[position] - '0') <= 9; position++)
        {
            mantissa = (mantissa * 10) + digit;
            digits++;
        }

        if (digits == 0 || (digits > 1 && text[first] == '0'))
        {
            return FailAt(position, JsonError.BadNumber);
        }

        var exponent = 0;
        if ((uint)position < (uint)text.Length && text[position] == '.')
        {
            var point = ++position;
            for (; (uint)position < (uint)text.Length && (digit = (uint)text[position] - '0') <= 9; position++)
            {
                mantissa = (mantissa * 10) + digit;
            }

            exponent = point - position;
            if (exponent == 0)
            {
                return FailAt(position, JsonError.BadNumber);
            }
        }

        var end = position;
        if ((uint)position < (uint)text.Length && (text[position] | 0x20) == 'e')
        {
            if (!ReadExponent(ref position, ref exponent))
            {
                return FailAt(position, JsonError.BadNumber);
            }
        }

        // Nineteen digits always fit; longer ones are read again, without their zeros.
        _position = position;
        number = end - first <= 19
            ? new JsonNumber(mantissa, exponent, isNegative, IsLong: false)
            : LongNumber(text[first..end], exponent, isNegative);
        return true;
    }

    /// <summary>Passes any value, checking that it is legal.</summary>
    public bool SkipValue()
    {
        var depth = 0;
        var objects = 0ul;
        while (true)
        {
            switch (Peek())
            {
                case (byte)'{' or (byte)'[' when depth == DepthMax:
                    return Fail(JsonError.TooDeep);
                case (byte)'{':
                    _position++;
                    objects = (objects << 1) | 1;
                    depth++;
                    if (NextKey(isFirst: true, out _))
                    {
                        continue;
                    }

                    break;
                case (byte)'[':
                    _position++;
                    objects <<= 1;
                    depth++;
                    if (NextElement(isFirst: true))
                    {
                        continue;
                    }

                    break;
                default:
                    if (!SkipScalar())
                    {
                        return false;
                    }

                    if (depth == 0)
                    {
                        return true;
                    }

                    if ((objects & 1) != 0 ? NextKey(isFirst: false, out _) : NextElement(isFirst: false))
                    {
                        continue;
                    }

                    break;
            }

            // A bracket closed (or an error): close as many as end here.
            do
            {
                if (IsFailed)
                {
                    return false;
                }

                objects >>= 1;
                if (--depth == 0)
                {
                    return true;
                }
            }
            while (!((objects & 1) != 0 ? NextKey(isFirst: false, out _) : NextElement(isFirst: false)));
        }
    }

    private bool SkipScalar()
    {
        switch (Peek())
        {
            case (byte)'"':
                return ReadString(out _);
            case (byte)'t':
                return TakeWord("true"u8);
            case (byte)'f':
                return TakeWord("false"u8);
            case (byte)'n':
                return TakeWord("null"u8);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return ReadNumber(out _);
            default:
                return Fail(_position < _text.Length ? JsonError.UnexpectedByte : JsonError.EndsEarly);
        }
    }

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_position..].StartsWith(word))
        {
            return Fail(JsonError.UnexpectedByte);
        }

        _position += word.Length;
        return true;
    }

    private byte PeekPastSpace()
    {
        while ((uint)_position < (uint)_text.Length)
        {
            var next = _text[_position];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return next;
            }

            _position++;
        }

        return 0;
    }

    /// <summary>The position of the next byte that is not a plain ASCII character of a string: a quote, an escape, a control, UTF-8.</summary>
    private readonly int NextSpecial(int position)
    {
        ref var text = ref MemoryMarshal.GetReference(_text);
        while (position + Vector128<byte>.Count <= _text.Length)
        {
            // Signed, UTF-8 bytes are below the space, as controls are.
            var bytes = Vector128.LoadUnsafe(ref text, (nuint)position);
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte();
            var mask = special.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return position + System.Numerics.BitOperations.TrailingZeroCount(mask);
            }

            position += Vector128<byte>.Count;
        }

        while (position < _text.Length && _text[position] is >= (byte)' ' and < 0x80 and not ((byte)'"' or (byte)'\\'))
        {
            position++;
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadUnusualString(int start, int special, out ReadOnlySpan<byte> value)
    {
        value = default;
        var hasEscapes = false;
        var hasUtf8 = false;
        while (true)
        {
            if (special >= _text.Length)
            {
                return FailAt(special, JsonError.EndsEarly);
            }

            var found = _text[special];
            if (found == '"')
            {
                break;
            }

            if (found < ' ')
            {
                return FailAt(special, JsonError.ControlCharacter);
            }

            if (found == '\\')
            {
                hasEscapes = true;
                var length = JsonEscapes.Length(_text[special..]);
                if (length == 0)
                {
                    return FailAt(special, JsonError.BadEscape);
                }

                special = NextSpecial(special + length);
            }
            else
            {
                hasUtf8 = true;
                special = NextSpecial(special + 1);
            }
        }

        var raw = _text[start..special];
        if (hasUtf8 && !Utf8.IsValid(raw))
        {
            return FailAt(start, JsonError.InvalidUtf8);
        }

        value = hasEscapes ? JsonEscapes.Decode(raw, _scratch) : raw;
        _position = special + 1;
        return true;
    }

    /// <summary>Adds a written exponent to the one the decimals gave, held within ±100,000.</summary>
    private readonly bool ReadExponent(ref int position, ref int exponent)
    {
        position++;
        var isNegative = false;
        if (position < _text.Length && _text[position] is (byte)'+' or (byte)'-')
        {
            isNegative = _text[position++] == '-';
        }

        var first = position;
        var value = 0;
        for (; position < _text.Length && _text[position] is >= (byte)'0' and <= (byte)'9'; position++)
        {
            value = Math.Min((value * 10) + _text[position] - '0', 100_000);
        }

        exponent = Math.Clamp(exponent + (isNegative ? -value : value), -100_000, 100_000);
        return position > first;
    }

    private static JsonNumber LongNumber(ReadOnlySpan<byte> digitsAndPoint, int exponent, bool isNegative)
    {
        var mantissa = 0ul;
        var zeros = 0;
        var digits = 0;
        var isLong = false;
        foreach (var value in digitsAndPoint)
        {
            if (value == '.')
            {
                continue;
            }

            if (value == '0')
            {
                zeros++;
                continue;
            }

            // Zeros count once a digit follows them; before the first digit they mean nothing.
            if (digits + zeros >= 19 && digits > 0)
            {
                isLong = true;
                break;
            }

            if (digits > 0)
            {
                mantissa *= DecimalGrid.Power(zeros);
                digits += zeros;
            }

            mantissa = (mantissa * 10) + value - '0';
            digits++;
            zeros = 0;
        }

        return new JsonNumber(mantissa, Math.Clamp(exponent + zeros, -100_000, 100_000), isNegative, isLong);
    }

    private bool Fail(JsonError error)
    {
        if (_error == JsonError.None)
        {
            _error = error;
        }

        return false;
    }

    private bool FailAt(int position, JsonError error)
    {
        _position = position;
        return Fail(error);
    }
}
