using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Accounts;

/// <summary>One API key and the funds behind it.</summary>
/// <param name="Key">As the <c>API-Key</c> header carries it.</param>
/// <param name="Secret">Base64; signs requests and is never printed.</param>
/// <param name="Permissions">What the key may do.</param>
/// <param name="Balances">Funds at the start; none negative.</param>
public sealed record KrakenAccount(string Key, string Secret, KrakenPermissions Permissions, IReadOnlyDictionary<Asset, decimal> Balances)
{
    /// <summary>How far below the highest nonce so far an unused one is still taken. Default 0, as a key has it unless its owner sets one.</summary>
    public ulong NonceWindow { get; init; }

    public override string ToString() => $"{nameof(KrakenAccount)} {Key} (secret ****)";
}
