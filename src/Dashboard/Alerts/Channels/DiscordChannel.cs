using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parallax.Dashboard.Alerts.Channels;

/// <summary>A webhook of a Discord channel: whoever knows its address may post there.</summary>
/// <remarks>Discord's documentation, "Execute Webhook": at most 2,000 characters; 429 with <c>retry_after</c> in seconds.</remarks>
/// <param name="webhook">A secret.</param>
public sealed class DiscordChannel(Uri webhook) : IAlertChannel, IDisposable
{
    private const int LengthMax = 2_000;
    private readonly WebCaller _web = new(TimeSpan.FromSeconds(20));

    public string Name => "discord";

    public async Task SendAsync(AlertMessage message, CancellationToken cancellation)
    {
        using var answer = await _web.PostAsync(webhook, new Post(message.Body(LengthMax), new Mentions([])), cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw WebCaller.Refused(webhook, answer.StatusCode, await RetryAfterAsync(answer, cancellation));
        }
    }

    public void Dispose() => _web.Dispose();

    private static async Task<TimeSpan?> RetryAfterAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.StatusCode != HttpStatusCode.TooManyRequests)
        {
            return null;
        }

        try
        {
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            if (body.RootElement.TryGetProperty("retry_after", out var seconds) && seconds.TryGetDecimal(out var pause) && pause is > 0 and < 86_400)
            {
                return TimeSpan.FromMilliseconds((long)decimal.Ceiling(pause * 1_000m));
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // A proxy between may answer with a page of its own.
        }

        return answer.Headers.RetryAfter?.Delta;
    }

    /// <param name="AllowedMentions">None: words from outside must not call everybody.</param>
    private sealed record Post(
        [property: JsonPropertyName("content")] string Content,
        [property: JsonPropertyName("allowed_mentions")] Mentions AllowedMentions);

    private sealed record Mentions([property: JsonPropertyName("parse")] IReadOnlyList<string> Parse);
}
