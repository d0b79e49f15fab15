using System.Globalization;

namespace Parallax.Storage;

/// <summary>Where the tables are: a SQLite file, or <c>postgres://user:password@host:port/database</c>.</summary>
/// <remarks>
/// The password may be <c>file:PATH</c>: then it is the content of that file, without the line's end. A host that begins with a slash
/// (or <c>%2F</c>) is the folder of a Unix socket. <see cref="ToString"/> leaves the password out.
/// </remarks>
public sealed class StoreAddress
{
    private const string Scheme = "postgres://";
    private const string LongScheme = "postgresql://";

    private StoreAddress()
    {
    }

    /// <summary>Null for PostgreSQL.</summary>
    public string? Path { get; private init; }

    public string Host { get; private init; } = "";

    public int Port { get; private init; }

    public string Database { get; private init; } = "";

    public string User { get; private init; } = "";

    internal string Password { get; private init; } = "";

    public bool IsPostgres => Path is null;

    /// <summary>The database that is used when nobody names one: <c>parallax.db</c> beside the journal's folder.</summary>
    public static StoreAddress BesideJournal(string journalFolder)
    {
        var parent = System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(journalFolder)));
        return new StoreAddress { Path = System.IO.Path.Combine(parent ?? ".", "parallax.db") };
    }

    /// <exception cref="StoreException">It is no address, or the password's file cannot be read.</exception>
    public static StoreAddress Parse(string text)
    {
        var scheme = text.StartsWith(Scheme, StringComparison.Ordinal) ? Scheme : text.StartsWith(LongScheme, StringComparison.Ordinal) ? LongScheme : null;
        if (scheme is not null)
        {
            return Postgres(text[scheme.Length..]);
        }

        return text.Length > 0 && !text.Contains("://", StringComparison.Ordinal)
            ? new StoreAddress { Path = System.IO.Path.GetFullPath(text) }
            : throw Wrong("A store is a file, or");
    }

    public override string ToString() => Path ?? $"{Scheme}{User}@{Host}:{Port.ToString(CultureInfo.InvariantCulture)}/{Database}";

    // The password's file has slashes of its own, so the last '@' and what follows it are looked for first.
    private static StoreAddress Postgres(string rest)
    {
        var at = rest.LastIndexOf('@');
        var place = rest[(at + 1)..];
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        if (at <= 0 || slash <= 0 || slash == place.Length - 1)
        {
            throw Wrong("A PostgreSQL address is");
        }

        var (user, password) = Split(rest[..at]);
        var (host, port) = Split(place[..slash]);
        return new StoreAddress
        {
            User = Uri.UnescapeDataString(user),
            Password = password.StartsWith("file:", StringComparison.Ordinal) ? Secret(password["file:".Length..]) : Uri.UnescapeDataString(password),
            Host = Uri.UnescapeDataString(host),
            Port = port.Length == 0 ? 5432
                : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65_535 ? number
                : throw new StoreException("The port of a PostgreSQL address is a number from 1 to 65535."),
            Database = Uri.UnescapeDataString(place[(slash + 1)..]),
        };
    }

    private static (string Before, string After) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
    }

    private static string Secret(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreException($"The store's password cannot be read from the file {path}.", wrong);
        }
    }

    private static StoreException Wrong(string begin) => new($"{begin} postgres://user:password@host:port/database.");
}
