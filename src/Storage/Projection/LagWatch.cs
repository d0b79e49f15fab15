namespace Parallax.Storage.Projection;

/// <summary>Judges whether the tables are too far behind the journal, from outside: a projector that hangs in its database cannot say so itself.</summary>
/// <remarks>
/// What the journal held at one look, the tables have to hold within the mark. They have caught up when they hold, in half of it, what the journal held at
/// another look. Times are monotonic.
/// </remarks>
/// <param name="mark">Longest time that the tables may be behind.</param>
public sealed class LagWatch(TimeSpan mark)
{
    private ulong _owed;
    private TimeSpan _owedSince;

    public bool IsBehind { get; private set; }

    /// <summary>Looks again.</summary>
    /// <param name="now">Since any moment, the same for all looks.</param>
    /// <param name="journal">Sequence of the journal's last record.</param>
    /// <returns>Whether <see cref="IsBehind"/> changed.</returns>
    public bool Look(TimeSpan now, ulong journal, ProjectorHealth store)
    {
        var took = now - _owedSince;
        var has = (ulong)store.Sequence >= _owed;
        if (has)
        {
            (_owed, _owedSince) = (journal, now);
        }

        var was = IsBehind;
        IsBehind = store.State == ProjectorState.Refused || (IsBehind ? !has || took > mark / 2 : !has && took > mark);
        return IsBehind != was;
    }

    /// <summary>What the store says of itself, or that it says nothing.</summary>
    public string Describe(ProjectorHealth store) =>
        !IsBehind ? "" : store.Error ?? "The store hangs, or is too slow for the journal.";
}
