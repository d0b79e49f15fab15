namespace Parallax.Trading.Ledger;

/// <summary>Balances and what is set aside from them, so that two plans never count on the same money.</summary>
/// <remarks>
/// Available = balance - reserved. It becomes negative when a venue reports less than is reserved; then nothing more is granted until it
/// is positive again. Engine thread only. Operations scan the open reservations, of which there are a few per open plan. An id is
/// remembered for good; where ids are granted in order that takes no room, and nothing allocates in steady state. See docs/concepts/ledger.md.
/// </remarks>
public sealed class Reservations
{
    private readonly HoldingIndex _index = new();
    private readonly GrantedIds _granted = new();
    private readonly Holds _holds = new();
    private ExactSum[] _balances = new ExactSum[16];
    private ExactSum[] _reserved = new ExactSum[16];
    private ReservationLine[] _ordered = new ReservationLine[8];

    /// <summary>Every holding that was ever seen, by asset, then venue.</summary>
    public IReadOnlyList<Holding> Holdings => _index.Sorted;

    public decimal Balance(Holding holding) => ExactBalance(holding).Value;

    public ExactSum ExactBalance(Holding holding) => _index.TryNumber(holding, out var i) ? _balances[i] : default;

    /// <summary>What no plan has a claim on; may be negative.</summary>
    public decimal Available(Holding holding) => _index.TryNumber(holding, out var i) ? (_balances[i] - _reserved[i]).Value : 0m;

    /// <summary>What all plans together hold of this.</summary>
    public decimal Reserved(Holding holding) => _index.TryNumber(holding, out var i) ? _reserved[i].Value : 0m;

    /// <summary>What one plan still holds of this; zero when it holds nothing.</summary>
    public decimal Reserved(ReservationId id, Holding holding) =>
        _index.TryNumber(holding, out var i) && _holds.TryFind(id, i, out var hold) ? _holds.All[hold].Amount.Value : 0m;

    public bool IsOpen(ReservationId id) => _holds.Has(id);

    public ReservationResult Reserve(ReservationId id, Holding holding, decimal amount) =>
        Reserve(id, [new ReservationLine(holding, amount)], out _);

    /// <summary>Sets aside everything a plan needs, or nothing.</summary>
    /// <param name="lines">In any order; taken by asset, then venue, so that equal plans fail on the same holding.</param>
    /// <param name="shortfall">The first holding that had too little, when the result is <see cref="ReservationResult.Insufficient"/>.</param>
    public ReservationResult Reserve(ReservationId id, ReadOnlySpan<ReservationLine> lines, out Shortfall shortfall)
    {
        shortfall = default;
        if (_granted.Contains(id))
        {
            return ReservationResult.Duplicate;
        }

        var before = _holds.Count;
        foreach (ref readonly var line in Ordered(lines))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(line.Amount);
            var i = Number(line.Holding);
            var available = _balances[i] - _reserved[i];
            if ((available - line.Amount).IsNegative)
            {
                shortfall = new Shortfall(line.Holding, line.Amount, available.Value);
                RemoveHolds(before, id);
                return ReservationResult.Insufficient;
            }

            _holds.Add(id, i, line.Amount);
            _reserved[i] += line.Amount;
        }

