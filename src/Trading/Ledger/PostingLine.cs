using Parallax.Domain;

namespace Parallax.Trading.Ledger;

/// <summary>One side of a movement, as the journal keeps it.</summary>
/// <param name="Amount">Change of the account in units of the asset; positive is more in it.</param>
public readonly record struct PostingLine(Account Account, Asset Asset, VenueId Venue, decimal Amount)
{
    public Holding Holding => new(Asset, Venue);
}
