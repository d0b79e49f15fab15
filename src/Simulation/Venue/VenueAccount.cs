using Parallax.Domain;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Venue;

/// <summary>What the simulated venue holds for us: the truth that a ledger is compared with.</summary>
/// <remarks>Moved by the venue's own fills at the moment they happen, whatever becomes of the reports.</remarks>
/// <param name="opening">By asset.</param>
public sealed class VenueAccount(IEnumerable<KeyValuePair<Asset, decimal>> opening)
{
    private readonly SortedDictionary<Asset, decimal> _balances = new(new Dictionary<Asset, decimal>(opening));

    public decimal Balance(Asset asset) => _balances.GetValueOrDefault(asset);

    /// <summary>Moves an amount in (positive) or out.</summary>
    public void Move(Asset asset, decimal change) => _balances[asset] = Balance(asset) + change;

    internal void Settle(Instrument instrument, Side side, in VenueFill fill)
    {
        var quantity = instrument.Quantity(fill.Level.QuantityLots) * instrument.ContractMultiplier;
        var cost = quantity * instrument.Price(fill.Level.PriceTicks);
        Move(instrument.Base, side == Side.Buy ? quantity : -quantity);
        Move(instrument.Quote, side == Side.Buy ? -cost : cost);
        if (fill.Fee != 0m)
        {
            Move(fill.FeeAsset, -fill.Fee);
        }
    }

    internal IReadOnlyList<Statement> Balances(VenueId venue) =>
        [.. _balances.Where(held => held.Value != 0m).Select(held => new Statement.Balance(venue, held.Key, held.Value, 0m))];
}
