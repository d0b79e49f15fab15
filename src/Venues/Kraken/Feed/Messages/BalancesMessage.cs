using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed.Messages;

/// <summary>Balances of the account: one row a wallet in a snapshot, one row a ledger entry afterwards. Holds of open orders are not in it.</summary>
/// <param name="Sequence">1 for the snapshot, one more each; a gap means that something was missed.</param>
public sealed record BalancesMessage(bool IsSnapshot, ulong Sequence, IReadOnlyList<BalanceRow> Rows) : FeedMessage
{
    internal static BalancesMessage Read(JsonElement root, bool isSnapshot) => new(
        isSnapshot,
        root.UInt64("sequence") ?? throw new FormatException("\"sequence\" is missing."),
        [.. isSnapshot ? root.ItemsOf("data").SelectMany(BalanceRow.ReadWallets) : root.ItemsOf("data").Select(BalanceRow.ReadEntry)]);
}

/// <summary>What one wallet holds of one asset after the message.</summary>
public sealed record BalanceRow
{
    public required string Asset { get; init; }

    public required string WalletType { get; init; }

    public required string WalletId { get; init; }

    /// <summary>The wallet's new balance.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Updates only: the change, fee not included; negative when it went out.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Updates only.</summary>
    public decimal? Fee { get; init; }

    /// <summary>Updates only: the ledger entry's id; entries are deduplicated by it.</summary>
    public string? LedgerId { get; init; }

    /// <summary>Updates only: what caused it, a trade's id for example.</summary>
    public string? ReferenceId { get; init; }

    public UtcNanos? Time { get; init; }

    /// <summary>Only the main spot wallet can be traded from.</summary>
    public bool IsTradable => WalletType == "spot" && WalletId == "main";

    internal static IEnumerable<BalanceRow> ReadWallets(JsonElement row) => row.ItemsOf("wallets").Select(wallet => new BalanceRow
    {
        Asset = row.TextOf("asset"),
        WalletType = wallet.TextOf("type"),
        WalletId = wallet.TextOf("id"),
        Balance = wallet.DecimalOf("balance"),
    });

    internal static BalanceRow ReadEntry(JsonElement row) => new()
    {
        Asset = row.TextOf("asset"),
        WalletType = row.TextOf("wallet_type"),
        WalletId = row.TextOf("wallet_id"),
        Balance = row.DecimalOf("balance"),
        Amount = row.Decimal("amount"),
        Fee = row.Decimal("fee"),
        LedgerId = row.Text("ledger_id"),
        ReferenceId = row.Text("ref_id"),
        Time = row.Time("timestamp"),
    };
}
