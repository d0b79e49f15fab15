namespace Parallax.VenueServers.Kraken.Accounts;

/// <summary>The permissions of an API key, by the names of <c>GetApiKeyInfo</c>.</summary>
[Flags]
public enum KrakenPermissions
{
    None = 0,

    /// <summary><c>query-funds</c></summary>
    QueryFunds = 1,

    /// <summary><c>query-open-trades</c></summary>
    QueryOpenTrades = 2,

    /// <summary><c>query-closed-trades</c></summary>
    QueryClosedTrades = 4,

    /// <summary><c>modify-trades</c>: place orders.</summary>
    ModifyTrades = 8,

    /// <summary><c>close-trades</c>: cancel orders.</summary>
    CloseTrades = 16,

    /// <summary><c>create-ws-token</c></summary>
    CreateWebSocketToken = 32,

    /// <summary><c>withdraw-funds</c>: nothing here can; a careful client refuses a key that has it.</summary>
    WithdrawFunds = 64,

    /// <summary><c>query-ledger</c></summary>
    QueryLedger = 128,

    /// <summary>All that trading needs.</summary>
    Trading = QueryFunds | QueryOpenTrades | QueryClosedTrades | ModifyTrades | CloseTrades | CreateWebSocketToken,
}
