using System.Globalization;
using Parallax.Domain;
using Parallax.Strategies.Sizing;

namespace Parallax.Strategies.Tests.Sizing;

/// <summary>Books of a closed path with a small edge, on coarse grids: all sides, fee modes, fee steps, order steps and minimums.</summary>
internal static class RandomPath
{
    public static (List<(LegTerms Terms, Level[] Levels)> Legs, decimal InputMax) Of(ulong seed)
    {
        var random = new SplitMix(seed);
        var legs = new List<(LegTerms, Level[])>();
        var count = (int)random.Between(2, 5);

        // Every asset has a value; a leg's price is the ratio of two of them, and the last leg brings the edge.
        var values = Enumerable.Range(0, count).Select(_ => random.Of(1m, 0.5m, 3m, 20m, 150m)).ToArray();
        var edge = random.Between(-5, 60) * random.Between(1, 6) / 10_000m;
        var feeRate = random.Of(0m, 0.0002m, 0.00075m, 0.001m, 0.0026m);
        for (var k = 0; k < count; k++)
        {
            var (from, to) = (values[k], values[(k + 1) % count]);
            var side = random.Of(Side.Buy, Side.Sell);
            var fair = (side == Side.Buy ? to / from : from / to) * (k == count - 1 ? (side == Side.Buy ? 1m - edge : 1m + edge) : 1m);
            legs.Add(Leg(ref random, side, fair, side == Side.Buy ? to : from, feeRate));
        }

        return (legs, random.Chance(50) ? random.Between(1, 400) / 2m : 1_000_000m);
    }

    public static string Describe(ulong seed)
    {
        var (legs, inputMax) = Of(seed);
        return string.Create(CultureInfo.InvariantCulture, $"seed {seed}, input at most {inputMax}: ") + string.Join("; ", legs.Select(leg =>
            $"{leg.Terms.Side} {leg.Terms.Fee} tick {leg.Terms.TickSize} lot {leg.Terms.LotSize}x{leg.Terms.OrderStepLots} min {leg.Terms.QuantityMin}/{leg.Terms.NotionalMin} {string.Join(' ', leg.Levels)}"));
    }

    private static (LegTerms, Level[]) Leg(ref SplitMix random, Side side, decimal fair, decimal baseValue, decimal feeRate)
    {
        var tick = random.Of(0.0001m, 0.0005m, 0.001m, 0.00001m);
        var lot = decimal.Max(0.001m, decimal.Round(random.Of(0.1m, 0.5m, 1m, 3m) / baseValue, 3) + random.Of(0.001m, 0m, 0.004m));
        var orderStep = random.Chance(70) ? 1 : random.Between(2, 7);
        var levels = new Level[random.Between(1, 6)];
        var price = (long)(fair / tick);
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = new Level(Math.Max(1, price), random.Between(1, 120));
            price += (side == Side.Buy ? 1 : -1) * Math.Max(1, price * random.Between(0, 8) / 10_000);
        }

        var terms = new LegTerms
        {
            Side = side,
            TickSize = tick,
            LotSize = lot,
            OrderStepLots = orderStep,
            QuantityMin = random.Chance(15) ? lot * random.Between(1, 20) : 0m,
            NotionalMin = random.Chance(15) ? random.Between(1, 10) / 2m * fair : 0m,
            Fee = new FeeTerms(
                random.Chance(5) ? -0.0001m : feeRate,
                random.Of(FeeMode.Receive, FeeMode.Quote, FeeMode.Base, FeeMode.Spend, FeeMode.Third),
                random.Of<decimal?>(null, null, 0.00000001m, 0.0001m, 0.01m)),
        };
        return (terms, levels.Where(level => level.PriceTicks > 0).DistinctBy(level => level.PriceTicks).ToArray());
    }
}
