using Parallax.Domain;
using Parallax.Simulation.Randomness;
using Parallax.Strategies.Sizing;

namespace Parallax.Measurements.Cycles;

/// <summary>Books of USDT>BTC>ETH>USDT with 25 levels a leg and an edge of some twenty bps at the top, on grids like Binance's.</summary>
/// <param name="seed">Each gives other books.</param>
/// <param name="lotFactor">1 for the venue's lots; 100 for lots so coarse that trying every one of them takes no time.</param>
public sealed class SizingBooks(ulong seed, int lotFactor)
{
    private const int Levels = 25;

    public const decimal InputMax = 250_000m;

    /// <summary>The legs with their books, best level first.</summary>
    public (LegTerms Terms, Level[] Levels)[] Legs { get; } = Make(new SeededRandom(seed), lotFactor);

    private static (LegTerms, Level[])[] Make(SeededRandom random, int lotFactor) =>
    [
        Leg(random, Side.Buy, 60_000, 0.01m, 0.00001m * lotFactor, 0.3),
        Leg(random, Side.Buy, 0.05, 0.000001m, 0.0001m * lotFactor, 6),
        Leg(random, Side.Sell, 3_000 * 1.0032, 0.01m, 0.0001m * lotFactor, 6),
    ];

    private static (LegTerms, Level[]) Leg(SeededRandom random, Side side, double price, decimal tick, decimal lot, double quantity)
    {
        var levels = new Level[Levels];
        var ticks = (long)(price / (double)tick);
        for (var i = 0; i < Levels; i++)
        {
            levels[i] = new Level(ticks, 1 + (long)(2 * quantity * random.Unit() / (double)lot));
            ticks += (side == Side.Buy ? 1 : -1) * (1 + (long)(ticks * random.Unit() * 1.2 / 10_000));
        }

        var fee = new FeeTerms(0.0004m, FeeMode.Receive);
        return (new LegTerms { Side = side, TickSize = tick, LotSize = lot, NotionalMin = side == Side.Buy && price < 1 ? 0.0001m : 5m, Fee = fee }, levels);
    }
}
