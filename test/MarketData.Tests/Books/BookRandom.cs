using Parallax.Domain;
using Parallax.MarketData.Records;

namespace Parallax.MarketData.Tests.Books;

/// <summary>A seeded source of market messages that try to hit every corner of a book: SplitMix64.</summary>
internal sealed class BookRandom(ulong seed)
{
    private ulong _state = seed;

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public long Below(long bound) => (long)(Next() % (ulong)bound);

    public bool OneIn(int n) => Below(n) == 0;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Prices from a narrow band (so that levels meet), bids mostly below 1000 and asks above, a third of them removals.</summary>
    public BookLevel Level(int band, bool mayCross)
    {
        var side = (BookSide)Below(2);
        var away = 1 + Below(OneIn(3) ? 4 : band);
        var price = side == BookSide.Bid ? 1000 + (band * 2) - away : 1000 + (band * 2) + away;
        if (mayCross && OneIn(20))
        {
            price += side == BookSide.Bid ? 3 : -3;
        }

        var lots = OneIn(3) ? 0 : OneIn(10) ? Below(long.MaxValue / 1000) + 1 : 1 + Below(500_000_000);
        return new BookLevel(side, price, lots);
    }

    public BookLevel[] Levels(int countMax, int band, bool mayCross)
    {
        var levels = new BookLevel[Below(countMax + 1)];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = i > 0 && OneIn(6)
                ? new BookLevel(levels[i - 1].Side, levels[i - 1].PriceTicks, OneIn(2) ? 0 : 1 + Below(1000))
                : Level(band, mayCross);
        }

        return levels;
    }
}
