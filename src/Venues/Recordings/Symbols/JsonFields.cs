using System.Text;
using System.Text.Json;
using Parallax.Venues.Recordings.Lines;
using Parallax.Venues.Recordings.Values;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>Reads the fields of instrument lists, where numbers stand as JSON numbers here and as strings there.</summary>
internal static class JsonFields
{
    /// <returns><see langword="null"/> when the field is absent, null or no string.</returns>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;

    /// <returns><see langword="null"/> when the field is absent, null or blank.</returns>
    /// <exception cref="FormatException">It is there and no decimal number.</exception>
    public static decimal? Number(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var field))
        {
            return null;
        }

        var text = field.ValueKind switch
        {
            JsonValueKind.Number => field.GetRawText(),
            JsonValueKind.String => field.GetString()!,
            JsonValueKind.Null => "",
            _ => throw new FormatException($"{name} is a decimal number; found {Excerpt.Of(field.GetRawText())}"),
        };
        return Number(text, name);
    }

    public static decimal? Number(string text, string name) =>
        string.IsNullOrWhiteSpace(text) ? null
        : WireNumber.TryParse(Encoding.UTF8.GetBytes(text.Trim()), out var number) ? number.ToDecimal()
        : throw new FormatException($"{name} is a decimal number of at most 18 digits; found {Excerpt.Of(text)}");
}
