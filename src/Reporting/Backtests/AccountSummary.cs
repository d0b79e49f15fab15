using Parallax.Domain;
using Parallax.Trading.Engine;

namespace Parallax.Reporting.Backtests;

/// <summary>What an engine owns at the end and what that is in the reporting asset.</summary>
/// <remarks>
/// A start asset counts by what it gained or lost; amounts in other assets are inventory and are valued apart, so that a profit is
/// never made of a price. Foreign start assets and inventory are valued at the final best prices against us.
/// </remarks>
public sealed class AccountSummary
{
    public AccountSummary(Engine engine, EngineSettings settings)
    {
        var balances = new SortedDictionary<Asset, decimal>();
        foreach (var holding in engine.Treasury.Ledger.Holdings)
        {
            balances[holding.Asset] = balances.GetValueOrDefault(holding.Asset) + engine.Treasury.Ledger.Balance(holding);
        }

        Balances = balances;
        var inventory = 0m;
        var isPriced = true;
        foreach (var (asset, balance) in balances)
        {
            var change = balance - settings.Capital.GetValueOrDefault(asset);
            if (change == 0m)
            {
                continue;
            }

            if (!engine.Markets.TryPrice(asset, settings.ReportingAsset, out var price))
            {
                isPriced = false;
                continue;
            }

            if (settings.StartAssets.Contains(asset))
            {
                Realised += change * price;
            }
            else
            {
                inventory += change * price;
            }
        }

        Inventory = isPriced ? inventory : null;
    }

    public IReadOnlyDictionary<Asset, decimal> Balances { get; }

    /// <summary>Change of the start assets, reporting asset.</summary>
    public decimal Realised { get; }

    /// <summary>Value of everything else that was gained or lost; null when something has no price.</summary>
    public decimal? Inventory { get; }
}
