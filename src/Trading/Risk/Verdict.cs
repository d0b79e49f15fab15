namespace Parallax.Trading.Risk;

public enum VerdictKind : byte
{
    Refused = 0,

    /// <summary>Too large, but a smaller one may pass: size again below the bound and propose that.</summary>
    Clipped = 1,
    Approved = 2,
}

/// <summary>What the risk chain says about one proposal.</summary>
public readonly struct Verdict<T>
{
    private readonly Approved<T> _approved;
    private readonly SizeBound _bound;
    private readonly Refused _refused;

    internal Verdict(Approved<T> approved)
    {
        Kind = VerdictKind.Approved;
        _approved = approved;
    }

    internal Verdict(SizeBound bound)
    {
        Kind = VerdictKind.Clipped;
        _bound = bound;
    }

    internal Verdict(Refused refused)
    {
        Kind = VerdictKind.Refused;
        _refused = refused;
    }

    public VerdictKind Kind { get; }

    public bool TryApproved(out Approved<T> approved)
    {
        approved = _approved;
        return Kind == VerdictKind.Approved;
    }

    /// <param name="bound">The largest input that may pass, and the limit that sets it.</param>
    public bool TryClipped(out SizeBound bound)
    {
        bound = _bound;
        return Kind == VerdictKind.Clipped;
    }

    public bool TryRefused(out Refused refused)
    {
        refused = _refused;
        return Kind == VerdictKind.Refused;
    }
}
