using System.Net;
using Parallax.Cli.Config;
using Parallax.Dashboard.Alerts.Channels;
using Parallax.Trading.Decisions;

namespace Parallax.Cli.Alerts;

/// <summary>By which channels people are told of what happens.</summary>
/// <param name="Discord">Null without one.</param>
public sealed record AlertSettings(Weight Level, TelegramTerms? Telegram, Uri? Discord, EmailTerms? Email)
{
    public static AlertSettings None { get; } = new(Weight.Warning, null, null, null);

    // What is inside is secret.
    public override string ToString() => $"alerts from {Level}";

    internal static AlertSettings Of(SettingSet set) => new(set.Get(SettingCatalog.AlertsLevel), TelegramOf(set), DiscordOf(set), EmailOf(set));

    internal static void CheckTogether(SettingSet set)
    {
        if (set.Get(SettingCatalog.TelegramToken) is not null && set.Get(SettingCatalog.TelegramChat) == 0)
        {
            set.Contradict(SettingCatalog.TelegramToken, $"the chat it writes to beside it, as {SettingCatalog.TelegramChat.Key}");
        }

        if (set.Get(SettingCatalog.TelegramEndpoint) is { } endpoint && !AlertAddress.IsSafe(endpoint))
        {
            set.Contradict(SettingCatalog.TelegramEndpoint, "an address with https://, or on this machine");
        }

        if (set.Get(SettingCatalog.DiscordWebhook) is { } webhook && !AlertAddress.IsSafe(webhook))
        {
            set.Contradict(SettingCatalog.DiscordWebhook, "an address with https://, or on this machine");
        }

        if (set.Get(SettingCatalog.EmailServer) is null)
        {
            return;
        }

        if (set.Get(SettingCatalog.EmailFrom) is null || set.Get(SettingCatalog.EmailTo).Count == 0)
        {
            set.Contradict(SettingCatalog.EmailServer, $"{SettingCatalog.EmailFrom.Key} and {SettingCatalog.EmailTo.Key} beside it");
        }

        if (set.Get(SettingCatalog.EmailPassword) is not null && !set.Get(SettingCatalog.EmailTls))
        {
            set.Note("alerts.email.password travels without TLS: whoever is on the way reads it.");
        }
    }

    private static TelegramTerms? TelegramOf(SettingSet set) => set.Get(SettingCatalog.TelegramToken) is { } token
        ? new TelegramTerms(
            set.Get(SettingCatalog.TelegramEndpoint) ?? new Uri(SettingCatalog.TelegramEndpoint.DefaultText),
            token,
            set.Get(SettingCatalog.TelegramChat),
            set.Get(SettingCatalog.TelegramCommands))
        : null;

    private static Uri? DiscordOf(SettingSet set) => set.Get(SettingCatalog.DiscordWebhook) is { } webhook ? new Uri(webhook) : null;

    private static EmailTerms? EmailOf(SettingSet set) => set.Get(SettingCatalog.EmailServer) is DnsEndPoint server
        ? new EmailTerms(
            server.Host,
            server.Port,
            set.Get(SettingCatalog.EmailTls),
            set.Get(SettingCatalog.EmailFrom)!,
            set.Get(SettingCatalog.EmailTo),
            set.Get(SettingCatalog.EmailUser),
            set.Get(SettingCatalog.EmailPassword))
        : null;
}

/// <param name="Token">A secret.</param>
/// <param name="Chat">Not zero.</param>
public sealed record TelegramTerms(Uri Endpoint, string Token, long Chat, bool TakesCommands)
{
    public override string ToString() => $"chat {Chat}";
}
