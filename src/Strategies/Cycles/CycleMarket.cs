using Parallax.Domain;

namespace Parallax.Strategies.Cycles;

/// <summary>A market as cycles see it: two assets that can be exchanged for each other.</summary>
/// <param name="Number">The instrument's number in this session; the same in every record and every book.</param>
/// <param name="Venue">Where it is traded. Coins at one venue are not coins at another: a cycle stays at one.</param>
public readonly record struct CycleMarket(int Number, Asset Base, Asset Quote, VenueId Venue = default)
{
    public Asset From(Side side) => side == Side.Buy ? Quote : Base;

    public Asset To(Side side) => side == Side.Buy ? Base : Quote;
}
