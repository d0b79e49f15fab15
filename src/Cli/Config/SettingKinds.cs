using System.Globalization;
using System.Net;
using Parallax.Cli.Options;
using Parallax.Domain;
using Parallax.Trading.Risk;
using Parallax.Venues.Keys;

namespace Parallax.Cli.Config;

/// <summary>The kinds of values there are.</summary>
internal static class SettingKinds
{
    public static Setting<decimal> Number(string key, decimal @default, decimal min, decimal max, string unit, string summary, string? alias = null) => new()
    {
        Key = key,
        Alias = alias,
        Type = "number",
        Unit = unit,
        Allowed = $"{Decimals.Plain(min)} to {Decimals.Plain(max)}",
        Takes = $"a number from {Decimals.Plain(min)} to {Decimals.Plain(max)} ({unit})",
        DefaultText = Decimals.Plain(@default),
        Default = @default,
        Summary = summary,
        Reader = (string text, out decimal value) => Parse.TryDecimal(text, out value) && value >= min && value <= max,
    };

    /// <param name="defaultText">What holds without a value, in words.</param>
    public static Setting<decimal?> OptionalNumber(string key, decimal min, decimal max, string unit, string defaultText, string summary) => new()
    {
        Key = key,
        Type = "number",
        Unit = unit,
        Allowed = $"{Decimals.Plain(min)} to {Decimals.Plain(max)}",
        Takes = $"a number from {Decimals.Plain(min)} to {Decimals.Plain(max)} ({unit})",
        DefaultText = defaultText,
        Default = null,
        Summary = summary,
        Reader = (string text, out decimal? value) =>
        {
            value = Parse.TryDecimal(text, out var number) && number >= min && number <= max ? number : null;
            return value is not null;
        },
    };

    public static Setting<long> Whole(string key, long @default, long min, long max, string unit, string summary, string? alias = null) => new()
    {
        Key = key,
        Alias = alias,
        Type = "whole number",
        Unit = unit,
        Allowed = max == long.MaxValue ? $"{min} or more" : $"{min} to {max}",
        Takes = $"a whole number {(max == long.MaxValue ? $"of {min} or more" : $"from {min} to {max}")}{(unit.Length > 0 ? $" ({unit})" : "")}",
        DefaultText = @default.ToString(CultureInfo.InvariantCulture),
        Default = @default,
        Summary = summary,
        Reader = (string text, out long value) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max,
    };

    public static Setting<decimal> Limit(LimitTerm term) => new()
    {
        Key = $"limits.{term.Key}",
        Type = term.IsWhole ? "whole number" : "number",
        Unit = term.Unit,
        Allowed = $"{Decimals.Plain(term.Min)} to {Decimals.Plain(term.Max)}",
        Takes = $"a {(term.IsWhole ? "whole " : "")}number from {Decimals.Plain(term.Min)} to {Decimals.Plain(term.Max)}{(term.Unit.Length > 0 ? $" ({term.Unit})" : "")}",
        DefaultText = Decimals.Plain(term.Moderate),
        Default = term.Moderate,
        Summary = term.Summary,
        Reader = (string text, out decimal value) =>
            Parse.TryDecimal(text, out value) && value >= term.Min && value <= term.Max && (!term.IsWhole || value == decimal.Truncate(value)),
    };

    public static Setting<StableCoins> CoinList(string key, StableCoins @default, string summary) => new()
    {
        Key = key,
        Type = "list",
        Unit = "",
        Allowed = "asset codes, none",
        Takes = "a list of asset codes, such as USDT, USDC, or none",
        DefaultText = @default.ToString(),
        Default = @default,
        Summary = summary,
        Reader = (string text, out StableCoins coins) => StableCoins.TryParse(IsNone(text) ? "" : text, out coins),
    };

