using System.Runtime.InteropServices;
using System.Text.Json;
using Parallax.Domain;

namespace Parallax.Venues.Wire;

/// <summary>Reads the fields of messages that are not on the hot path.</summary>
/// <remarks>
/// A field that is absent or null comes back as <see langword="null"/>; one of another type than promised throws
/// <see cref="FormatException"/>, which the reader of the whole message turns into its answer.
/// </remarks>
internal static class JsonFields
{
    /// <summary>Far beyond any price or balance, and low enough that sums of a few cannot overflow.</summary>
    private const decimal NumberMax = 1_000_000_000_000_000_000_000_000m;

    public static JsonElement? Field(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null
            ? field
            : null;

    public static string? Text(this JsonElement parent, string name) => parent.Field(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.String ? field.GetString()
        : throw new FormatException($"\"{name}\" is not a text.");

    public static string TextOf(this JsonElement parent, string name) => parent.Text(name) ?? throw Missing(name);

    /// <summary>A number, or a text that holds one; exact.</summary>
    public static decimal? Decimal(this JsonElement parent, string name)
    {
        if (parent.Field(name) is not { } field)
        {
            return null;
        }

        return TryDecimal(field, out var value) ? value : throw new FormatException($"\"{name}\" is not a number that 28 digits hold.");
    }

    public static decimal DecimalOf(this JsonElement parent, string name) => parent.Decimal(name) ?? throw Missing(name);

    public static decimal? NotNegative(this JsonElement parent, string name) => parent.Decimal(name) is < 0m
        ? throw new FormatException($"\"{name}\" is below zero.")
        : parent.Decimal(name);

    public static decimal PositiveOf(this JsonElement parent, string name) => parent.DecimalOf(name) is > 0m and var value
        ? value
        : throw new FormatException($"\"{name}\" is not above zero.");

    public static long? Int64(this JsonElement parent, string name) => parent.Field(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var value) ? value
        : throw new FormatException($"\"{name}\" is not a whole number.");

    public static int Int32Of(this JsonElement parent, string name) =>
        parent.Int64(name) is { } value ? checked((int)Math.Clamp(value, int.MinValue, int.MaxValue)) : throw Missing(name);

    public static ulong? UInt64(this JsonElement parent, string name) => parent.Field(name) is not { } field ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetUInt64(out var value) ? value
        : throw new FormatException($"\"{name}\" is not a whole number of 64 bits.");

    public static bool? Bool(this JsonElement parent, string name) => parent.Field(name) is not { } field ? null
        : field.ValueKind is JsonValueKind.True or JsonValueKind.False ? field.GetBoolean()
        : throw new FormatException($"\"{name}\" is neither true nor false.");

    /// <summary>A time; also <see langword="null"/> when the text is none, since the times of control messages decide nothing.</summary>
    public static UtcNanos? Time(this JsonElement parent, string name) =>
        parent.Field(name) is { ValueKind: JsonValueKind.String } field
            && Rfc3339.TryParse(System.Text.Encoding.UTF8.GetBytes(field.GetString()!), out var nanos)
            ? new UtcNanos(nanos)
            : null;

    /// <summary>The elements of an array; none when it is absent.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement parent, string name) => parent.Field(name) is not { } field ? []
        : field.ValueKind == JsonValueKind.Array ? field.EnumerateArray()
        : throw new FormatException($"\"{name}\" is not a list.");

    /// <summary>The elements of an array that has to be there: where it is not, nothing must look like an empty one.</summary>
    public static IEnumerable<JsonElement> ItemsOf(this JsonElement parent, string name) =>
        parent.Field(name) is not null ? parent.Items(name) : throw Missing(name);

    public static IEnumerable<JsonProperty> MembersOf(this JsonElement parent, string name) =>
        parent.Field(name) is not null ? parent.Members(name) : throw Missing(name);

    /// <summary>The members of an object; none when it is absent.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement parent, string name) => parent.Field(name) is not { } field ? []
        : field.ValueKind == JsonValueKind.Object ? field.EnumerateObject()
        : throw new FormatException($"\"{name}\" is not an object.");

    public static bool TryDecimal(JsonElement field, out decimal value)
    {
        value = 0m;
        ReadOnlySpan<byte> digits;
        if (field.ValueKind == JsonValueKind.Number)
        {
            digits = JsonMarshal.GetRawUtf8Value(field);
        }
        else if (field.ValueKind == JsonValueKind.String)
        {
            digits = System.Text.Encoding.UTF8.GetBytes(field.GetString()!);
        }
        else
        {
            return false;
        }

        return ExactDecimal.TryParse(digits, out value) && value is >= -NumberMax and <= NumberMax;
    }

    private static FormatException Missing(string name) => new($"\"{name}\" is missing.");
}
