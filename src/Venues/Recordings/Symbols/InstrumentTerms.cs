using Parallax.Domain;

namespace Parallax.Venues.Recordings.Symbols;

/// <summary>What a list (the user's, or one inside the recording) says of a symbol. <see langword="null"/> where it says nothing.</summary>
public sealed record InstrumentTerms(string Symbol, Asset Base, Asset Quote)
{
    public InstrumentKind? Kind { get; init; }

    public decimal? TickSize { get; init; }

    public decimal? LotSize { get; init; }

    public decimal? QuantityMin { get; init; }

    public decimal? NotionalMin { get; init; }

    public decimal? ContractMultiplier { get; init; }

    /// <summary>Decimals with which the venue prints prices, where that is more than the tick needs.</summary>
    public int? PriceDecimals { get; init; }

    public int? QuantityDecimals { get; init; }
}
