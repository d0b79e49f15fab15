using System.Collections.Immutable;
using Parallax.Domain;

namespace Parallax.Simulation.Drill.World;

/// <summary>The markets of the world: two triangles that share a market and one that shares none with the first, with coarse lots, so that rounding and minimums matter.</summary>
public static class DrillListings
{
    public static readonly VenueId Venue = new("drill");

    public static readonly Asset Usd = new("USD"), Btc = new("BTC"), Eth = new("ETH"), Sol = new("SOL"), Usdt = new("USDT");

    public const ushort BtcUsd = 0, EthBtc = 1, EthUsd = 2, SolUsd = 3, SolBtc = 4, UsdtUsd = 5, SolUsdt = 6;

    public static readonly ImmutableArray<Instrument> All =
    [
        List(Btc, Usd, tick: 1m, lot: 0.0001m, notionalMin: 5m),
        List(Eth, Btc, tick: 0.00001m, lot: 0.001m, notionalMin: 0.0001m),
        List(Eth, Usd, tick: 0.1m, lot: 0.001m, notionalMin: 5m),
        List(Sol, Usd, tick: 0.01m, lot: 0.01m, notionalMin: 5m),
        List(Sol, Btc, tick: 0.0000001m, lot: 0.01m, notionalMin: 0.0001m),
        List(Usdt, Usd, tick: 0.0001m, lot: 0.01m, notionalMin: 5m),
        List(Sol, Usdt, tick: 0.01m, lot: 0.01m, notionalMin: 5m),
    ];

    /// <summary>Enough of everything to pay for a plan's legs at once, a few times.</summary>
    public static readonly IReadOnlyDictionary<Asset, decimal> Inventory = new SortedDictionary<Asset, decimal> { [Btc] = 0.05m, [Eth] = 1m, [Sol] = 20m, [Usdt] = 3_000m };

    /// <summary>The market between two assets, whichever of them is its base.</summary>
    public static ushort Between(string one, string other)
    {
        for (ushort number = 0; number < All.Length; number++)
        {
            var (@base, quote) = (All[number].Base.Code, All[number].Quote.Code);
            if ((@base == one && quote == other) || (@base == other && quote == one))
            {
                return number;
            }
        }

        throw new ArgumentException($"No market joins {one} and {other}.");
    }

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
