using System.Text.Json;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>What a REST call came to: a result, or the venue's errors, or a body that is no answer.</summary>
/// <remarks>The venue answers with status 200 whatever happened; only the list of errors tells.</remarks>
/// <typeparam name="T">The result of the method.</typeparam>
public sealed record RestAnswer<T>
    where T : class
{
    /// <summary>There exactly when the call succeeded.</summary>
    public T? Result { get; init; }

    /// <summary>The venue's own texts; see <see cref="ErrorCodes"/>.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why there is no answer of this method: one sentence.</summary>
    public string? Malformed { get; init; }

    /// <summary>Whether the venue certainly never got the request.</summary>
    public bool IsNotSent { get; init; }

    /// <summary>
    /// Whether the venue certainly did not carry the request out: it never got it, or turned it away unread (a status of 400 to 499, but
    /// for a timeout). Errors are judged by <see cref="ErrorCodes.Respond"/>.
    /// </summary>
    public bool IsTurnedAway { get; init; }

    /// <summary>What the venue said, or why it said nothing; empty when it gave a result.</summary>
    public string Trouble => Malformed ?? string.Join(", ", Errors);
}

public static class RestAnswer
{
    /// <summary>Longer bodies are refused unread; the whole list of pairs is 1 to 2 MB.</summary>
    public const int BodyBytesMax = 16 * 1024 * 1024;

    /// <summary>Reads what became of a request. Nothing is thrown.</summary>
    /// <param name="read">Reads the result; may throw <see cref="FormatException"/>.</param>
    internal static RestAnswer<T> Read<T>(RestReply reply, Func<JsonElement, T> read)
        where T : class
    {
        if (reply.Outcome != RestOutcome.Answered)
        {
            var isNotSent = reply.Outcome == RestOutcome.NotSent;
            return new RestAnswer<T> { Malformed = reply.Trouble, IsNotSent = isNotSent, IsTurnedAway = isNotSent };
        }

        return reply.IsSuccess ? Read(reply.Body, read) : new RestAnswer<T>
        {
            Malformed = $"The venue answered with status {(int)reply.Status!.Value}.",
            IsTurnedAway = (int)reply.Status.Value is >= 400 and < 500 and not 408,
        };
    }

    /// <summary>Reads a body. Nothing is thrown.</summary>
    /// <param name="read">Reads the result; may throw <see cref="FormatException"/>.</param>
    public static RestAnswer<T> Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
        where T : class
    {
        if (body.Length > BodyBytesMax)
        {
            return new RestAnswer<T> { Malformed = $"The body has {body.Length} bytes, more than {BodyBytesMax}." };
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.Field("error") is not { ValueKind: JsonValueKind.Array } texts)
            {
                return new RestAnswer<T> { Malformed = "The body has no list of errors." };
            }

            var all = texts.EnumerateArray().Select(text => text.GetString() ?? "").ToArray();
            var errors = all.Where(text => !ErrorCodes.IsWarning(text)).ToArray();
            return new RestAnswer<T>
            {
                Errors = errors,
                Warnings = [.. all.Where(ErrorCodes.IsWarning)],
                Result = errors.Length > 0 ? null : read(root.Field("result") ?? throw new FormatException("\"result\" is missing.")),
            };
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return new RestAnswer<T> { Malformed = wrong.Message };
        }
    }
}
