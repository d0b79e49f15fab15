using System.Text.Json.Nodes;
using Parallax.Domain;

namespace Parallax.Reporting.Sessions;

/// <summary>What the ledger says is owned beside what the venue says: two accounts of the same fills that nobody copied from each other.</summary>
public sealed class BalanceComparison
{
    /// <param name="ledger">An asset that is absent counts as nothing, on both sides.</param>
    public BalanceComparison(IReadOnlyDictionary<Asset, decimal> ledger, IReadOnlyDictionary<Asset, decimal> venue) => Differences =
    [
        .. ledger.Keys.Union(venue.Keys).Order()
            .Select(asset => new BalanceDifference(asset, ledger.GetValueOrDefault(asset), venue.GetValueOrDefault(asset)))
            .Where(both => both.Ledger != both.Venue),
    ];

    /// <summary>By asset code; empty when all are equal to the last unit.</summary>
    public IReadOnlyList<BalanceDifference> Differences { get; }

    public bool AreEqual => Differences.Count == 0;

    /// <summary><c>"equal"</c>, or a list of the assets that differ, with both amounts as decimal strings.</summary>
    public JsonNode ToJson() => AreEqual
        ? JsonValue.Create("equal")
        : new JsonArray([.. Differences.Select(both => new JsonObject
        {
            ["asset"] = both.Asset.Code,
            ["ledger"] = Decimals.Plain(both.Ledger),
            ["venue"] = Decimals.Plain(both.Venue),
        })]);

    public override string ToString() => AreEqual
        ? "equal"
        : string.Join(", ", Differences.Select(both => $"{both.Asset} {Decimals.Plain(both.Ledger)} in the ledger and {Decimals.Plain(both.Venue)} at the venue"));
}

public readonly record struct BalanceDifference(Asset Asset, decimal Ledger, decimal Venue);
