using Parallax.MarketData.Books;
using Parallax.Trading.Engine;

namespace Parallax.Venues.Feeds;

/// <summary>Carries the engine's verdicts about books to the feed's thread.</summary>
/// <remarks>
/// One slot an instrument, so that the engine never waits and nothing overflows: a second verdict before the first was taken replaces it,
/// and asks for the same thing. Any thread may ask; one thread takes.
/// </remarks>
public sealed class RepairRequests(int instruments) : IFeedRepair
{
    /// <summary>The reason plus one; zero says that nothing is asked.</summary>
    private readonly int[] _asked = new int[instruments];
    private int _isAny;

    public void Resynchronise(ushort instrument, BookInvalidReason reason)
    {
        if (instrument < _asked.Length)
        {
            Volatile.Write(ref _asked[instrument], (int)reason + 1);
            Volatile.Write(ref _isAny, 1);
        }
    }

    /// <summary>Whether anything may have been asked since <see cref="BeginTaking"/>. Costs one read.</summary>
    public bool IsAny => Volatile.Read(ref _isAny) != 0;

    /// <summary>To be called before the slots are looked through: what is asked during the look sets <see cref="IsAny"/> again.</summary>
    public void BeginTaking() => Interlocked.Exchange(ref _isAny, 0);

    public bool TryTake(ushort instrument, out BookInvalidReason reason)
    {
        var asked = Interlocked.Exchange(ref _asked[instrument], 0);
        reason = asked > 0 ? (BookInvalidReason)(asked - 1) : BookInvalidReason.None;
        return asked > 0;
    }

    /// <summary>Forgets what was asked: every book starts afresh anyway.</summary>
    public void Clear()
    {
        BeginTaking();
        Array.Clear(_asked);
    }
}
