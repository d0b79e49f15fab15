using System.Globalization;
using System.Text.Json;
using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Markets;

namespace Parallax.VenueServers.Kraken.Rest;

/// <summary>The REST methods that need no key. Shapes: the recorded answers of the venue.</summary>
internal sealed class PublicMethods
{
    private const int DepthDefault = 100;
    private const int DepthMax = 500;
    private readonly MarketDirectory _directory;
    private readonly KrakenFees _fees;
    private readonly Func<bool> _isInMaintenance;
    private readonly Dictionary<string, RestMethod> _methods;

    public PublicMethods(MarketDirectory directory, KrakenFees fees, Func<bool> isInMaintenance)
    {
        _directory = directory;
        _fees = fees;
        _isInMaintenance = isInMaintenance;
        _methods = new Dictionary<string, RestMethod>
        {
            ["Time"] = Time,
            ["SystemStatus"] = SystemStatus,
            ["Assets"] = Assets,
            ["AssetPairs"] = AssetPairs,
            ["Depth"] = Depth,
            ["Ticker"] = Ticker,
            ["Trades"] = Trades,
        };
    }

    public RestMethod? Find(string method) => _methods.GetValueOrDefault(method);

    private static string? Time(RestRequest request, Utf8JsonWriter result)
    {
        var now = new UtcNanos(request.Time).ToDateTimeOffset();
        result.WriteStartObject();
        result.WriteNumber("unixtime", now.ToUnixTimeSeconds());
        result.WriteString("rfc1123", now.ToString("ddd, dd MMM yy HH:mm:ss +0000", CultureInfo.InvariantCulture));
        result.WriteEndObject();
        return null;
    }

    private string? SystemStatus(RestRequest request, Utf8JsonWriter result)
    {
        result.WriteStartObject();
        result.WriteString("status", _isInMaintenance() ? "maintenance" : "online");
        result.WriteString("timestamp", new UtcNanos(request.Time).ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        result.WriteEndObject();
        return null;
    }

    private string? Assets(RestRequest request, Utf8JsonWriter result)
    {
        var wanted = request.Texts("asset");
        var assets = wanted.Length == 0 ? _directory.Assets : [.. wanted.Select(_directory.AssetByName).OfType<AssetNames>()];
        if (assets.Count < wanted.Length)
        {
            return "EQuery:Unknown asset";
        }

        result.WriteStartObject();
        foreach (var asset in assets)
        {
            result.WriteStartObject(asset.Key);
            result.WriteString("aclass", "currency");
            result.WriteString("altname", asset.Altname);
            result.WriteNumber("decimals", asset.Decimals);
            result.WriteNumber("display_decimals", asset.DisplayDecimals);
            result.WriteNumber("collateral_value", 1);
            result.WriteString("status", "enabled");
            result.WriteEndObject();
        }

        result.WriteEndObject();
        return null;
    }

    private string? AssetPairs(RestRequest request, Utf8JsonWriter result)
    {
        if (!TryMarkets(request, out var markets))
        {
            return "EQuery:Unknown asset pair";
        }

        result.WriteStartObject();
        foreach (var market in markets)
        {
            AssetPair.Write(result, market, _fees);
        }

        result.WriteEndObject();
        return null;
    }

    private string? Depth(RestRequest request, Utf8JsonWriter result)
    {
        if (_directory.ByName(request.Text("pair")) is not { } market)
        {
            return request.Text("pair") is null ? "EGeneral:Invalid arguments" : "EQuery:Unknown asset pair";
        }

        var count = Math.Clamp(request.Number("count") ?? DepthDefault, 1, DepthMax);
        result.WriteStartObject();
        result.WriteStartObject(market.Names.Key);
        Side("asks", market.Book.Asks);
        Side("bids", market.Book.Bids);
        result.WriteEndObject();
        result.WriteEndObject();
        return null;

        void Side(string name, ReadOnlySpan<Level> levels)
        {
            result.WriteStartArray(name);
            foreach (ref readonly var level in levels[..Math.Min(count, levels.Length)])
            {
                result.WriteStartArray();
                result.WriteStringValue(Text(market.Instrument.Price(level.PriceTicks)));
                result.WriteStringValue(Text(market.Instrument.Quantity(level.QuantityLots)));
                result.WriteNumberValue(market.Book.VenueTime / UtcNanos.PerSecond);
                result.WriteEndArray();
            }

            result.WriteEndArray();
        }
    }

    private string? Ticker(RestRequest request, Utf8JsonWriter result)
    {
        if (!TryMarkets(request, out var markets))
        {
            return "EQuery:Unknown asset pair";
        }

        result.WriteStartObject();
        foreach (var market in markets)
        {
            TickerRow.Write(result, market);
        }

        result.WriteEndObject();
        return null;
    }

    private string? Trades(RestRequest request, Utf8JsonWriter result)
    {
        if (_directory.ByName(request.Text("pair")) is not { } market)
        {
            return request.Text("pair") is null ? "EGeneral:Invalid arguments" : "EQuery:Unknown asset pair";
        }

        result.WriteStartObject();
        result.WriteStartArray(market.Names.Key);
        foreach (var trade in market.History.Last)
        {
            result.WriteStartArray();
            result.WriteStringValue(Text(market.Instrument.Price(trade.PriceTicks)));
            result.WriteStringValue(Text(market.Instrument.Quantity(trade.Lots)));
            result.WriteNumberValue(Wire.Timestamps.UnixSeconds(trade.Time));
            result.WriteStringValue(trade.Aggressor == Domain.Side.Buy ? "b" : "s");
            result.WriteStringValue(trade.IsMarketOrder ? "m" : "l");
            result.WriteStringValue("");
            result.WriteNumberValue(trade.Id);
            result.WriteEndArray();
        }

        result.WriteEndArray();
        result.WriteString("last", request.Time.ToString(CultureInfo.InvariantCulture));
        result.WriteEndObject();
        return null;
    }

    /// <summary>The pairs asked for, all when none is named.</summary>
    private bool TryMarkets(RestRequest request, out IReadOnlyList<Market> markets)
    {
        var wanted = request.Texts("pair");
        markets = wanted.Length == 0 ? _directory.Markets : [.. wanted.Select(_directory.ByName).OfType<Market>()];
        return wanted.Length == 0 || markets.Count == wanted.Length;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
