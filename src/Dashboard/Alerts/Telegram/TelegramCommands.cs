using System.Globalization;
using Parallax.Dashboard.Alerts.Channels;
using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Alerts.Telegram;

/// <summary>What may be done from a chat: look, and stop. To resume or to arm somebody has to sit at the page or the terminal.</summary>
/// <remarks>
/// A command is obeyed at most once: its update is written off before it is obeyed. One from another chat, or older than <see cref="AgeMax"/>, is
/// refused, and the journal keeps that it came.
/// </remarks>
/// <param name="chat">The only chat that is listened to.</param>
/// <param name="placeFile">Keeps the next update's number over restarts.</param>
public sealed class TelegramCommands(TelegramBot bot, long chat, IOperatedSession session, string placeFile, TimeProvider time)
{
    public const string Who = "telegram";
    public const string ChannelName = "telegram-commands";

    /// <summary>A command that waited longer, because the bot or this program was down, may not be meant any more.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(60);

    private const string Help = "/status shows how the session is. /kill REASON stops trading. Resuming and arming need the page or the terminal.";
    private const int RefusalsAMinute = 20;
    private const int TextMax = 200;
    private static readonly TimeSpan RetryMin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(5);

    private volatile ChannelHealth _health = new(ChannelName, 0, 0, 0, null);
    private long _refusalMinute;
    private int _refusals;

    /// <summary>Its figures count commands: obeyed, and refused.</summary>
    public ChannelHealth Health => _health;

    /// <summary>Listens until canceled; returns then.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var next = ReadPlace();
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                foreach (var update in await bot.UpdatesAsync(next, cancellation))
                {
                    if (update.Id < next)
                    {
                        // Told twice: it was written off.
                        continue;
                    }

                    next = update.Id + 1;
                    WholeFile.Write(placeFile, next.ToString(CultureInfo.InvariantCulture), isPrivate: false);
                    await TakeAsync(update, cancellation);
                }

                _health = _health with { Failures = 0, Trouble = null };
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception wrong)
            {
                await Task.Delay(Fail(wrong), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeAsync(TelegramUpdate update, CancellationToken cancellation)
    {
        if (update.Message is not { Text: { } text } message || !text.StartsWith('/'))
        {
            return;
        }

        if (message.Chat.Id != chat)
        {
            // No answer: whoever it is learns nothing.
            await RefuseAsync($"unknown chat {message.Chat.Id}: {PlainText.OneLine(text, TextMax)}", cancellation);
            return;
        }

        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(message.Date, 0, uint.MaxValue));
        if (age > AgeMax || age < -AgeMax)
        {
            var when = age < TimeSpan.Zero ? "from the future" : $"{Words.Show.Duration((long)age.TotalSeconds * UtcNanos.PerSecond)} old";
            await RefuseAsync($"{when}: {PlainText.OneLine(text, TextMax)}", cancellation);
            await bot.SendAsync(chat, "That command is too old to be obeyed; say it again if it is still meant.", cancellation);
            return;
        }

        await bot.SendAsync(chat, await ObeyAsync(text, cancellation), cancellation);
    }

    private async Task<string> ObeyAsync(string text, CancellationToken cancellation)
    {
        var words = PlainText.OneLine(text, TextMax).Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // In a group a command is addressed: /kill@that_bot.
        switch (words[0].Split('@')[0])
        {
            case "/kill":
                var answer = await session.KillAsync(words.Length > 1 ? words[1] : "stopped from a chat", Who, cancellation);
                _health = _health with { Sent = _health.Sent + 1 };
                return answer.Sentence;
            case "/status":
                _health = _health with { Sent = _health.Sent + 1 };
                return Status(session.Current);
            default:
                return Help;
        }
    }

    private async Task RefuseAsync(string what, CancellationToken cancellation)
    {
        _health = _health with { Expired = _health.Expired + 1 };
        // Whoever floods the bot must not flood the journal.
        var minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        _refusals = minute == _refusalMinute ? _refusals + 1 : 1;
        _refusalMinute = minute;
        if (_refusals <= RefusalsAMinute)
        {
            await session.NoteRefusedAsync(what, Who, cancellation);
        }
    }

    private static string Status(SessionSnapshot now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{now.Mode}: {now.State.ToString().ToLowerInvariant()}{(now.StateReason is { } reason ? $" ({reason})" : "")}. {now.OpenPlans.Count} plans open, {now.Fills} fills, {now.Opportunities} opportunities.");

    private TimeSpan Fail(Exception wrong)
    {
        var failures = _health.Failures + 1;
        _health = _health with { Failures = failures, Trouble = wrong is ChannelException ? wrong.Message : $"Commands are not heard: {wrong.GetType().Name}." };
        return ChannelException.Pause(wrong, failures, RetryMin, RetryMax);
    }

    private long ReadPlace()
    {
        try
        {
            return long.TryParse(File.ReadAllText(placeFile), NumberStyles.None, CultureInfo.InvariantCulture, out var next) ? next : 0;
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }
}
