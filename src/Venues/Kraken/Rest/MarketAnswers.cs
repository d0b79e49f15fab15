using System.Text.Json;
using Parallax.Domain;
using Parallax.Venues.Kraken.Feed.Messages;
using Parallax.Venues.Wire;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>Results of the public methods.</summary>
/// <remarks>Results are keyed by the venue's own pair name, however the pair was spelled in the request.</remarks>
public static class MarketAnswers
{
    private const long UnixSecondsMax = long.MaxValue / UtcNanos.PerSecond;

    /// <summary><c>GET /0/public/AssetPairs</c>.</summary>
    public static IReadOnlyList<AssetPair> AssetPairs(JsonElement result) => [.. result.EnumerateObject().Select(AssetPair.Read)];

    /// <summary><c>GET /0/public/Assets</c>: code to altname, which unlocks the old codes of balances.</summary>
    public static IReadOnlyDictionary<string, string> Assets(JsonElement result) =>
        result.EnumerateObject().ToDictionary(asset => asset.Name, asset => asset.Value.TextOf("altname"), StringComparer.Ordinal);

    /// <summary><c>GET /0/public/Depth</c>, one book a pair.</summary>
    public static IReadOnlyList<DepthBook> Depth(JsonElement result) => [.. result.EnumerateObject().Select(book =>
        new DepthBook(book.Name, Side(book.Value, "bids"), Side(book.Value, "asks")))];

    /// <summary><c>GET /0/public/Ticker</c>, one row a pair.</summary>
    public static IReadOnlyList<TickerQuote> Ticker(JsonElement result) => [.. result.EnumerateObject().Select(row =>
        new TickerQuote(row.Name, Price(row.Value, "b"), Price(row.Value, "a"), Price(row.Value, "c"))
        {
            TradesOfDay = row.Value.Field("t") is { } counts ? Number(counts, 1) : null,
        })];

    /// <summary><c>GET /0/public/SystemStatus</c>.</summary>
    public static SystemStatus SystemStatus(JsonElement result) =>
        new(MarketStatuses.Read(result.TextOf("status")), result.Time("timestamp"));

    /// <summary><c>GET /0/public/Time</c>: whole seconds.</summary>
    public static ServerTime Time(JsonElement result) =>
        new(result.Int64("unixtime") is >= 0 and <= UnixSecondsMax and var seconds
            ? new UtcNanos(seconds * UtcNanos.PerSecond)
            : throw new FormatException("\"unixtime\" is not in seconds since 1970."));

    private static (decimal Price, decimal Quantity)[] Side(JsonElement book, string name) =>
        [.. book.ItemsOf(name).Select(level => (Number(level, 0), Number(level, 1)))];

    private static decimal? Price(JsonElement row, string name) =>
        Number(row.Field(name) ?? throw new FormatException($"\"{name}\" is missing."), 0) switch
        {
            < 0m => throw new FormatException($"\"{name}\" is below zero."),
            0m => null,
            var price => price,
        };

    private static decimal Number(JsonElement list, int index) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > index && JsonFields.TryDecimal(list[index], out var value)
            ? value
            : throw new FormatException("A level is a list of numbers.");
}

/// <param name="Pair">The venue's key.</param>
/// <param name="Bids">Best first.</param>
/// <param name="Asks">Best first.</param>
public sealed record DepthBook(
    string Pair, IReadOnlyList<(decimal Price, decimal Quantity)> Bids, IReadOnlyList<(decimal Price, decimal Quantity)> Asks);

/// <summary>Where the venue writes zero there is no price, and here <see langword="null"/>.</summary>
public sealed record TickerQuote(string Pair, decimal? Bid, decimal? Ask, decimal? Last)
{
    /// <summary>How many trades there were in the last 24 hours, where the venue says so.</summary>
    public decimal? TradesOfDay { get; init; }
}

public sealed record SystemStatus(MarketStatus Status, UtcNanos? Time);

public sealed record ServerTime(UtcNanos Time);

/// <summary>A pair as REST describes it. Numbers come as texts, whole numbers and decimals, by field.</summary>
public sealed record AssetPair
{
    /// <summary>The venue's key: <c>XXBTZUSD</c>.</summary>
    public required string Key { get; init; }

    public required string AltName { get; init; }

