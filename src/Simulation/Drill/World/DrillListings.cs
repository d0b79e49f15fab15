using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Simulation.Drill.World;

/// <summary>The five markets of the world: two triangles through USD, with coarse lots, so that rounding and minimums matter.</summary>
public static class DrillListings
{
    public static readonly VenueId Venue = new("drill");

    public static readonly Asset Usd = new("USD"), Btc = new("BTC"), Eth = new("ETH"), Sol = new("SOL");

    public const ushort BtcUsd = 0, EthBtc = 1, EthUsd = 2, SolUsd = 3, SolBtc = 4;

    public static readonly ImmutableArray<Instrument> All =
    [
        List(Btc, Usd, tick: 1m, lot: 0.0001m, notionalMin: 5m),
        List(Eth, Btc, tick: 0.00001m, lot: 0.001m, notionalMin: 0.0001m),
        List(Eth, Usd, tick: 0.1m, lot: 0.001m, notionalMin: 5m),
        List(Sol, Usd, tick: 0.01m, lot: 0.01m, notionalMin: 5m),
        List(Sol, Btc, tick: 0.0000001m, lot: 0.01m, notionalMin: 0.0001m),
    ];

    private static Instrument List(Asset @base, Asset quote, decimal tick, decimal lot, decimal notionalMin) => new Instrument
    {
        Id = new InstrumentId(Venue, @base, quote, InstrumentKind.Spot),
        Symbol = $"{@base}/{quote}",
        TickSize = tick,
        LotSize = lot,
        NotionalMin = notionalMin,
        PriceDecimals = tick.Scale,
        QuantityDecimals = lot.Scale,
        BookDepth = 10,
    }.Validated();
}
