using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Live.Checks;

/// <summary>The venue's own balances are those of the ledger.</summary>
internal sealed class BalancesCheck(IOperatedSession session, KrakenOrders orders) : IArmingCheck
{
    public Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        if (orders.Balances is not { } venue)
        {
            return Task.FromResult(new ArmingCheck("balances", false, "The venue has not told its balances yet; wait a few seconds."));
        }

        var comparison = new BalanceComparison(session.Current.Balances.ToDictionary(balance => balance.Asset, balance => balance.Total), venue.ByAsset);
        return Task.FromResult(comparison.AreEqual
            ? new ArmingCheck("balances", true, "The venue's balances are those of the ledger.")
            : new ArmingCheck("balances", false, string.Join(", ", comparison.Differences.Select(one =>
                $"{one.Asset.Code}: {Decimals.Plain(one.Venue)} at the venue, {Decimals.Plain(one.Ledger)} in the ledger")) + ". Find out why before anything is traded."));
    }
}
