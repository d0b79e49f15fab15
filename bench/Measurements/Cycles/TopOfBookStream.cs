using Parallax.Domain;
using Parallax.Simulation.Randomness;

namespace Parallax.Measurements.Cycles;

/// <summary>One change of an instrument's best prices, in ticks.</summary>
public readonly record struct TopOfBookChange(int Instrument, long BidTicks, long AskTicks);

/// <summary>A market of five quote assets, all traded against each other, and of coins that are traded against each of them, with its best prices over time.</summary>
/// <remarks>
/// Every change moves at least one best price. How often a pair changes falls with the rank of both of its assets (Zipf), so the pairs
/// between quote assets are the busiest. Prices follow mean-reverting values that are consistent across pairs; now and then a coin's is
/// off, sometimes by enough to pay, and soon corrected.
/// </remarks>
public sealed class TopOfBookStream
{
    private const int Quotes = 5;
    private const double ReversionPerChange = 0.002;
    private const double StepBps = 0.8;

    private static readonly Asset[] QuoteAssets = [new("USD"), new("USDT"), new("EUR"), new("BTC"), new("ETH")];

    /// <param name="pairs">At least 15.</param>
    public TopOfBookStream(ulong seed, int pairs, int changes)
    {
        var random = new SeededRandom(seed);
        var assets = Quotes + ((pairs - 10) / Quotes);
        var list = new List<(int Base, int Quote)>();
        for (var quote = 0; quote < Quotes; quote++)
        {
            for (var other = quote + 1; other < assets; other++)
            {
                list.Add((other, quote));
            }
        }

        Instruments = [.. list.Select(pair => new Instrument
        {
            Id = new InstrumentId(new VenueId("measured"), AssetOf(pair.Base), AssetOf(pair.Quote), InstrumentKind.Spot),
            Symbol = $"{AssetOf(pair.Base)}{AssetOf(pair.Quote)}",
            TickSize = 0.000001m,
            LotSize = 0.0001m,
        })];
        Fees = [.. list.Select(_ => new FeeTerms(0.001m, FeeMode.Receive))];
        Changes = Generate(random, [.. list], assets, changes);
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    public IReadOnlyList<FeeTerms> Fees { get; }

    /// <summary>The first ones give every instrument its first prices.</summary>
    public TopOfBookChange[] Changes { get; }

    private static Asset AssetOf(int number) => number < Quotes ? QuoteAssets[number] : new Asset($"C{number:D4}");

    private static TopOfBookChange[] Generate(SeededRandom random, (int Base, int Quote)[] pairs, int assets, int count)
    {
        var home = Enumerable.Range(0, assets).Select(asset => 8 * Math.Pow(1000, random.Unit()) / (1 + (asset / 50))).ToArray();
        var drift = new double[assets];
        var busy = Activity(pairs);
        var bids = new long[pairs.Length];
        var asks = new long[pairs.Length];
        var changes = new TopOfBookChange[count];
        var (wrong, correctedAt) = (-1, 0);
        for (var i = 0; i < count;)
        {
            var number = i < pairs.Length ? i : Array.BinarySearch(busy, random.Unit());
            number = Math.Min(number < 0 ? ~number : number, pairs.Length - 1);
            if (wrong >= 0 && i >= correctedAt)
            {
                (number, wrong) = (wrong, -1);
            }

            var (first, second) = pairs[number];
            drift[first] = (drift[first] * (1 - ReversionPerChange)) + (StepBps * random.Triangular());
            var off = 0.0;
            if (wrong < 0 && i >= pairs.Length && first >= Quotes && random.Chance(0.001))
            {
                (wrong, correctedAt, off) = (number, i + (int)random.Between(5, 50), 100 * random.Triangular());
            }

            var fair = home[first] / home[second] * Math.Exp((drift[first] - drift[second] + off + random.Triangular()) / 10_000);
            var half = 0.5 + (2 * random.Unit());
            var bid = Math.Max(1, (long)(fair * 1_000_000 * (1 - (half / 10_000))));
            var ask = Math.Max(bid + 1, (long)(fair * 1_000_000 * (1 + (half / 10_000))));

            // Two changes in three move one side only.
            bid = random.Chance(1 / 3.0) && bids[number] > 0 && bids[number] < ask ? bids[number] : bid;
            ask = random.Chance(0.5) && asks[number] > bid ? asks[number] : ask;
            if (bid == bids[number] && ask == asks[number])
            {
                continue;
            }

            (bids[number], asks[number]) = (bid, ask);
            changes[i++] = new TopOfBookChange(number, bid, ask);
        }

        return changes;
    }

    /// <summary>The running sum of the pairs' shares of all changes.</summary>
    private static double[] Activity((int Base, int Quote)[] pairs)
    {
        var shares = pairs.Select(pair => 1.0 / ((pair.Base + 1.0) * (pair.Quote + 1.0))).ToArray();
        var sum = shares.Sum();
        var running = 0.0;
        return [.. shares.Select(share => running += share / sum)];
    }
}
