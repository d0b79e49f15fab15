using System.Text.Json;
using System.Text.Json.Serialization;
using Parallax.Dashboard.Alerts.Channels;

namespace Parallax.Dashboard.Alerts.Telegram;

/// <summary>Telegram's Bot API, as far as it is used: <c>sendMessage</c> and <c>getUpdates</c>.</summary>
/// <param name="endpoint"><c>https://api.telegram.org</c>.</param>
/// <param name="token">A secret; part of every address that is called.</param>
public sealed class TelegramBot(Uri endpoint, string token) : IDisposable
{
    /// <summary>How long Telegram holds a question for updates before it answers that there are none.</summary>
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(25);

    private readonly WebCaller _web = new(LongPoll + TimeSpan.FromSeconds(15));

    /// <exception cref="ChannelException">It was not delivered.</exception>
    public async Task SendAsync(long chat, string text, CancellationToken cancellation) =>
        _ = await CallAsync("sendMessage", new Outgoing(chat, text, new LinkPreview(true)), cancellation);

    /// <summary>What people wrote to the bot; waits up to <see cref="LongPoll"/> for the first.</summary>
    /// <param name="offset">The first update that is wanted; all before it are forgotten by Telegram.</param>
    /// <returns>In their order; empty when nobody wrote. What is no text message has no text.</returns>
    /// <exception cref="ChannelException">Telegram was not reached or refused.</exception>
    public async Task<IReadOnlyList<TelegramUpdate>> UpdatesAsync(long offset, CancellationToken cancellation)
    {
        var result = await CallAsync("getUpdates", new Question(offset, (int)LongPoll.TotalSeconds, ["message"]), cancellation);
        try
        {
            return result.Deserialize<IReadOnlyList<TelegramUpdate>>() ?? [];
        }
        catch (JsonException)
        {
            throw new ChannelException($"{endpoint.Host} answered with something else than updates.");
        }
    }

    public void Dispose() => _web.Dispose();

    private async Task<JsonElement> CallAsync<T>(string method, T body, CancellationToken cancellation)
    {
        using var response = await _web.PostAsync(new Uri(endpoint, $"/bot{token}/{method}"), body, cancellation);
        Answer? answer;
        try
        {
            answer = JsonSerializer.Deserialize<Answer>(await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (JsonException)
        {
            answer = null;
        }

        return answer is { IsOk: true } ? answer.Result
            : throw WebCaller.Refused(endpoint, response.StatusCode, answer?.Parameters is { RetryAfter: > 0 and < 86_400 } wait ? TimeSpan.FromSeconds(wait.RetryAfter) : null);
    }

    private sealed record Outgoing(
        [property: JsonPropertyName("chat_id")] long Chat,
        [property: JsonPropertyName("text")] string Text,
        [property: JsonPropertyName("link_preview_options")] LinkPreview Preview);

    private sealed record LinkPreview([property: JsonPropertyName("is_disabled")] bool IsDisabled);

    private sealed record Question(
        [property: JsonPropertyName("offset")] long Offset,
        [property: JsonPropertyName("timeout")] int Timeout,
        [property: JsonPropertyName("allowed_updates")] IReadOnlyList<string> Kinds);

    private sealed record Answer(
        [property: JsonPropertyName("ok")] bool IsOk,
        [property: JsonPropertyName("result")] JsonElement Result,
        [property: JsonPropertyName("parameters")] AnswerParameters? Parameters);

    private sealed record AnswerParameters([property: JsonPropertyName("retry_after")] int RetryAfter);
}

/// <param name="Id">Rises with every update; never used twice.</param>
public sealed record TelegramUpdate([property: JsonPropertyName("update_id")] long Id, [property: JsonPropertyName("message")] TelegramMessage? Message);

/// <param name="Date">When it was written, seconds since 1970, Telegram's clock.</param>
public sealed record TelegramMessage(
    [property: JsonPropertyName("date")] long Date,
    [property: JsonPropertyName("chat")] TelegramChat Chat,
    [property: JsonPropertyName("text")] string? Text);

public sealed record TelegramChat([property: JsonPropertyName("id")] long Id);
