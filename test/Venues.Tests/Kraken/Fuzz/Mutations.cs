using System.Text;
using System.Text.Json;

namespace Parallax.Venues.Tests.Kraken.Fuzz;

/// <summary>Spoils messages, each the same way for the same seed: bytes at random, or single values of JSON that stays legal.</summary>
internal sealed class Mutations(ulong seed)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "0.5", "1e-08", "1e28", "1e29", "-1e24", "1e999999999", "1e-999999999", "18446744073709551615",
        "18446744073709551616", "9223372036854775808", "99999999999999999999999999999999999999", "0.00000000000000000000000000001", "\"\"", "\"0\"",
        "\"1e-08\"", "\"NaN\"", "\"\\ud800\"", "\"\\u0000\"", "\"snapshot\"", "\"update\"", "\"buy\"", "\"trade\"", "\"A/B\"", "\"A/B/C\"", "\"XBT\"",
        "\"2023-09-25T09:04:31.742599Z\"", "\"9999-99-99T99:99:99Z\"", "\"EService: Throttled: 99999999999999\"", "[]", "{}", "[[]]", "[null]", "[0,0,0]",
        "[1e28,1e28,1e28]", "{\"\":{}}", "{\"orders\":[]}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[0]]]]]]",
    ];

    private static readonly string[] Pieces = ["\"", "\\", "{", "}", "[", "]", ":", ",", "-", "e", ".", "\\u", "\uD83D\uDE00", "null", " ", "\n", "\0"];

    private ulong _state = seed;

    public int Below(int bound) => (int)((UInt128)Next() * (uint)bound >> 64);

    public byte[] Random(int length)
    {
        var bytes = new byte[length];
        foreach (ref var b in bytes.AsSpan())
        {
            b = (byte)Next();
        }

        return bytes;
    }

    public byte[] Spoil(byte[] message)
    {
        for (var times = Below(3); times >= 0; times--)
        {
            message = Below(3) == 0 ? SpoilBytes(message) : SpoilValue(message);
        }

        return message;
    }

    private byte[] SpoilBytes(byte[] message)
    {
        var at = Below(message.Length + 1);
        var end = Math.Min(message.Length, at + Below(12));
        return Below(4) switch
        {
            0 => message[..at],
            1 => [.. message[..at], .. message[end..]],
            2 => [.. message[..end], .. message[at..]],
            _ => [.. message[..at], .. Below(2) == 0 ? Random(1 + Below(3)) : Encoding.UTF8.GetBytes(Pieces[Below(Pieces.Length)]), .. message[end..]],
        };
    }

    /// <summary>Puts another value in the place of one, or another name in the place of one, or leaves a field out.</summary>
    private byte[] SpoilValue(byte[] message)
    {
        var places = Places(message);
        if (places.Count == 0)
        {
            return SpoilBytes(message);
        }

        var (start, end, isName) = places[Below(places.Count)];
        var text = isName ? "\"other\"" : Values[Below(Values.Length)];
        return [.. message[..start], .. Encoding.UTF8.GetBytes(text), .. message[end..]];
    }

    private static List<(int Start, int End, bool IsName)> Places(byte[] message)
    {
        var places = new List<(int, int, bool)>();
        var reader = new Utf8JsonReader(message);
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        places.Add((start, start + reader.ValueSpan.Length + 2, true));
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        var whole = reader;
                        if (whole.TrySkip())
                        {
                            places.Add((start, (int)whole.BytesConsumed, false));
                        }

                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        break;
                    default:
                        places.Add((start, (int)reader.BytesConsumed, false));
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // Spoiled before: what was readable is spoiled further.
        }

        return places;
    }

    /// <summary>SplitMix64.</summary>
    private ulong Next()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
