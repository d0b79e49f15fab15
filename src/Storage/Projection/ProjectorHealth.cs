namespace Parallax.Storage.Projection;

public enum ProjectorState
{
    /// <summary>Not running yet.</summary>
    Starting = 0,

    /// <summary>Everything the journal holds is in the tables.</summary>
    Following = 1,

    /// <summary>Working through what the journal has and the tables have not.</summary>
    CatchingUp = 2,

    /// <summary>The database or the journal cannot be used now; it is tried again by and by.</summary>
    Troubled = 3,

    /// <summary>Trying again would not help by itself: another journal, a newer database, damage. An operator has to look.</summary>
    Refused = 4,
}

/// <summary>How the projector is doing.</summary>
/// <param name="Sequence">Of the last journal record in the tables; zero before the first.</param>
/// <param name="Time">Of that record, UTC nanoseconds.</param>
/// <param name="LagRecords">Records that the journal has and the tables have not; while they are still being counted, at least so many.</param>
/// <param name="LagNanos">Journal time between the last record of each.</param>
/// <param name="Error">What went wrong last, one sentence; null when nothing did since it went well.</param>
/// <param name="Failures">Tries in a row that failed.</param>
public sealed record ProjectorHealth(ProjectorState State, long Sequence, long Time, long LagRecords, long LagNanos, string? Error, int Failures)
{
    internal static readonly ProjectorHealth Unknown = new(ProjectorState.Starting, 0, 0, 0, 0, null, 0);
}