    public static Setting<QuietHours> DayTimes(string key, string summary) => new()
    {
        Key = key,
        Type = "list",
        Unit = "",
        Allowed = "HH:mm-HH:mm, none",
        Takes = "a list of HH:mm-HH:mm in UTC, such as 22:00-23:30, or none",
        DefaultText = "none",
        Default = QuietHours.None,
        Summary = summary,
        Reader = (string text, out QuietHours hours) => QuietHours.TryParse(IsNone(text) ? "" : text, out hours),
    };

    private static bool IsNone(string text) => text.Equals("none", StringComparison.OrdinalIgnoreCase);

    /// <summary>One of some words, which are told apart without case.</summary>
    /// <param name="defaultText">What holds without a value where that is not the default's word; null where it is.</param>
    public static Setting<T> Choice<T>(string key, T @default, string? defaultText, string summary, params (string Word, T Value)[] choices) => new()
    {
        Key = key,
        Type = "choice",
        Unit = "",
        Allowed = string.Join(", ", choices.Select(choice => choice.Word)),
        Takes = $"one of {string.Join(", ", choices.Select(choice => choice.Word))}",
        DefaultText = defaultText ?? choices.First(choice => Equals(choice.Value, @default)).Word,
        Default = @default,
        Summary = summary,
        Reader = (string text, out T value) =>
        {
            var found = Array.FindIndex(choices, choice => choice.Word.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = found >= 0 ? choices[found].Value : @default;
            return found >= 0;
        },
    };

    /// <summary>YAML's older words for it are understood as well.</summary>
    public static Setting<bool> Switch(string key, bool @default, string summary) => new()
    {
        Key = key,
        Type = "switch",
        Unit = "",
        Allowed = "on, off",
        Takes = "on or off",
        DefaultText = @default ? "on" : "off",
        Default = @default,
        Summary = summary,
        Reader = (string text, out bool value) =>
        {
            value = text.ToLowerInvariant() is "on" or "true" or "yes";
            return value || text.ToLowerInvariant() is "off" or "false" or "no";
        },
    };

    public static Setting<IReadOnlyList<Asset>> Assets(string key, string defaultText, string summary) =>
        List(key, "asset codes", "a list of asset codes, such as USD, USDT", defaultText, summary, Asset.IsCode, code => new Asset(code));

    public static Setting<IReadOnlyList<string>> Pairs(string key, string defaultText, string summary) =>
        List(key, "BASE/QUOTE", "a list of pairs, such as BTC/USD, ETH/BTC", defaultText, summary, SettingName.IsPair, pair => pair);

    /// <summary>Latencies at evenly spaced shares of all messages, the smallest first and the largest last.</summary>
    public static Setting<IReadOnlyList<decimal>> Quantiles(string key, string summary) => new()
    {
        Key = key,
        Type = "list",
        Unit = "ms",
        Allowed = "two or more, rising, 0 to 60000",
        Takes = "two or more numbers from 0 to 60000 (ms), none smaller than the one before",
        DefaultText = "none: constant",
        Default = [],
        Summary = summary,
        Reader = (string text, out IReadOnlyList<decimal> values) =>
        {
            var numbers = new List<decimal>();
            values = numbers;
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!Parse.TryDecimal(part, out var millis) || millis is < 0m or > 60_000m || (numbers.Count > 0 && millis < numbers[^1]))
                {
                    return false;
                }

                numbers.Add(millis);
            }

            return numbers.Count >= 2;
        },
    };

    public static Setting<Uri?> WebAddress(string key, string defaultText, string summary) => new()
    {
        Key = key,
        Type = "address",
        Unit = "",
        Allowed = "http://… or https://…",
        Takes = "an address with http:// or https://, such as http://127.0.0.1:8080",
        DefaultText = defaultText,
        Default = null,
        Summary = summary,
        Reader = (string text, out Uri? value) => Uri.TryCreate(text, UriKind.Absolute, out value)
            && (value.Scheme == Uri.UriSchemeHttp || value.Scheme == Uri.UriSchemeHttps) && value.UserInfo.Length == 0,
    };

    public static Setting<IPAddress> NetworkAddress(string key, IPAddress @default, string summary) => new()
    {
        Key = key,
        Type = "address",
        Unit = "",
        Allowed = "an IP address",
        Takes = "an IP address, such as 127.0.0.1",
        DefaultText = @default.ToString(),
        Default = @default,
        Summary = summary,
        Reader = (string text, out IPAddress value) =>
        {
            // "1" and "127.1" are addresses to the parser, and a mistake to everybody else.
            var isAddress = IPAddress.TryParse(text, out var found) && (text.Contains(':') || text.Split('.').Length == 4);
            value = isAddress ? found! : @default;
            return isAddress;
        },
    };

    public static Setting<string?> Folder(string key, string defaultText, string summary) => PathTo("a folder", key, defaultText, summary);

    public static Setting<string?> File(string key, string defaultText, string summary) => PathTo("a file", key, defaultText, summary);

    /// <summary>What something is called; see <see cref="KeyVault.IsName"/>.</summary>
    public static Setting<string> Name(string key, string @default, string summary) => new()
    {
        Key = key,
        Type = "name",
        Unit = "",
        Allowed = "1 to 40 of a-z 0-9 . _ -",
        Takes = "a name of 1 to 40 of a-z 0-9 . _ -",
        DefaultText = @default,
        Default = @default,
        Summary = summary,
        Reader = (string text, out string value) =>
        {
            value = text;
            return KeyVault.IsName(text);
        },
    };

    public static Setting<string?> Store(string key, string defaultText, string summary) => new()
    {
        Key = key,
        Type = "address",
        Unit = "",
        Allowed = "postgres://…, or a file for SQLite",
        Takes = "postgres://user@host:5432/database, or the path of a file for SQLite",
        DefaultText = defaultText,
        Default = null,
        Summary = summary,
        Secrecy = Secrecy.Password,
        Reader = (string text, out string? value) =>
        {
            value = text;
            return StoreAddress.IsLegal(text);
        },
    };

    /// <summary>A value that is never printed.</summary>
    /// <param name="lengthMin">Characters.</param>
    /// <param name="isPhrase">Whether it may have spaces and letters of any language in it.</param>
    public static Setting<string?> Secret(string key, int lengthMin, string defaultText, string summary, bool isPhrase = false) => new()
    {
        Key = key,
        Type = "secret",
        Unit = "",
        Allowed = lengthMin > 1 ? $"{lengthMin} characters or more, file:PATH" : "file:PATH, or the value itself",
        Takes = $"file:PATH or {(lengthMin > 1 ? $"{lengthMin} printable characters or more" : "printable characters")}",
        DefaultText = defaultText,
        Default = null,
        Summary = summary,
        Secrecy = Secrecy.Whole,
        Reader = (string text, out string? value) =>
        {
            value = text;
            return text.Length >= lengthMin && text.All(c => isPhrase ? !char.IsControl(c) : c is > ' ' and <= '~');
        },
    };

    private static Setting<string?> PathTo(string what, string key, string defaultText, string summary) => new()
    {
        Key = key,
        Type = "path",
        Unit = "",
        Allowed = what,
        Takes = $"the path of {what}",
        DefaultText = defaultText,
        Default = null,
        Summary = summary,
        Reader = (string text, out string? value) =>
        {
            value = text;
            return !string.IsNullOrWhiteSpace(text) && !text.Contains('\0');
        },
    };

    internal static Setting<IReadOnlyList<T>> List<T>(
        string key, string allowed, string takes, string defaultText, string summary, Func<string, bool> isLegal, Func<string, T> make) => new()
        {
            Key = key,
            Type = "list",
            Unit = "",
            Allowed = allowed,
            Takes = takes,
            DefaultText = defaultText,
            Default = [],
            Summary = summary,
            Reader = (string text, out IReadOnlyList<T> values) =>
            {
                var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                var areLegal = parts.Length > 0 && parts.All(isLegal);
                values = areLegal ? [.. parts.Select(make).Distinct()] : [];
                return areLegal;
            },
        };
}
