using System.Globalization;
using System.Text;
using System.Text.Json;
using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>A REST request, its arguments read from the query, a form or JSON.</summary>
/// <param name="Path">As it is signed: <c>/0/private/AddOrder</c>.</param>
/// <param name="Body">The bytes as they came: they are what is signed.</param>
/// <param name="Key">The <c>API-Key</c> header; <see langword="null"/> without one.</param>
/// <param name="Signature">The <c>API-Sign</c> header; <see langword="null"/> without one.</param>
/// <param name="Time">When it is handled, UTC nanoseconds.</param>
internal sealed record RestRequest(string Path, byte[] Body, IReadOnlyDictionary<string, string> Arguments, string? Key, string? Signature, long Time)
{
    /// <summary>The last part of the path.</summary>
    public string Method => Path[(Path.LastIndexOf('/') + 1)..];

    public string? Text(string name) => Arguments.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Flag(string name) => Text(name) is "true" or "1";

    public decimal? Decimal(string name) =>
        decimal.TryParse(Text(name), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    public int? Number(string name) => int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Whether a time lies between <c>start</c>, not included, and <c>end</c>, as far as they are given in seconds.</summary>
    /// <param name="time">UTC nanoseconds.</param>
    public bool IsWithin(long time)
    {
        var seconds = (decimal)time / UtcNanos.PerSecond;
        return !(seconds <= Decimal("start")) && !(seconds > Decimal("end"));
    }

    /// <summary>A list separated by commas; empty when it is not there.</summary>
    public string[] Texts(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Reads the arguments of a query and a body together.</summary>
    public static IReadOnlyDictionary<string, string> ReadArguments(string query, ReadOnlySpan<byte> body)
    {
        var arguments = new Dictionary<string, string>();
        ReadForm(query.TrimStart('?'), arguments);
        var text = Encoding.UTF8.GetString(body);
        if (text.TrimStart().StartsWith('{'))
        {
            ReadJson(text, arguments);
        }
        else
        {
            ReadForm(text, arguments);
        }

        return arguments;
    }

    private static void ReadForm(string form, Dictionary<string, string> arguments)
    {
        foreach (var part in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                arguments[Decode(part[..at])] = Decode(part[(at + 1)..]);
            }
        }

        static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    private static void ReadJson(string text, Dictionary<string, string> arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                arguments[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            }
        }
        catch (JsonException)
        {
            // No arguments: the method that needs one says so.
        }
    }
}
