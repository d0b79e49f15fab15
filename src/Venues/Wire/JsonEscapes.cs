using System.Text;

namespace Parallax.Venues.Wire;

/// <summary>The escapes of JSON strings.</summary>
internal static class JsonEscapes
{
    /// <summary>How many bytes the escape at the start of a text takes: 2 or 6; zero when it is none.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        return text[1] switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' => 2,
            (byte)'u' when text.Length >= 6 && IsHex(text[2]) && IsHex(text[3]) && IsHex(text[4]) && IsHex(text[5]) => 6,
            _ => 0,
        };
    }

    /// <summary>Decodes a string whose escapes are known to be legal; half a surrogate pair becomes U+FFFD.</summary>
    /// <returns>As much as fits the target.</returns>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var length = 0;
        for (var i = 0; i < raw.Length;)
        {
            if (length + 4 > target.Length)
            {
                break;
            }

            if (raw[i] != '\\')
            {
                target[length++] = raw[i++];
                continue;
            }

            if (raw[i + 1] != 'u')
            {
                target[length++] = Short(raw[i + 1]);
                i += 2;
                continue;
            }

            var unit = Unit(raw[(i + 2)..]);
            i += 6;
            if (char.IsHighSurrogate(unit) && i < raw.Length && raw[i] == '\\' && raw[i + 1] == 'u' && char.IsLowSurrogate(Unit(raw[(i + 2)..])))
            {
                length += new Rune(unit, Unit(raw[(i + 2)..])).EncodeToUtf8(target[length..]);
                i += 6;
                continue;
            }

            length += (char.IsSurrogate(unit) ? Rune.ReplacementChar : new Rune(unit)).EncodeToUtf8(target[length..]);
        }

        return target[..length];
    }

    private static byte Short(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    private static char Unit(ReadOnlySpan<byte> hex) =>
        (char)((Hex(hex[0]) << 12) | (Hex(hex[1]) << 8) | (Hex(hex[2]) << 4) | Hex(hex[3]));

    private static bool IsHex(byte value) => char.IsAsciiHexDigit((char)value);

    private static int Hex(byte value) => value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10;
}
