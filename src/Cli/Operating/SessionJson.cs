using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parallax.Domain;

namespace Parallax.Cli.Operating;

/// <summary>How verbs read what a running session answers: names in snake case, amounts as text, times as ISO 8601.</summary>
internal static class SessionJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new Times() },
    };

    /// <exception cref="UserErrorException">There was no answer, a refusal, or something that is no session of ours.</exception>
    public static T Read<T>(SessionAnswer answer) => Read(answer, json => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("null"));

    /// <inheritdoc cref="Read{T}(SessionAnswer)"/>
    public static T Read<T>(SessionAnswer answer, Func<string, T> parse)
    {
        try
        {
            return answer.Status == HttpStatusCode.OK ? parse(answer.Text) : throw new UserErrorException($"The session did not answer: {answer.Sentence.TrimEnd('.')}.");
        }
        catch (JsonException wrong)
        {
            throw new UserErrorException("What answered is no session of Parallax.", ExitCodes.Failed, wrong);
        }
    }

    private sealed class Times : JsonConverter<UtcNanos>
    {
        public override UtcNanos Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && UtcNanos.TryParse(reader.GetString()!, out var time) ? time : throw new JsonException("A time is ISO 8601 in UTC.");

        public override void Write(Utf8JsonWriter writer, UtcNanos value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
