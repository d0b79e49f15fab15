using System.Runtime.InteropServices;
using Parallax.Domain;

namespace Parallax.Trading.Ledger;

/// <summary>What a plan has done to our holdings so far: its profit in the start asset and whatever it left in others.</summary>
/// <remarks>Reusable; allocates only while it sees more holdings than ever before.</remarks>
public sealed class PlanAccount
{
    private readonly List<Change> _changes = [];

    /// <param name="Net">Positive is more of it.</param>
    public readonly record struct Change(Holding Holding, ExactSum Net);

    /// <summary>In the order of the plan's own fills; changes that came back to zero stay listed.</summary>
    public ReadOnlySpan<Change> Changes => CollectionsMarshal.AsSpan(_changes);

    public void Clear() => _changes.Clear();

    public void Add(ReadOnlySpan<PostingLine> lines)
    {
        foreach (ref readonly var line in lines)
        {
            if (line.Account == Account.Holdings)
            {
                Add(line.Holding, line.Amount);
            }
        }
    }

    public decimal Net(Holding holding)
    {
        foreach (ref readonly var change in Changes)
        {
            if (change.Holding == holding)
            {
                return change.Net.Value;
            }
        }

        return 0m;
    }

    /// <summary>Over all venues: in the start asset, the realized profit of a plan that has ended.</summary>
    public decimal Net(Asset asset)
    {
        var sum = default(ExactSum);
        foreach (ref readonly var change in Changes)
        {
            if (change.Holding.Asset == asset)
            {
                sum += change.Net;
            }
        }

        return sum.Value;
    }

    private void Add(Holding holding, decimal amount)
    {
        foreach (ref var change in CollectionsMarshal.AsSpan(_changes))
        {
            if (change.Holding == holding)
            {
                change = change with { Net = change.Net + amount };
                return;
            }
        }

        _changes.Add(new Change(holding, default(ExactSum) + amount));
    }
}
