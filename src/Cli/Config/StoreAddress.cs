namespace Parallax.Cli.Config;

/// <summary>Where the tables are: <c>postgres://user:password@host:port/database</c>, or the path of an SQLite file.</summary>
internal static class StoreAddress
{
    public static bool IsPostgres(string address) =>
        address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    public static bool IsLegal(string address) =>
        IsPostgres(address)
            ? Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.AbsolutePath.Length > 1
            : !string.IsNullOrWhiteSpace(address) && !address.Contains("://") && !address.Contains('\0');

    /// <summary>The address as it may be printed.</summary>
    /// <remarks>By hand, not by a parser: an address that is wrong may hold a password as well. Its query may, too (<c>?password=…</c>).</remarks>
    public static string WithoutPassword(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return address;
        }

        var at = address.LastIndexOf('@');
        var query = address.IndexOf('?', scheme);
        if (query >= 0 && at > query)
        {
            // A password that was not escaped, before the host or in the query: there is no telling where it ends.
            return $"{address[..scheme]}://{Setting.Mask}";
        }

        if (query >= 0)
        {
            address = $"{address[..query]}?{Setting.Mask}";
        }

        var user = scheme + 3;
        var colon = at < 0 ? -1 : address.IndexOf(':', user, at - user);
        return colon < 0 ? address : $"{address[..colon]}:{Setting.Mask}{address[at..]}";
    }

    /// <summary>The address with a password that was given apart.</summary>
    /// <returns>The address as it is when it has one already, no user, or is a file's.</returns>
    public static string WithPassword(string address, string password)
    {
        if (!IsPostgres(address))
        {
            return address;
        }

        var uri = new UriBuilder(address);
        if (uri.UserName.Length > 0 && uri.Password.Length == 0)
        {
            uri.Password = Uri.EscapeDataString(password);
        }

        return uri.Uri.OriginalString;
    }
}
