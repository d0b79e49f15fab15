using System.Buffers;
using System.Text.Json;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Faults;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>Answers one REST method.</summary>
/// <param name="result">Writes the value of <c>result</c>.</param>
/// <returns>Kraken's words for what is wrong; <see langword="null"/> when the result was written.</returns>
internal delegate string? RestMethod(RestRequest request, Utf8JsonWriter result);

/// <summary>All REST methods. Every answer is HTTP 200 with <c>error</c> and <c>result</c>. Exchange thread only.</summary>
internal sealed class RestApi(PublicMethods publicMethods, PrivateMethods privateMethods, Authenticator authenticator, RateCounters rates)
{
    private readonly List<RestFault> _faults = [];

    /// <summary>Lets a fault befall the next call of its method.</summary>
    public void Order(RestFault fault) => _faults.Add(fault);

    public HttpAnswer Handle(RestRequest request)
    {
        if (_faults.Find(one => one.Method == request.Method) is not { } fault)
        {
            return new HttpAnswer(Answer(request));
        }

        _faults.Remove(fault);
        if (fault.IsCarriedOut)
        {
            Answer(request);
        }

        return fault.Error is { } error ? new HttpAnswer(Failure(error)) : new HttpAnswer([], fault.Status, fault.RetryAfterSeconds);
    }

    private byte[] Answer(RestRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, PlainJson.Options);
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

        return request.Path.StartsWith("/0/private/", StringComparison.Ordinal) && privateMethods.Find(request.Method) is { } found
            ? Private(request, json, found.Needed, found.Run)
            : "EGeneral:Unknown method";
    }

    private string? Private(RestRequest request, Utf8JsonWriter json, KrakenPermissions needed, PrivateMethod run)
    {
        if (authenticator.Check(request, out var account) is { } error)
        {
            return error;
        }

        return !account!.Can(needed) ? "EGeneral:Permission denied" : rates.Call(account, request.Method, request.Time) ?? run(account, request, json);
    }

    private static byte[] Failure(string error) => JsonSerializer.SerializeToUtf8Bytes(new { error = new[] { error }, result = new { } });
}
