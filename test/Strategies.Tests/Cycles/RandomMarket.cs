using Parallax.Domain;
using Parallax.Strategies.Tests.Sizing;

namespace Parallax.Strategies.Tests.Cycles;

/// <summary>A market of quote assets that are all traded against each other, and of coins traded against some of them; prices wander.</summary>
internal sealed class RandomMarket
{
    private readonly double[] _values;
    private readonly (int Base, int Quote)[] _pairs;
    private SplitMix _random;

    public RandomMarket(ulong seed, int hubs, int coins, int extra)
    {
        _random = new SplitMix(seed);
        var pairs = new List<(int, int)>();
        for (var a = 0; a < hubs; a++)
        {
            for (var b = 0; b < a; b++)
            {
                pairs.Add(_random.Chance(50) ? (a, b) : (b, a));
            }
        }

        for (var coin = hubs; coin < hubs + coins; coin++)
        {
            for (var hub = 0; hub < hubs; hub++)
            {
                if (_random.Chance(80))
                {
                    pairs.Add((coin, hub));
                }
            }
        }

        // A second market between two assets, or a market between two coins.
        for (var i = 0; i < extra; i++)
        {
            var (a, b) = ((int)_random.Between(0, hubs + coins - 1), (int)_random.Between(0, hubs + coins - 1));
            if (a != b)
            {
                pairs.Add((a, b));
            }
        }

        _pairs = [.. pairs];
        _values = [.. Enumerable.Range(0, hubs + coins).Select(_ => 1.0 + (_random.Between(0, 900) / 100.0))];
        Instruments = [.. _pairs.Select(pair => new Instrument
        {
            Id = new InstrumentId(new VenueId("random"), Name(pair.Base), Name(pair.Quote), InstrumentKind.Spot),
            Symbol = $"{pair}",
            TickSize = 0.0001m,
            LotSize = 1m,
        })];
        Fees = [.. _pairs.Select(_ => new FeeTerms(
            _random.Of(0m, 0.0002m, 0.0005m, 0.001m),
            _random.Of(FeeMode.Receive, FeeMode.Quote, FeeMode.Base, FeeMode.Spend, FeeMode.Third)))];
    }

    public IReadOnlyList<Instrument> Instruments { get; }

    public IReadOnlyList<FeeTerms> Fees { get; }

    public static Asset Name(int asset) => new($"A{asset:D2}");

    /// <summary>Some instrument's next best prices; a side is empty now and then.</summary>
    public (int Instrument, long? Bid, long? Ask) Next()
    {
        _values[_random.Between(0, _values.Length - 1)] *= 1 + (_random.Between(-30, 30) / 10_000.0);
        var instrument = (int)_random.Between(0, _pairs.Length - 1);
        var fair = _values[_pairs[instrument].Base] / _values[_pairs[instrument].Quote] * 10_000;
        var bid = Math.Max(1, (long)(fair * (1 - (_random.Between(-2, 12) / 10_000.0))));
        var ask = Math.Max(bid, (long)(fair * (1 + (_random.Between(-2, 12) / 10_000.0))) + 1);
        return (instrument, _random.Chance(3) ? null : bid, _random.Chance(3) ? null : ask);
    }
}
