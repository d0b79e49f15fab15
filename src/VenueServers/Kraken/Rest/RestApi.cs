using System.Buffers;
using System.Text.Json;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>Answers one REST method.</summary>
/// <param name="result">Writes the value of <c>result</c>.</param>
/// <returns>Kraken's words for what is wrong; <see langword="null"/> when the result was written.</returns>
internal delegate string? RestMethod(RestRequest request, Utf8JsonWriter result);

/// <summary>All REST methods. Every answer is HTTP 200 with <c>error</c> and <c>result</c>. Exchange thread only.</summary>
internal sealed class RestApi(PublicMethods publicMethods)
{
    /// <returns>The body of the answer.</returns>
    public byte[] Handle(RestRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("error");
        json.WriteEndArray();
        json.WritePropertyName("result");
        var error = Result(request, json);
        if (error is not null)
        {
            return Failure(error);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private string? Result(RestRequest request, Utf8JsonWriter json)
    {
        if (request.Path.StartsWith("/0/public/", StringComparison.Ordinal) && publicMethods.Find(request.Method) is { } method)
        {
            return method(request, json);
        }

        return "EGeneral:Unknown method";
    }

    private static byte[] Failure(string error) => JsonSerializer.SerializeToUtf8Bytes(new { error = new[] { error }, result = new { } });
}
