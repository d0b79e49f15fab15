using Parallax.MarketData.Books;
using Parallax.Simulation.Fills;

namespace Parallax.Simulation.Venue;

/// <summary>The venue's books when the market is live: what we know now, because nobody knows what is on its way.</summary>
/// <param name="books">The engine's books by instrument number.</param>
public sealed class LiveMarket(IReadOnlyList<OrderBook> books) : IVenueMarket
{
    public OrderBook BookAt(ushort instrument, long time, TakenLevels taken) => books[instrument];
}
