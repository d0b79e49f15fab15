namespace Parallax.Cli.Config;

/// <summary>Where the tables are: <c>postgres://user:password@host:port/database</c>, or the path of an SQLite file.</summary>
internal static class StoreAddress
{
    private const string Separator = "://";

    /// <summary>Whether the store takes it; a file that it names for its password is read.</summary>
    public static bool IsLegal(string address)
    {
        try
        {
            // The store knows no query; one that was meant as such would become part of the database's name.
            return !string.IsNullOrWhiteSpace(address) && !address.Contains('\0')
                && !(address.Contains(Separator) && address.Contains('?'))
                && Storage.StoreAddress.Parse(address) is not null;
        }
        catch (Storage.StoreException)
        {
            return false;
        }
    }

    /// <summary>The address as it may be printed.</summary>
    /// <remarks>By hand, not by a parser: an address that is wrong may hold a password as well. Its query may, too (<c>?password=…</c>).</remarks>
    public static string WithoutPassword(string address)
    {
        var scheme = address.IndexOf(Separator, StringComparison.Ordinal);
        if (scheme < 0)
        {
            return address;
        }

        var at = address.LastIndexOf('@');
        var query = address.IndexOf('?', scheme);
        if (query >= 0 && at > query)
        {
            // A password that was not escaped, before the host or in the query: there is no telling where it ends.
            return $"{address[..scheme]}{Separator}{Setting.Mask}";
        }

        if (query >= 0)
        {
            address = $"{address[..query]}?{Setting.Mask}";
        }

        var user = scheme + Separator.Length;
        var colon = at < 0 ? -1 : address.IndexOf(':', user, at - user);
        return colon < 0 ? address : $"{address[..colon]}:{Setting.Mask}{address[at..]}";
    }

    /// <summary>The address with a password that was given apart.</summary>
    /// <returns>The address as it is when it has one already, no user, or is a file's.</returns>
    public static string WithPassword(string address, string password)
    {
        var scheme = address.IndexOf(Separator, StringComparison.Ordinal);
        var at = address.LastIndexOf('@');
        return scheme < 0 || at <= scheme + Separator.Length || address.AsSpan(scheme + Separator.Length, at - scheme - Separator.Length).Contains(':')
            ? address
            : $"{address[..at]}:{Uri.EscapeDataString(password)}{address[at..]}";
    }
}
