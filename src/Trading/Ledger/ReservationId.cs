namespace Parallax.Trading.Ledger;

/// <summary>Whose money it is until released: one a plan, never given twice.</summary>
public readonly record struct ReservationId(ulong Value)
{
    public override string ToString() => $"r{Value}";
}
