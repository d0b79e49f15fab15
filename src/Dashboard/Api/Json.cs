using System.Text.Json;
using System.Text.Json.Serialization;
using Parallax.Domain;

namespace Parallax.Dashboard.Api;

/// <summary>How the API writes: names in snake case, amounts as decimal strings, times as ISO 8601 with nanoseconds.</summary>
internal static class Json
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        // A number is a number: otherwise every integer is described as "integer or text".
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new Amounts());
        options.Converters.Add(new Times());
    }

    /// <summary>A JSON number is binary64 to most readers; an amount is exact.</summary>
    private sealed class Amounts : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            decimal.Parse(reader.GetString() ?? "", System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(Decimals.Plain(value));
    }

    private sealed class Times : JsonConverter<UtcNanos>
    {
        public override UtcNanos Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            UtcNanos.TryParse(reader.GetString() ?? "", out var time) ? time : throw new JsonException("A time is ISO 8601 in UTC.");

        public override void Write(Utf8JsonWriter writer, UtcNanos value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
