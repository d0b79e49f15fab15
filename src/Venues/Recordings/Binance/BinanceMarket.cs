using Parallax.Domain;

namespace Parallax.Venues.Recordings.Binance;

/// <summary>One of Binance's markets, each a venue of its own.</summary>
internal sealed record BinanceMarket(string Venue, InstrumentKind Kind)
{
    public static BinanceMarket Spot { get; } = new("binance-spot", InstrumentKind.Spot);

    public static BinanceMarket UsdM { get; } = new("binance-usdm", InstrumentKind.LinearPerpetual);

    public static BinanceMarket CoinM { get; } = new("binance-coinm", InstrumentKind.InversePerpetual);

    public static BinanceMarket Us { get; } = new("binance-us", InstrumentKind.Spot);
}
