using Parallax.Domain;

namespace Parallax.Trading.Ledger;

/// <summary>The double-entry books: what every account of every asset at every venue holds.</summary>
/// <remarks>Engine thread only. Posting allocates nothing once its holdings have been seen. See docs/concepts/ledger.md.</remarks>
public sealed class GeneralLedger
{
    private const int Accounts = (int)Account.External + 1;

    private readonly HoldingIndex _index = new();
    private readonly PostingLine[] _lines = new PostingLine[Transaction.LinesMax];
    private ExactSum[] _sums = new ExactSum[16 * Accounts];
    private long[] _moves = new long[16];

    /// <summary>Every holding that was ever posted to, by asset, then venue.</summary>
    public IReadOnlyList<Holding> Holdings => _index.Sorted;

    /// <summary>How often a balance was changed so far: one that is what it was may have moved and come back.</summary>
    public long Moves(Holding holding) => _index.TryNumber(holding, out var number) && number < _moves.Length ? _moves[number] : 0;

    /// <summary>Transactions posted so far.</summary>
    public long Posted { get; private set; }

    /// <summary>Books a transaction.</summary>
    /// <returns>Its lines, for the journal; valid until the next posting.</returns>
    /// <exception cref="OverflowException">An account would pass 7.9 × 10^28.</exception>
    public ReadOnlySpan<PostingLine> Post(scoped in Transaction transaction)
    {
        var lines = _lines.AsSpan(0, transaction.CopyLines(_lines));
        foreach (ref readonly var line in lines)
        {
            Add(line);
        }

        Posted++;
        return lines;
    }

    /// <summary>Books a fill: base, quote and the fee in its own asset. Deduplication is the order's business.</summary>
    public ReadOnlySpan<PostingLine> Apply(scoped in Fill fill) => Post(Transaction.Of(fill));

    /// <summary>What we own; zero for a holding never seen.</summary>
    public decimal Balance(Holding holding) => Sum(Account.Holdings, holding).Value;

    public ExactSum Sum(Account account, Holding holding) =>
        _index.TryNumber(holding, out var number) ? _sums[(number * Accounts) + (int)account] : default;

    /// <summary>An account of one asset over all venues.</summary>
    public ExactSum Sum(Account account, Asset asset)
    {
        var sum = default(ExactSum);
        foreach (var holding in _index.SortedSpan)
        {
            if (holding.Asset == asset)
            {
                sum += Sum(account, holding);
            }
        }

        return sum;
    }

    /// <summary>Proves that the accounts of every asset sum to zero.</summary>
    /// <exception cref="LedgerException">Names the first asset that does not.</exception>
    /// <remarks>O(holdings); allocates nothing.</remarks>
    public void Check()
    {
        var total = default(ExactSum);
        var holdings = _index.SortedSpan;
        for (var i = 0; i < holdings.Length; i++)
        {
            for (var account = Account.Holdings; account <= Account.External; account++)
            {
                total += Sum(account, holdings[i]);
            }

            var isLastOfAsset = i + 1 == holdings.Length || holdings[i + 1].Asset != holdings[i].Asset;
            if (isLastOfAsset && !total.IsZero)
            {
                throw new LedgerException($"The accounts of {holdings[i].Asset} sum to {total} instead of zero.");
            }
        }
    }

    /// <summary>Adds every line up again from nothing and compares each account.</summary>
    /// <param name="lines">All lines ever posted, in any order: the journal's.</param>
    /// <exception cref="LedgerException">Names the first account that differs, with both amounts.</exception>
    public void CheckAgainst(IEnumerable<PostingLine> lines)
    {
        var again = new GeneralLedger();
        foreach (var line in lines)
        {
            again.Add(line);
        }

        foreach (var holding in _index.Sorted.Union(again._index.Sorted))
        {
            for (var account = Account.Holdings; account <= Account.External; account++)
            {
                if (Sum(account, holding) != again.Sum(account, holding))
                {
                    throw new LedgerException(
                        $"{account} of {holding} holds {Sum(account, holding)}; its postings add up to {again.Sum(account, holding)}.");
                }
            }
        }

        Check();
    }

    private void Add(in PostingLine line)
    {
        var number = _index.Number(line.Holding);
        if (number * Accounts == _sums.Length)
        {
            Array.Resize(ref _sums, 2 * _sums.Length);
        }

        _sums[(number * Accounts) + (int)line.Account] += line.Amount;
        if (line.Account == Account.Holdings)
        {
            if (number >= _moves.Length)
            {
                Array.Resize(ref _moves, 2 * (number + 1));
            }

            _moves[number]++;
        }
    }
}
