namespace Parallax.Venues.Kraken.Live;

/// <summary>Where the venue listens.</summary>
/// <param name="Rest">The root before <c>/0/public/…</c>.</param>
/// <param name="PublicFeed">WebSocket v2 for market data.</param>
/// <param name="PrivateFeed">WebSocket v2 for executions and orders.</param>
public sealed record KrakenEndpoints(Uri Rest, Uri PublicFeed, Uri PrivateFeed)
{
    /// <summary>The venue itself. There is no sandbox: real hosts mean real money.</summary>
    /// <remarks>https://docs.kraken.com/api/docs/guides/spot-ws-intro, checked 2026-11.</remarks>
    public static KrakenEndpoints Live { get; } = new(
        new Uri("https://api.kraken.com"), new Uri("wss://ws.kraken.com/v2"), new Uri("wss://ws-auth.kraken.com/v2"));

    /// <summary>A server that has everything under one root: REST at <c>/0</c>, the feeds at <c>/v2</c> and <c>/v2/private</c>.</summary>
    /// <param name="root">Such as <c>http://127.0.0.1:8080</c>; the feeds take the scheme <c>ws</c>, or <c>wss</c> for https.</param>
    /// <exception cref="ArgumentException">The root is not an absolute http address.</exception>
    public static KrakenEndpoints At(Uri root)
    {
        if (!root.IsAbsoluteUri || (root.Scheme != Uri.UriSchemeHttp && root.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"A venue's root is an http or https address such as http://127.0.0.1:8080; found \"{root}\".", nameof(root));
        }

        var feed = new UriBuilder(root) { Scheme = root.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs };
        return new KrakenEndpoints(root, new Uri(feed.Uri, "/v2"), new Uri(feed.Uri, "/v2/private"));
    }
}
