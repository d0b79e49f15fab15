using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Trading.Execution;

/// <summary>How plans ended so far.</summary>
public sealed class PlanTotals
{
    private readonly int[] _outcomes = new int[5];
    private readonly SortedDictionary<Asset, decimal> _realised = [];

    public long Fills { get; internal set; }

    /// <summary>Fills that a venue told more than once; booked the first time only.</summary>
    public long DuplicateFills { get; internal set; }

    /// <summary>Realised profit of ended plans by start asset.</summary>
    public IReadOnlyDictionary<Asset, decimal> Realised => _realised;

    public int Count(PlanOutcome outcome) => _outcomes[(int)outcome];

    /// <summary>What ended plans have earned, valued at the best prices now; null while an asset of it has no price.</summary>
    public decimal? RealisedIn(Asset reporting, Markets markets)
    {
        var result = 0m;
        foreach (var (asset, realised) in _realised)
        {
            if (realised != 0m)
            {
                if (!markets.TryPrice(asset, reporting, out var price))
                {
                    return null;
                }

                result += realised * price;
            }
        }

        return result;
    }

    /// <summary>A plan that had ended came to more, or to less.</summary>
    internal void Restate(Asset startAsset, decimal change) => _realised[startAsset] = _realised.GetValueOrDefault(startAsset) + change;

    /// <summary>A plan that had ended ended otherwise after all.</summary>
    internal void Move(PlanOutcome from, PlanOutcome to)
    {
        _outcomes[(int)from]--;
        _outcomes[(int)to]++;
    }

    internal void Add(PlanOutcome outcome, Asset startAsset, decimal realised)
    {
        _outcomes[(int)outcome]++;
        Restate(startAsset, realised);
    }
}
