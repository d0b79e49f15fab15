using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Feed.Messages;

/// <summary>Assets and pairs, as they stand (snapshot) or as they changed. Unlike in every other channel the data is one object.</summary>
public sealed record InstrumentMessage(bool IsSnapshot, IReadOnlyList<AssetRow> Assets, IReadOnlyList<PairRow> Pairs) : FeedMessage
{
    internal static InstrumentMessage Read(JsonElement root, bool isSnapshot)
    {
        var data = root.Field("data") is { ValueKind: JsonValueKind.Object } found ? found : throw new FormatException("\"data\" is not an object.");
        return new InstrumentMessage(
            isSnapshot,
            [.. data.Items("assets").Select(a => new AssetRow(a.TextOf("id"), a.TextOf("status") == "enabled", a.Int32Of("precision")))],
            [.. data.Items("pairs").Select(PairRow.Read)]);
    }
}

/// <param name="IsEnabled">Whether it can be deposited, traded and withdrawn; every other state is a restriction.</param>
/// <param name="Decimals">With which balances are kept.</param>
public sealed record AssetRow(string Code, bool IsEnabled, int Decimals);

/// <summary>A pair. Numbers may come as <c>1e-08</c>.</summary>
public sealed record PairRow
{
    public required string Symbol { get; init; }

    public required string Base { get; init; }

    public required string Quote { get; init; }

    public required MarketStatus Status { get; init; }

    public required int PriceDecimals { get; init; }

    public required decimal PriceIncrement { get; init; }

    public required int QuantityDecimals { get; init; }

    public required decimal QuantityIncrement { get; init; }

    /// <summary>Smallest order, base.</summary>
    public required decimal QuantityMin { get; init; }

    /// <summary>Smallest order, quote; zero when the venue names none.</summary>
    public required decimal CostMin { get; init; }

    /// <summary>The instrument, when its codes and steps are ones that we can hold.</summary>
    /// <param name="bookDepth">Levels a side that will be subscribed to.</param>
    public Instrument? ToInstrument(VenueId venue, int bookDepth)
    {
        if (!Asset.IsCode(Base) || !Asset.IsCode(Quote) || PriceIncrement <= 0m || QuantityIncrement <= 0m
            || PriceDecimals is < 0 or > 18 || QuantityDecimals is < 0 or > 18 || QuantityMin < 0m || CostMin < 0m)
        {
            return null;
        }

        return new Instrument
        {
            Id = new InstrumentId(venue, new Asset(Base), new Asset(Quote), InstrumentKind.Spot),
            Symbol = Symbol,
            TickSize = PriceIncrement,
            LotSize = QuantityIncrement,
            QuantityMin = QuantityMin,
            NotionalMin = CostMin,
            PriceDecimals = PriceDecimals,
            QuantityDecimals = QuantityDecimals,
            BookDepth = bookDepth,
        };
    }

    internal static PairRow Read(JsonElement pair) => new()
    {
        Symbol = pair.TextOf("symbol"),
        Base = pair.TextOf("base"),
        Quote = pair.TextOf("quote"),
        Status = MarketStatuses.Read(pair.TextOf("status")),
        PriceDecimals = pair.Int32Of("price_precision"),
        PriceIncrement = pair.Decimal("price_increment") ?? pair.DecimalOf("tick_size"),
        QuantityDecimals = pair.Int32Of("qty_precision"),
        QuantityIncrement = pair.DecimalOf("qty_increment"),
        QuantityMin = pair.DecimalOf("qty_min"),
        CostMin = pair.Decimal("cost_min") ?? 0m,
    };
}
