using Parallax.Domain;

namespace Parallax.Trading.Risk;

/// <summary>The book one leg was computed on.</summary>
/// <param name="Instrument">The instrument's number in this session.</param>
/// <param name="ReceivedTimeNanos">When we were last told about it, UTC.</param>
/// <param name="VenueTimeNanos">When the venue says that was, UTC; <see langword="null"/> where the venue gives no time.</param>
/// <param name="IsSound">No gap, no failed checksum, not crossed.</param>
public readonly record struct LegBook(ushort Instrument, long ReceivedTimeNanos, long? VenueTimeNanos, bool IsSound = true);

/// <summary>What a strategy wants to do, in the terms that risk judges: no strategy's own type.</summary>
public readonly ref struct Proposal
{
    public required Asset StartAsset { get; init; }

    /// <summary>What the plan spends of the start asset; positive.</summary>
    public required decimal InputAmount { get; init; }

    /// <summary>Reporting currency per unit of the start asset; 1 when they are the same asset.</summary>
    public required decimal StartAssetPrice { get; init; }

    /// <summary>In the start asset, after fees and rounding.</summary>
    public required decimal NetProfit { get; init; }

    /// <summary>Net profit per input, in 1/10 000.</summary>
    public required decimal NetEdgeBps { get; init; }

    public required ReadOnlySpan<LegBook> Legs { get; init; }

    /// <summary>It only makes a position smaller.</summary>
    public bool IsReduceOnly { get; init; }

    /// <summary>0 to 1; nobody's word for it is none.</summary>
    public decimal Confidence { get; init; }

    /// <summary>0 to 1.</summary>
    public decimal RiskScore { get; init; }

    /// <summary>What this size costs against the best prices, bps of the input.</summary>
    public decimal SlippageBps { get; init; }

    /// <summary>Orders it will send when all goes well.</summary>
    public int NewOrders { get; init; }

    /// <summary>Reporting currency.</summary>
    public decimal Notional => InputAmount * StartAssetPrice;
}
