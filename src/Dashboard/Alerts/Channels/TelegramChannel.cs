using Parallax.Dashboard.Alerts.Telegram;

namespace Parallax.Dashboard.Alerts.Channels;

/// <summary>A chat with a Telegram bot.</summary>
/// <remarks>Telegram's Bot API, <c>sendMessage</c>: at most 4,096 characters; sent without a parse mode, so that no word of it is markup.</remarks>
/// <param name="bot">Disposed of with this.</param>
/// <param name="chat">Number of the chat; negative for a group.</param>
public sealed class TelegramChannel(TelegramBot bot, long chat) : IAlertChannel, IDisposable
{
    private const int LengthMax = 4_096;

    public string Name => "telegram";

    public Task SendAsync(AlertMessage message, CancellationToken cancellation) => bot.SendAsync(chat, message.Body(LengthMax), cancellation);

    public void Dispose() => bot.Dispose();
}
