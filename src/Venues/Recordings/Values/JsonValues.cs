using System.Text.Json;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Values;

/// <summary>Reads values of a venue's JSON, where numbers stand as numbers here and as strings there.</summary>
internal static class JsonValues
{
    /// <exception cref="BadLineException">It is no decimal number, or negative.</exception>
    public static WireNumber Number(this ref Utf8JsonReader reader, string name) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && WireNumber.TryParse(reader.ValueSpan, out var number) && number.Digits >= 0
            ? number
            : throw new BadLineException($"{name} is a decimal number of at most 18 digits, not negative; found {Excerpt.Of(reader.ValueSpan)}");

    /// <exception cref="BadLineException">It is no decimal number, or not positive.</exception>
    public static WireNumber Price(this ref Utf8JsonReader reader) =>
        reader.Number("a price") is { Digits: > 0 } price ? price : throw new BadLineException("a price is zero");

    /// <exception cref="BadLineException">It is no whole number from 0 to 2^63 − 1.</exception>
    public static long Whole(this ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && WireNumber.TryParse(reader.ValueSpan, out var number) && number is { Decimals: 0, Digits: >= 0 })
        {
            return number.Digits;
        }

        throw new BadLineException($"{name} is a whole number; found {Excerpt.Of(reader.ValueSpan)}");
    }

    /// <exception cref="BadLineException">It is no checksum of 32 bits.</exception>
    public static uint Checksum(this ref Utf8JsonReader reader) =>
        reader.Whole("a checksum") is <= uint.MaxValue and var checksum ? (uint)checksum : throw new BadLineException("a checksum is more than 32 bits");

    /// <summary>Whether the current string is this one, escaped or not; false for a value that is no string.</summary>
    public static bool IsText(this ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueTextEquals(text);

    /// <summary>Enters an object: true while there is a field, whose value the reader then stands on and the caller has to pass.</summary>
    public static bool NextField(this ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        name = reader.ValueSpan;
        reader.Read();
        return true;
    }

    /// <summary>Inside an array: true while there is an element, which the reader then stands on.</summary>
    public static bool NextElement(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <exception cref="BadLineException">Another value stands there.</exception>
    public static void Require(this ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new BadLineException($"{what}; found {Excerpt.Of(reader.ValueSpan)}");
        }
    }
}
