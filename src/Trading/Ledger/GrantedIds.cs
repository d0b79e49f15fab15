namespace Parallax.Trading.Ledger;

/// <summary>Ids that were granted once. Plans ask in the order of their numbers: of those only the last one is kept, and by itself each that came out of turn.</summary>
internal sealed class GrantedIds
{
    private readonly HashSet<ReservationId> _outOfTurn = [];
    private ulong _last;

    public bool Contains(ReservationId id) => id.Value - 1 < _last || (_outOfTurn.Count > 0 && _outOfTurn.Contains(id));

    public void Add(ReservationId id)
    {
        if (id.Value != _last + 1)
        {
            _outOfTurn.Add(id);
            return;
        }

        _last = id.Value;
        while (_outOfTurn.Count > 0 && _outOfTurn.Remove(new ReservationId(_last + 1)))
        {
            _last++;
        }
    }

    /// <summary>The last one granted, as if it had not been.</summary>
    public void TakeBack(ReservationId id)
    {
        if (id.Value == _last)
        {
            _last--;
        }
        else
        {
            _outOfTurn.Remove(id);
        }
    }
}
