using Parallax.Domain;
using Parallax.Venues.Recordings.Lines;

namespace Parallax.Venues.Recordings.Messages;

/// <summary>The received times of one file, which never go back.</summary>
internal sealed class ReceivedClock
{
    /// <summary>Of the last line, UTC nanoseconds; 1970 before the first.</summary>
    public long Now { get; private set; }

    /// <summary>A time that a recorder wrote.</summary>
    /// <exception cref="BadLineException">It lies before the line above: the order of the file cannot be trusted.</exception>
    public void Advance(long receivedTime)
    {
        if (receivedTime < Now)
        {
            throw new BadLineException($"received {new UtcNanos(receivedTime)}, which is before the line above ({new UtcNanos(Now)})");
        }

        Now = receivedTime;
    }

    /// <summary>A venue's time that stands in for a received time nobody wrote. Venues' times of different markets may overtake each other: never goes back.</summary>
    public void AdvanceTo(long venueTime) => Now = Math.Max(Now, venueTime);
}
