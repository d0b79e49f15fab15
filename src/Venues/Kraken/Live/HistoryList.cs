using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>A list of the account that the venue tells in pages, newest first: read once, and again only what came since or is missing yet.</summary>
/// <param name="ask">The page behind so many of the newest.</param>
/// <param name="idOf">The venue's id of a row.</param>
/// <remarks>
/// What is held is always one stretch without a gap, so a reading that was cut off goes on where it stopped. A row that comes while pages are read moves
/// the others back: it is met again, and none is passed over. Rows that are held are not asked for again: what the venue restates meanwhile is for the next list.
/// </remarks>
internal sealed class HistoryList<T>(string method, Func<int, Task<RestAnswer<HistoryPage<T>>>> ask, Func<T, string> idOf)
{
    /// <summary>Rows that the venue puts into a page.</summary>
    private const int PageRows = 50;

    private readonly List<T> _newestFirst = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private bool _isWhole;

    /// <summary>As the venue calls it.</summary>
    public string Method => method;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<T> Rows => _newestFirst;

    /// <summary>How many there are; what is held where the venue does not say.</summary>
    public int Total { get; private set; }

    /// <summary>Asks until the list is whole.</summary>
    /// <param name="between">After each page that another one follows; may throw to stop here.</param>
    /// <exception cref="VenueUnavailableException">The venue did not answer.</exception>
    public async Task ReadAsync(Action<HistoryList<T>> between)
    {
        if (_newestFirst.Count > 0)
        {
            await ReadNewestAsync(between);
        }

        while (!_isWhole)
        {
            var page = await PageAsync(_newestFirst.Count);
            _newestFirst.AddRange(page.Where(row => _ids.Add(idOf(row))));
            Between(between);
        }
    }

    private async Task ReadNewestAsync(Action<HistoryList<T>> between)
    {
        for (var inFront = 0; ;)
        {
            var page = await PageAsync(inFront);
            var unknown = page.Where(row => _ids.Add(idOf(row))).ToList();
            _newestFirst.InsertRange(inFront, unknown);
            inFront += unknown.Count;
            if (unknown.Count < page.Count || page.Count < PageRows)
            {
                return;
            }

            Between(between);
        }
    }

    private async Task<IReadOnlyList<T>> PageAsync(int skip)
    {
        var answer = await ask(skip);
        var page = answer.Result ?? throw new VenueUnavailableException($"{method}: {answer.Trouble}");
        Total = page.Count ?? _newestFirst.Count + page.Rows.Count;
        _isWhole |= page.Rows.Count < PageRows;
        return page.Rows;
    }

    private void Between(Action<HistoryList<T>> between)
    {
        if (!_isWhole)
        {
            between(this);
        }
    }
}
