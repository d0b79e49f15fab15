using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;

namespace Parallax.VenueServers.Kraken.Accounts;

/// <summary>A client's funds and orders. Exchange thread only.</summary>
internal sealed class Account
{
    private readonly SortedDictionary<Asset, Funds> _funds = [];

    public Account(KrakenAccount terms)
    {
        Key = terms.Key;
        Secret = Convert.FromBase64String(terms.Secret);
        Permissions = terms.Permissions;
        NonceWindow = terms.NonceWindow;
        foreach (var (asset, balance) in terms.Balances)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(balance);
            _funds[asset] = new Funds { Balance = balance };
        }
    }

    public string Key { get; }

    public byte[] Secret { get; }

    /// <summary>What the key may do; a key that was revoked can do nothing.</summary>
    public KrakenPermissions Permissions { get; set; }

    public bool IsRevoked { get; set; }

    /// <summary>The highest of all private requests; every further one must be larger, but for those within the window.</summary>
    public ulong LastNonce { get; set; }

    /// <summary>How far below the highest a nonce may lie that was not used yet.</summary>
    public ulong NonceWindow { get; }

    /// <summary>Nonces used that are within the window.</summary>
    public SortedSet<ulong> RecentNonces { get; } = [];

    /// <summary>By asset code.</summary>
    public IEnumerable<KeyValuePair<Asset, Funds>> Balances => _funds;

    /// <summary>By order id, in the order in which they were placed.</summary>
    public OrderedDictionary<string, Order> OpenOrders { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<Order> ClosedOrders { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<Fill> Fills { get; } = [];

    /// <summary>Deposits and withdrawals, oldest first.</summary>
    public List<LedgerEntry> Ledger { get; } = [];

    public Funds Of(Asset asset)
    {
        if (!_funds.TryGetValue(asset, out var funds))
        {
            _funds[asset] = funds = new Funds();
        }

        return funds;
    }

    public bool Can(KrakenPermissions permission) => (Permissions & permission) == permission;
}

/// <summary>What an account has of one asset.</summary>
internal sealed class Funds
{
    public decimal Balance { get; set; }

    /// <summary>Set aside for open orders; part of the balance.</summary>
    public decimal Held { get; set; }

    public decimal Available => Balance - Held;
}
