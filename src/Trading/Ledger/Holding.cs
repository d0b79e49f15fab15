using Parallax.Domain;

namespace Parallax.Trading.Ledger;

/// <summary>One asset at one venue: what a balance, a reservation and a posting are about.</summary>
public readonly record struct Holding(Asset Asset, VenueId Venue) : IComparable<Holding>
{
    /// <summary>Asset, then venue: the one order in which holdings are listed and reserved.</summary>
    public int CompareTo(Holding other)
    {
        var byAsset = Asset.CompareTo(other.Asset);
        return byAsset != 0 ? byAsset : Venue.CompareTo(other.Venue);
    }

    public override string ToString() => $"{Asset}@{Venue}";
}
