using Parallax.MarketData.Books;

namespace Parallax.Trading.Engine.Live;

/// <summary>Asks for books afresh that stay crossed or locked: for a moment every venue's stream may show that, for long none does.</summary>
/// <remarks>Engine thread only. Looked at now and then, not with each record: nothing trades on such a book meanwhile.</remarks>
internal sealed class CrossedBooks(Markets markets, IFeedRepair repair, long limitNanos)
{
    /// <summary>By instrument: since when; zero while it is not crossed.</summary>
    private long[] _since = [];

    public void Look(long nowNanos)
    {
        if (_since.Length < markets.Count)
        {
            Array.Resize(ref _since, markets.Count);
        }

        for (var number = 0; number < markets.Count; number++)
        {
            if (markets.Book(number).State is not (BookState.Crossed or BookState.Locked))
            {
                _since[number] = 0;
            }
            else if (_since[number] == 0)
            {
                _since[number] = nowNanos;
            }
            else if (nowNanos - _since[number] > limitNanos)
            {
                repair.Resynchronise((ushort)number, BookInvalidReason.CrossedTooLong);
                _since[number] = nowNanos;
            }
        }
    }
}
