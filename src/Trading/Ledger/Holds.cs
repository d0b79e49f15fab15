using System.Runtime.InteropServices;

namespace Parallax.Trading.Ledger;

/// <summary>What one open reservation has set aside of one holding.</summary>
internal struct Hold
{
    public ReservationId Id;
    public int Holding;
    public ExactSum Amount;
}

/// <summary>The holds of all open reservations, a few a plan: a list that is scanned, because it is short and never allocates again.</summary>
internal sealed class Holds
{
    private readonly List<Hold> _list = [];

    public int Count => _list.Count;

    public Span<Hold> All => CollectionsMarshal.AsSpan(_list);

    public bool Has(ReservationId id)
    {
        foreach (ref readonly var hold in All)
        {
            if (hold.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    public bool TryFind(ReservationId id, int holding, out int index)
    {
        var all = All;
        for (index = 0; index < all.Length; index++)
        {
            if (all[index].Id == id && all[index].Holding == holding)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(ReservationId id, int holding, decimal amount)
    {
        if (!TryFind(id, holding, out var index))
        {
            _list.Add(new Hold { Id = id, Holding = holding });
        }

        All[index].Amount += amount;
    }

    public void RemoveAt(int index) => _list.RemoveAt(index);
}
