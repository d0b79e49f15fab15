using Parallax.MarketData.Books;

namespace Parallax.Trading.Engine;

/// <summary>Where the engine says that a book cannot be trusted any more: the way back of decision 0001.</summary>
/// <remarks>
/// Called on the engine thread, once for each change to <see cref="BookState.Invalid"/>; must not block or throw. A live feed subscribes the
/// instrument afresh; a replay has nothing to repair. What comes of it arrives as records.
/// </remarks>
public interface IFeedRepair
{
    void Resynchronise(ushort instrument, BookInvalidReason reason);
}