        _granted.Add(id);
        return ReservationResult.Ok;
    }

    /// <summary>Sets aside more for a plan that is open.</summary>
    /// <returns>False, and nothing changes, when too little is available or the plan is not open.</returns>
    public bool TryAdd(ReservationId id, Holding holding, decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var i = Number(holding);
        if (!IsOpen(id) || (_balances[i] - _reserved[i] - amount).IsNegative)
        {
            return false;
        }

        _holds.Add(id, i, amount);
        _reserved[i] += amount;
        return true;
    }

    /// <summary>Spends from a reservation: lowers it and the balance.</summary>
    public ReservationResult Consume(ReservationId id, Holding holding, decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (!IsOpen(id))
        {
            return ReservationResult.Unknown;
        }

        var i = Number(holding);
        if (!_holds.TryFind(id, i, out var hold) || (_holds.All[hold].Amount - amount).IsNegative)
        {
            return ReservationResult.Exceeds;
        }

        Take(hold, default(ExactSum) + amount);
        _balances[i] -= amount;
        return ReservationResult.Ok;
    }

    /// <summary>Gives back what is left of a reservation, in every holding.</summary>
    public ReservationResult Release(ReservationId id) => RemoveHolds(0, id) ? ReservationResult.Ok : ReservationResult.Unknown;

    /// <summary>As if it had never been granted: the plan it was for is not opened after all, and the next one has its number.</summary>
    /// <param name="id">The last one granted, from which nothing was spent.</param>
    public void Withdraw(ReservationId id)
    {
        if (RemoveHolds(0, id))
        {
            _granted.TakeBack(id);
        }
    }

    /// <summary>Books what a fill took: from the plan's reservation as far as that reaches, the rest from what is free.</summary>
    /// <returns>What went beyond the reservation. Not zero is a fact to report: the balance followed the venue all the same.</returns>
    public decimal Spend(ReservationId id, Holding holding, decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var i = Number(holding);
        var covered = default(ExactSum);
        if (_holds.TryFind(id, i, out var hold))
        {
            var held = _holds.All[hold].Amount;
            covered = (held - amount).IsNegative ? held : default(ExactSum) + amount;
            Take(hold, covered);
        }

        _balances[i] -= amount;
        return (default(ExactSum) + amount - covered).Value;
    }

    /// <summary>Books what left for no plan: a withdrawal, a fill of an order unknown to us. Available may become negative.</summary>
    public void Spend(Holding holding, decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var i = Number(holding);
        _balances[i] -= amount;
    }

    /// <summary>Books what came in. It stays set aside for the plan while that is open: its next leg spends it.</summary>
    public void Receive(ReservationId id, Holding holding, decimal amount)
    {
        Receive(holding, amount);
        if (IsOpen(id))
        {
            var i = Number(holding);
            _holds.Add(id, i, amount);
            _reserved[i] += amount;
        }
    }

    /// <summary>Books what came in for no plan: a deposit, a transfer.</summary>
    public void Receive(Holding holding, decimal amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        // In two steps: a new holding may replace the array that the left side would already have been read from.
        var i = Number(holding);
        _balances[i] += amount;
    }

    /// <summary>Takes over the venue's balance.</summary>
    /// <returns>The drift: venue minus ours.</returns>
    public ExactSum Sync(Holding holding, decimal balance)
    {
        var i = Number(holding);
        var told = default(ExactSum) + balance;
        var drift = told - _balances[i];
        _balances[i] = told;
        return drift;
    }

    /// <summary>Proves that what is reserved is exactly the sum of the open reservations and nowhere negative.</summary>
    /// <exception cref="LedgerException">Names the first holding for which it is not.</exception>
    public void Check()
    {
        foreach (var holding in _index.SortedSpan)
        {
            var i = Number(holding);
            var sum = default(ExactSum);
            foreach (ref readonly var hold in _holds.All)
            {
                if (hold.Holding == i)
                {
                    sum += hold.Amount;
                }
            }

            if (sum != _reserved[i] || sum.IsNegative)
            {
                throw new LedgerException($"{_reserved[i]} of {holding} is reserved; the open reservations add up to {sum}.");
            }
        }
    }

    private void Take(int hold, ExactSum amount)
    {
        ref var taken = ref _holds.All[hold];
        taken.Amount -= amount;
        _reserved[taken.Holding] -= amount;
    }

    private bool RemoveHolds(int from, ReservationId id)
    {
        var found = false;
        for (var i = _holds.Count - 1; i >= from; i--)
        {
            if (_holds.All[i].Id == id)
            {
                Take(i, _holds.All[i].Amount);
                _holds.RemoveAt(i);
                found = true;
            }
        }

        return found;
    }

    /// <summary>The lines by holding. Insertion sort: there are three or four.</summary>
    private ReadOnlySpan<ReservationLine> Ordered(ReadOnlySpan<ReservationLine> lines)
    {
        if (_ordered.Length < lines.Length)
        {
            _ordered = new ReservationLine[lines.Length];
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var at = i;
            for (; at > 0 && lines[i].Holding.CompareTo(_ordered[at - 1].Holding) < 0; at--)
            {
                _ordered[at] = _ordered[at - 1];
            }

            _ordered[at] = lines[i];
        }

        return _ordered.AsSpan(0, lines.Length);
    }

    private int Number(Holding holding)
    {
        var number = _index.Number(holding);
        if (number == _balances.Length)
        {
            Array.Resize(ref _balances, 2 * number);
            Array.Resize(ref _reserved, 2 * number);
        }

        return number;
    }
}
