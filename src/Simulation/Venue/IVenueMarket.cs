using Parallax.MarketData.Books;
using Parallax.Simulation.Fills;

namespace Parallax.Simulation.Venue;

/// <summary>The books as the simulated venue's matching sees them.</summary>
public interface IVenueMarket
{
    /// <summary>The book of an instrument on the venue's time axis: all that happened at or before a moment.</summary>
    /// <param name="instrument">The instrument's number; one the venue knows.</param>
    /// <param name="time">When the order arrives, local axis, UTC nanoseconds.</param>
    /// <param name="taken">Is shown every record that the returned book holds beyond those its owner already passed to the venue.</param>
    /// <returns>A book to be read before the next call and never written; empty when nothing is known of it.</returns>
    OrderBook BookAt(ushort instrument, long time, TakenLevels taken);
}
