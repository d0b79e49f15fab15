namespace Parallax.Domain;

/// <summary>In which asset a venue charges its fee. See docs/concepts/fees.md.</summary>
public enum FeeMode : byte
{
    /// <summary>From what is received: base on a buy, quote on a sell.</summary>
    Receive = 0,

    /// <summary>Always in quote: on top of the cost of a buy, out of the proceeds of a sell.</summary>
    Quote = 1,

    /// <summary>Always in base.</summary>
    Base = 2,

    /// <summary>From what is spent: quote on a buy, base on a sell.</summary>
    Spend = 3,

    /// <summary>In a third asset; the traded flow itself is not reduced.</summary>
    Third = 4,
}

/// <summary>The asset a fee is taken from on one side of a trade.</summary>
public enum FeeAsset : byte
{
    Base = 0,
    Quote = 1,
    Third = 2,
}

/// <summary>What a venue charges for taking on one market.</summary>
/// <param name="Rate">Fraction of the notional (or of the base quantity): 0.0026 is 26 bps. Negative is a rebate.</param>
/// <param name="Mode">Which asset pays.</param>
/// <param name="Step">Fees are rounded up to a multiple of this; <see langword="null"/> when they are exact.</param>
public readonly record struct FeeTerms(decimal Rate, FeeMode Mode, decimal? Step = null)
{
    public FeeAsset AssetOn(Side side) => Mode switch
    {
        FeeMode.Receive => side == Side.Buy ? FeeAsset.Base : FeeAsset.Quote,
        FeeMode.Spend => side == Side.Buy ? FeeAsset.Quote : FeeAsset.Base,
        FeeMode.Quote => FeeAsset.Quote,
        FeeMode.Base => FeeAsset.Base,
        _ => FeeAsset.Third,
    };

    /// <summary>The fee on an amount of the fee's own asset, rounded up to <see cref="Step"/>: rounding is never in our favor.</summary>
    public decimal On(decimal amount)
    {
        var exact = amount * Rate;
        return Step is { } step ? decimal.Ceiling(exact / step) * step : exact;
    }
}
