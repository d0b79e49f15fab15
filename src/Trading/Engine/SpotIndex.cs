using System.Runtime.InteropServices;
using Parallax.Domain;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Engine;

/// <summary>The spot markets of every venue by what they trade, so that nobody has to look through all of them.</summary>
public sealed class SpotIndex
{
    private readonly Dictionary<Holding, List<ushort>> _touching = [];
    private readonly Dictionary<(VenueId Venue, Asset From, Asset To), (ushort Number, Side Side)> _between = [];

    /// <summary>Numbers of the markets that trade a holding, in the order in which they were defined. Valid until the next definition.</summary>
    public ReadOnlySpan<ushort> Touching(Holding holding) =>
        _touching.TryGetValue(holding, out var numbers) ? CollectionsMarshal.AsSpan(numbers) : [];

    /// <summary>The first market that was defined between two assets at a venue, and the side that turns one into the other.</summary>
    public bool TryFind(VenueId venue, Asset from, Asset to, out ushort number, out Side side)
    {
        var isKnown = _between.TryGetValue((venue, from, to), out var found);
        (number, side) = found;
        return isKnown;
    }

    internal void Add(ushort number, Instrument instrument)
    {
        if (instrument.Id.Kind != InstrumentKind.Spot)
        {
            return;
        }

        var venue = instrument.Id.Venue;
        _between.TryAdd((venue, instrument.Base, instrument.Quote), (number, Side.Sell));
        _between.TryAdd((venue, instrument.Quote, instrument.Base), (number, Side.Buy));
        Add(new Holding(instrument.Base, venue), number);
        Add(new Holding(instrument.Quote, venue), number);
    }

    private void Add(Holding holding, ushort number)
    {
        if (!_touching.TryGetValue(holding, out var numbers))
        {
            _touching.Add(holding, numbers = []);
        }

        numbers.Add(number);
    }
}
