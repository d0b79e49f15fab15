namespace Parallax.Venues.Kraken.Rest;

/// <summary>A key and its secret. Never printed.</summary>
/// <param name="Key">Sent with every private request.</param>
/// <param name="Secret">Base64, as the venue shows it; signs and never leaves.</param>
public sealed record KrakenCredentials(string Key, string Secret)
{
    public override string ToString() => "KrakenCredentials ***";
}
