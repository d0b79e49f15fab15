using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <summary>Balances on which a venue and the ledger disagree. A disagreement ends when they agree again or an operator takes the venue's word.</summary>
internal sealed class BalanceDrifts(Markets markets, Treasury treasury, DecisionWriter journal)
{
    /// <summary>Of the balance: strategies/risk.md section 9.</summary>
    private const decimal ToleratedFraction = 0.00000001m;

    private readonly SortedDictionary<Holding, BalanceDrifted> _open = [];

    public IReadOnlyCollection<BalanceDrifted> Open => _open.Values;

    public BalanceDrifted? First => _open.Count == 0 ? null : _open.Values.First();

    /// <summary>The first that trips the kill switch; <see langword="null"/> when there is none.</summary>
    public BalanceDrifted? Grave => _open.Values.Cast<BalanceDrifted?>().FirstOrDefault(drift => drift!.Value.IsGrave);

    /// <param name="adopts">Takes the venue's word: there is nothing yet that it could contradict.</param>
    public void Compare(Holding holding, decimal theirs, bool adopts)
    {
        var ours = treasury.Ledger.Balance(holding);
        var tolerance = decimal.Max(LotOf(holding), ToleratedFraction * decimal.Abs(theirs));
        if (decimal.Abs(theirs - ours) <= tolerance)
        {
            _open.Remove(holding);
        }
        else if (adopts)
        {
            Adjust(holding, theirs);
        }
        else
        {
            var drift = new BalanceDrifted(holding, ours, theirs, tolerance);
            if (!_open.TryGetValue(holding, out var before) || before.Drift != drift.Drift)
            {
                journal.Write(drift);
            }

            _open[holding] = drift;
        }
    }

    /// <summary>Posts the difference as an adjustment. What moved since the venue was asked stays moved.</summary>
    public void Accept(Holding holding)
    {
        if (_open.Remove(holding, out var drift))
        {
            Adjust(holding, treasury.Ledger.Balance(holding) + drift.Drift);
        }
    }

    private void Adjust(Holding holding, decimal balance)
    {
        var lines = treasury.Sync(holding, balance, out _);
        journal.Write(new Posted(PostingReason.Reconciliation, 0, default, 0, lines.ToArray()));
    }

    /// <summary>The smallest amount of the asset that any market of the venue can move; zero for one that none trades.</summary>
    private decimal LotOf(Holding holding)
    {
        var lot = 0m;
        foreach (var instrument in markets.Instruments)
        {
            if (instrument.Touches(holding))
            {
                var step = instrument.Base == holding.Asset ? instrument.LotSize : instrument.LotSize * instrument.TickSize;
                lot = lot == 0m ? step : decimal.Min(lot, step);
            }
        }

        return lot;
    }
}
