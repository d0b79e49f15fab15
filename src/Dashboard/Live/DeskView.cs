using Parallax.Dashboard.Alerts;
using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Live;

/// <summary>Everything the desk shows at one moment. Immutable.</summary>
/// <param name="Now">Our clock, UTC nanoseconds.</param>
/// <param name="Store">Null before its first answer.</param>
/// <param name="StoreTrouble">Why the store did not answer the last time; null when it did.</param>
public sealed record DeskView(SessionSnapshot Session, long Now, StoreView? Store, string? StoreTrouble, string Version)
{
    /// <summary>How people are told of what happens; empty without any channel.</summary>
    public IReadOnlyList<ChannelHealth> Alerts { get; init; } = [];

    public long SessionAge => Now - Session.Time;

    /// <summary>Nanoseconds since the store last answered; null before it did.</summary>
    public long? StoreAge => Now - Store?.AskedTime;

    /// <summary>Journal records that are not in the store yet; null before it answered.</summary>
    public long? StoreLag => Store is { } store ? Math.Max(0, (long)Session.JournalSequence - store.Position.Sequence) : null;

    /// <summary>Beginning of the UTC day that a moment belongs to.</summary>
    public static long DayOf(long time) => time - (time % (86_400 * UtcNanos.PerSecond));
}
