using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>What plans left behind and nothing has taken home yet, over restarts. Exposure that is listed, not forgotten.</summary>
/// <remarks>Engine thread only.</remarks>
public sealed class Residuals
{
    private readonly SortedDictionary<int, Opening.Residual> _open = [];
    private readonly DecisionWriter _journal;
    private readonly int _session;
    private int _last;

    internal Residuals(DecisionWriter journal, int session) => (_journal, _session) = (journal, session);

    /// <summary>Oldest first. The age is the engine's time minus <see cref="Opening.Residual.DeclaredTime"/>.</summary>
    public IReadOnlyCollection<Opening.Residual> Open => _open.Values;

    public bool TryFind(int number, out Opening.Residual? residual) => _open.TryGetValue(number, out residual);

    /// <summary>Takes over one of an earlier session.</summary>
    internal void Adopt(Opening.Residual residual)
    {
        _open.Add(residual.Number, residual);
        _last = Math.Max(_last, residual.Number);
    }

    /// <summary>Lists what a plan that ends leaves behind; dust is inventory and not listed.</summary>
    /// <param name="first">The plan whose result it belongs to.</param>
    /// <param name="costs">One a remainder: see <see cref="ResidualCosts"/>.</param>
    internal void Declare(Plan plan, PlanName first, ReadOnlySpan<Remainder> remainders, ReadOnlySpan<decimal> costs)
    {
        for (var i = 0; i < remainders.Length; i++)
        {
            var left = remainders[i];
            if (!left.IsDust)
            {
                Declare(first, new Holding(left.Asset, plan.Planned.Venue), left.Amount, plan.StartAsset, costs[i], left.MarkInStart, plan.TakesDetourFor(left.Asset));
            }
        }
    }

    /// <param name="first">The plan whose result it belongs to; it may be one of an earlier session.</param>
    /// <param name="amount">Negative is missing.</param>
    internal Opening.Residual Declare(PlanName first, Holding holding, decimal amount, Asset startAsset, decimal cost, decimal? mark, bool isComingHome = false)
    {
        _journal.Write(new ResidualDeclared(++_last, first.Number, holding, amount, startAsset, cost, mark)
        {
            EarlierSession = first.Session == _session ? 0 : first.Session,
            IsComingHome = isComingHome,
        });
        var residual = new Opening.Residual(_last, holding, amount, startAsset, cost, mark, first.Session, first.Number, _journal.Now);
        _open.Add(_last, residual);
        return residual;
    }

    /// <summary>Tells one that is listed again, under its number: there is less of it, or it is not coming home after all.</summary>
    /// <remarks>In one record. Were it taken off the list and declared anew, a crash between the two would forget it.</remarks>
    internal void Restate(Opening.Residual residual)
    {
        _journal.Write(new ResidualDeclared(
            residual.Number, residual.Plan, residual.Holding, residual.Amount, residual.StartAsset, residual.Cost, residual.Mark)
        {
            EarlierSession = residual.Session == _session ? 0 : residual.Session,
        });
        _open[residual.Number] = residual;
    }

    internal void Take(int number, int plan, string why)
    {
        if (_open.Remove(number))
        {
            _journal.Write(new ResidualTaken(number, plan, why));
        }
    }
}
