namespace Parallax.Dashboard.Alerts.Channels;

/// <summary>Where messages and the secrets that open the way may be sent: over TLS, or within this machine.</summary>
public static class AlertAddress
{
    public static bool IsSafe(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsSafe(uri);

    public static bool IsSafe(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
