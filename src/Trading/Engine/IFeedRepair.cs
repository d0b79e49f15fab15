using Parallax.MarketData.Books;

namespace Parallax.Trading.Engine;

/// <summary>Where the engine says that a book cannot be trusted any more: the way back of decision 0001.</summary>
/// <remarks>
/// Called on the engine thread; must not block or throw. Once for each book that fails its own check, is reported lost, opens again
/// after a halt, or stays crossed or locked too long (then again each time that limit passes); not for a whole feed that disconnected, which
/// subscribes afresh on its own. A live feed subscribes the instrument afresh, once however often it is asked; a replay has nothing to
/// repair. What comes of it arrives as records.
/// </remarks>
public interface IFeedRepair
{
    void Resynchronise(ushort instrument, BookInvalidReason reason);
}
