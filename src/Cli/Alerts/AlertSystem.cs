using Parallax.Dashboard.Alerts;
using Parallax.Dashboard.Alerts.Channels;
using Parallax.Dashboard.Alerts.Telegram;
using Parallax.Reporting.Sessions;

namespace Parallax.Cli.Alerts;

/// <summary>The wiring of alerts, top to bottom: journal → channels; chat → commands → session.</summary>
internal sealed class AlertSystem : IAsyncDisposable
{
    private readonly AlertDesk _desk;
    private readonly TelegramCommands? _commands;
    private readonly TelegramBot? _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    private AlertSystem(AlertDesk desk, TelegramCommands? commands, TelegramBot? listener)
    {
        (_desk, _commands, _listener) = (desk, commands, listener);
        _listening = commands?.RunAsync(_stop.Token) ?? Task.CompletedTask;
    }

    public IReadOnlyList<ChannelHealth> Health => [.. _desk.Health, .. _commands is null ? (ChannelHealth[])[] : [_commands.Health]];

    /// <returns>Null where no channel is set.</returns>
    public static AlertSystem? Start(AlertSettings settings, string mode, IOperatedSession session, string journal, string dataFolder, TimeProvider time)
    {
        var channels = Channels(settings);
        if (channels.Count == 0)
        {
            return null;
        }

        var desk = new AlertDesk(channels, journal, dataFolder, new AlertOptions { Origin = OriginOf(mode), WeightMin = settings.Level }, time);
        if (settings.Telegram is not { TakesCommands: true } telegram)
        {
            return new AlertSystem(desk, null, null);
        }

        var listener = new TelegramBot(telegram.Endpoint, telegram.Token);
        return new AlertSystem(desk, new TelegramCommands(listener, telegram.Chat, session, Path.Combine(dataFolder, "telegram-commands.place"), time), listener);
    }

    /// <summary>Those that are set, in the order in which they are shown.</summary>
    public static IReadOnlyList<IAlertChannel> Channels(AlertSettings settings)
    {
        var channels = new List<IAlertChannel>();
        if (settings.Telegram is { } telegram)
        {
            channels.Add(new TelegramChannel(new TelegramBot(telegram.Endpoint, telegram.Token), telegram.Chat));
        }

        if (settings.Discord is { } webhook)
        {
            channels.Add(new DiscordChannel(webhook));
        }

        if (settings.Email is { } email)
        {
            channels.Add(new EmailChannel(email));
        }

        return channels;
    }

    public static string OriginOf(string mode) => $"Parallax {mode} on {Environment.MachineName}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        await _desk.DisposeAsync();
        _listener?.Dispose();
        _stop.Dispose();
    }
}
