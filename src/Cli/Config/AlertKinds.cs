using System.Net;
using System.Net.Mail;

namespace Parallax.Cli.Config;

/// <summary>Kinds of settings that only alerts have.</summary>
internal static class AlertKinds
{
    /// <summary><c>HOST:PORT</c>.</summary>
    public static Setting<DnsEndPoint?> Server(string key, string defaultText, string summary) => new()
    {
        Key = key,
        Type = "server",
        Unit = "",
        Allowed = "HOST:PORT",
        Takes = "a host and a port, such as mail.example.org:587",
        DefaultText = defaultText,
        Default = null,
        Summary = summary,
        Reader = (string text, out DnsEndPoint? server) =>
        {
            server = text.LastIndexOf(':') is > 0 and var colon
                && Uri.CheckHostName(text[..colon]) != UriHostNameType.Unknown
                && ushort.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port)
                && port > 0
                ? new DnsEndPoint(text[..colon], port)
                : null;
            return server is not null;
        },
    };

    public static Setting<string?> Mailbox(string key, string defaultText, string summary) => new()
    {
        Key = key,
        Type = "mailbox",
        Unit = "",
        Allowed = "an e-mail address",
        Takes = "an e-mail address",
        DefaultText = defaultText,
        Default = null,
        Summary = summary,
        Reader = (string text, out string? mailbox) =>
        {
            mailbox = text;
            return IsMailbox(text);
        },
    };

    public static Setting<IReadOnlyList<string>> Mailboxes(string key, string defaultText, string summary) =>
        SettingKinds.List(key, "e-mail addresses", "e-mail addresses, with commas between", defaultText, summary, IsMailbox, text => text);

    private static bool IsMailbox(string text) => !text.Any(char.IsControl) && MailAddress.TryCreate(text, out var address) && address.Address == text;
}
