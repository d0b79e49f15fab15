using Parallax.Domain;

namespace Parallax.Strategies.Sizing;

/// <summary>Why an amount cannot be traded on a leg.</summary>
public enum LegReject : byte
{
    None = 0,

    /// <summary>The amount does not pay for one order step, or the book is empty.</summary>
    ZeroQuantity = 1,

    /// <summary>Below the venue's smallest quantity.</summary>
    QuantityMin = 2,

    /// <summary>Below the venue's smallest notional, at the traded prices.</summary>
    NotionalMin = 3,
}

/// <summary>What an amount buys or sells on one leg, on its grid, against the visible book, with its fee.</summary>
/// <remarks>Spent, received, fee and residual are exact; on a buy the leg spends quote and receives base, on a sell the reverse.</remarks>
public readonly record struct SizedLeg
{
    public required Side Side { get; init; }

    public LegReject Reject { get; init; }

    /// <summary>What the leg was given to spend.</summary>
    public decimal Available { get; init; }

    /// <summary>In lots of the book; a multiple of the order step.</summary>
    public long QuantityLots { get; init; }

    /// <summary>Base.</summary>
    public decimal Quantity { get; init; }

    /// <summary>The worst price touched, in ticks; <see langword="null"/> when nothing is traded.</summary>
    public long? LimitTicks { get; init; }

    /// <summary>Price times quantity over the levels touched, quote, without fee.</summary>
    public decimal Notional { get; init; }

    public FeeAsset FeeAsset { get; init; }

    /// <summary>In base or quote as <see cref="FeeAsset"/> says, already part of <see cref="Spent"/> or <see cref="Received"/>; zero for a third asset.</summary>
    public decimal Fee { get; init; }

    /// <summary>The value of a third asset's fee in quote; it is not part of the flow.</summary>
    public decimal ThirdFeeQuote { get; init; }

    public decimal Spent { get; init; }

    public decimal Received { get; init; }

    /// <summary>Available - spent: stays in the account.</summary>
    public decimal Residual => Available - Spent;
}
