namespace Parallax.Domain;

public enum InstrumentKind : byte
{
    Spot = 0,
    LinearPerpetual = 1,
    InversePerpetual = 2,
    Future = 3,
}

/// <summary>What we call a tradable thing: its venue, its pair and what kind of contract it is.</summary>
public readonly record struct InstrumentId(VenueId Venue, Asset Base, Asset Quote, InstrumentKind Kind)
{
    /// <summary><c>BTC/USD</c> for spot; other kinds carry a suffix.</summary>
    public string Pair => Kind switch
    {
        InstrumentKind.Spot => $"{Base}/{Quote}",
        InstrumentKind.LinearPerpetual => $"{Base}/{Quote}:perp",
        InstrumentKind.InversePerpetual => $"{Base}/{Quote}:inverse",
        _ => $"{Base}/{Quote}:future",
    };

    public override string ToString() => $"{Pair}@{Venue}";
}

/// <summary>A tradable thing with the grid its prices and quantities stand on.</summary>
/// <remarks>
/// Books, tapes and orders hold prices as whole ticks and quantities as whole lots of exactly these sizes, so a definition never
/// changes: another tick or lot is another definition.
/// </remarks>
public sealed record Instrument
{
    public required InstrumentId Id { get; init; }

    /// <summary>The venue's own spelling: <c>XBT/USD</c>, <c>BTCUSDT</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>Smallest price step, quote per base; positive.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Smallest quantity step, base (contracts for derivatives); positive.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>Smallest order quantity, base; zero when the venue has none.</summary>
    public decimal QuantityMin { get; init; }

    /// <summary>Smallest order notional, quote; zero when the venue has none.</summary>
    public decimal NotionalMin { get; init; }

    /// <summary>Decimals with which the venue prints prices; a venue checksum is computed over these digits.</summary>
    public int PriceDecimals { get; init; }

    /// <summary>Decimals with which the venue prints quantities.</summary>
    public int QuantityDecimals { get; init; }

    /// <summary>Levels a side that the recorded or subscribed book keeps; zero when the venue sends the whole book.</summary>
    public int BookDepth { get; init; }

    /// <summary>Base (linear) or quote (inverse) per contract; 1 for spot.</summary>
    public decimal ContractMultiplier { get; init; } = 1m;

    public Asset Base => Id.Base;

    public Asset Quote => Id.Quote;

    public decimal Price(long ticks) => ticks * TickSize;

    public decimal Quantity(long lots) => lots * LotSize;

    /// <summary>The price in ticks, when it stands on the grid.</summary>
    public bool TryTicks(decimal price, out long ticks) => TryWhole(price, TickSize, out ticks);

    /// <summary>The quantity in lots, when it stands on the grid.</summary>
    public bool TryLots(decimal quantity, out long lots) => TryWhole(quantity, LotSize, out lots);

    /// <summary>The largest number of lots not above a quantity.</summary>
    public long LotsDown(decimal quantity) => (long)decimal.Floor(quantity / LotSize);

    /// <exception cref="ArgumentException">Says which field is off and what was found.</exception>
    public Instrument Validated()
    {
        Require(TickSize > 0m, nameof(TickSize), TickSize);
        Require(LotSize > 0m, nameof(LotSize), LotSize);
        Require(QuantityMin >= 0m, nameof(QuantityMin), QuantityMin);
        Require(NotionalMin >= 0m, nameof(NotionalMin), NotionalMin);
        Require(ContractMultiplier > 0m, nameof(ContractMultiplier), ContractMultiplier);
        Require(PriceDecimals is >= 0 and <= 18, nameof(PriceDecimals), PriceDecimals);
        Require(QuantityDecimals is >= 0 and <= 18, nameof(QuantityDecimals), QuantityDecimals);
        Require(BookDepth >= 0, nameof(BookDepth), BookDepth);
        return this;

        void Require(bool holds, string field, decimal found)
        {
            if (!holds)
            {
                throw new ArgumentException($"Instrument {Id}: {field} is out of range; found {found}.");
            }
        }
    }

    private static bool TryWhole(decimal value, decimal step, out long count)
    {
        var quotient = value / step;
        if (decimal.Abs(quotient) >= long.MaxValue || decimal.Truncate(quotient) != quotient || quotient * step != value)
        {
            count = 0;
            return false;
        }

        count = (long)quotient;
        return true;
    }
}
