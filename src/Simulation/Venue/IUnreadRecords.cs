using Parallax.Journal.Framing;

namespace Parallax.Simulation.Venue;

/// <summary>The records of a recording that the engine has not been given yet: the venue's present, our future.</summary>
/// <remarks>Only the simulated venue may look here; a strategy that did would trade on what it cannot know.</remarks>
public interface IUnreadRecords
{
    /// <summary>Goes back to the first record that the engine has not been given.</summary>
    void Rewind();

    /// <returns><see langword="false"/> at the end of the recording.</returns>
    bool TryNext(out Record record);
}