    /// <summary><c>XBT/USD</c>; pairs without it are on no feed.</summary>
    public string? WsName { get; init; }

    /// <summary><c>currency</c>, or <c>tokenized_asset</c> for shares.</summary>
    public required string BaseClass { get; init; }

    public required int PriceDecimals { get; init; }

    public required decimal TickSize { get; init; }

    public required int QuantityDecimals { get; init; }

    /// <summary>Smallest order, base; zero where old answers name none.</summary>
    public required decimal QuantityMin { get; init; }

    /// <summary>Smallest order, quote; zero where old answers name none.</summary>
    public required decimal CostMin { get; init; }

    /// <summary>Old answers name no status: those pairs were open.</summary>
    public required MarketStatus Status { get; init; }

    /// <summary>Taker fees by 30-day volume, as fractions: 0.0026, not 0.26 percent.</summary>
    public required IReadOnlyList<(decimal Volume, decimal Rate)> TakerFees { get; init; }

    /// <summary>The same for makers; negative is a rebate. Empty when makers pay what takers pay.</summary>
    public IReadOnlyList<(decimal Volume, decimal Rate)> MakerFees { get; init; } = [];

    /// <summary>Quote decimals in which costs and fees are booked; <see langword="null"/> in old answers.</summary>
    public int? CostDecimals { get; init; }

    /// <summary>Whether we trade it: crypto or currency against such, on the feed, open, and no dark pool.</summary>
    public bool IsEligible => BaseClass == "currency" && Status == MarketStatus.Online && !Key.EndsWith(".d", StringComparison.Ordinal)
        && WsName is { } name && Symbols.TryFromWsName(name, out _);

    /// <summary>The instrument, when the pair is eligible and its steps can be held.</summary>
    public Instrument? ToInstrument(VenueId venue, int bookDepth)
    {
        if (!IsEligible || WsName is null || !Symbols.TryFromWsName(WsName, out var symbol)
            || TickSize <= 0m || QuantityMin < 0m || CostMin < 0m || PriceDecimals is < 0 or > 18 || QuantityDecimals is < 0 or > 18)
        {
            return null;
        }

        var slash = symbol.IndexOf('/', StringComparison.Ordinal);
        return new Instrument
        {
            Id = new InstrumentId(venue, new Asset(symbol[..slash]), new Asset(symbol[(slash + 1)..]), InstrumentKind.Spot),
            Symbol = symbol,
            TickSize = TickSize,
            LotSize = new decimal(1, 0, 0, false, (byte)QuantityDecimals),
            QuantityMin = QuantityMin,
            NotionalMin = CostMin,
            PriceDecimals = PriceDecimals,
            QuantityDecimals = QuantityDecimals,
            BookDepth = bookDepth,
        };
    }

    internal static AssetPair Read(JsonProperty pair)
    {
        var fields = pair.Value;
        var decimals = fields.Int32Of("pair_decimals");
        return new AssetPair
        {
            Key = pair.Name,
            AltName = fields.TextOf("altname"),
            WsName = fields.Text("wsname"),
            BaseClass = fields.Text("aclass_base") ?? "currency",
            PriceDecimals = decimals,
            TickSize = fields.Decimal("tick_size") ?? new decimal(1, 0, 0, false, (byte)Math.Clamp(decimals, 0, 28)),
            QuantityDecimals = fields.Int32Of("lot_decimals"),
            QuantityMin = fields.Decimal("ordermin") ?? 0m,
            CostMin = fields.Decimal("costmin") ?? 0m,
            Status = fields.Text("status") is { } status ? MarketStatuses.Read(status) : MarketStatus.Online,
            TakerFees = [.. fields.Items("fees").Select(Tier)],
            MakerFees = [.. fields.Items("fees_maker").Select(Tier)],
            CostDecimals = fields.Field("cost_decimals") is null ? null : fields.Int32Of("cost_decimals"),
        };
    }

    private static (decimal, decimal) Tier(JsonElement tier) =>
        tier.ValueKind == JsonValueKind.Array && tier.GetArrayLength() == 2 && JsonFields.TryDecimal(tier[0], out var volume) && JsonFields.TryDecimal(tier[1], out var percent)
            ? (volume, percent / 100m)
            : throw new FormatException("A fee is a list of volume and percent.");
}
