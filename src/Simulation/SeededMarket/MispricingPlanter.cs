using System.Collections.Immutable;
using Parallax.Domain;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.SeededMarket;

/// <summary>Chooses triangles, and works out how far a book must shift so that a triangle pays a wanted margin.</summary>
internal sealed class MispricingPlanter
{
    private readonly MarketTerms _terms;
    private readonly IReadOnlyList<ListedInstrument> _instruments;
    private readonly SeededRandom _random;
    private readonly List<ImmutableArray<(int Instrument, Side Side)>> _cycles = [];

    public MispricingPlanter(MarketTerms terms, IReadOnlyList<ListedInstrument> instruments)
    {
        _terms = terms;
        _instruments = instruments;
        _random = new SeededRandom(terms.Seed, stream: 0x43);
        FindCycles();
    }

    /// <summary>Whether the market has a triangle at all.</summary>
    public bool CanPlant => _cycles.Count > 0 && _terms.MispricingsPerMinute > 0;

    /// <summary>From one mispricing's end (or the start) to the next one's begin.</summary>
    public long NextPauseNanos()
    {
        var mean = 60 * UtcNanos.PerSecond / _terms.MispricingsPerMinute;
        return _random.Between(mean / 2, mean * 3 / 2);
    }

    /// <summary>A mispricing from the books as they stand; when it opens is the caller's to say.</summary>
    public Mispricing Plan(SeededBooks books)
    {
        var cycle = _cycles[(int)_random.Below(_cycles.Count)];
        var margin = _random.Between(_terms.MispricingMarginBps.Min, _terms.MispricingMarginBps.Max);
        var life = _random.Below(100) < _terms.BriefPercent
            ? _random.Between(5 * UtcNanos.PerMillisecond, 60 * UtcNanos.PerMillisecond)
            : _random.Between(300 * UtcNanos.PerMillisecond, 3 * UtcNanos.PerSecond);

        // A coin's book where there is one; of its two, either.
        var first = (int)_random.Below(3);
        var off = Enumerable.Range(0, 3).Select(i => (first + i) % 3).OrderByDescending(i => _instruments[cycle[i].Instrument].Base).First();
        var needed = 1 + (margin / 10_000m);
        var shift = Shift(books, cycle, off, needed);
        var gross = Gross(books, cycle, off, shift);
        return new Mispricing
        {
            Legs = [.. cycle.Select((leg, i) => Leg(books, leg, i == off ? shift : 0))],
            Instrument = (ushort)cycle[off].Instrument,
            GrossRate = gross,
            NetMarginBps = (Net(gross) - 1) * 10_000,
            ShiftTicks = shift,
            VenueTime = 0,
            ReceivedTime = 0,
            LifeNanos = life,
        };
    }

    private static MispricingLeg Leg(SeededBooks books, (int Instrument, Side Side) leg, long shiftTicks)
    {
        var best = books.Best(leg.Instrument, leg.Side.TakesFrom());
        return new MispricingLeg((ushort)leg.Instrument, leg.Side, best with { PriceTicks = best.PriceTicks + shiftTicks });
    }

    /// <summary>The smallest shift with which the cycle's net rate reaches what is needed.</summary>
    private long Shift(SeededBooks books, ImmutableArray<(int Instrument, Side Side)> cycle, int off, decimal needed)
    {
        var isBuy = cycle[off].Side == Side.Buy;
        var best = books.Best(cycle[off].Instrument, cycle[off].Side.TakesFrom()).PriceTicks;
        var factor = needed / Net(Gross(books, cycle, off, 0));
        var wanted = isBuy ? decimal.Floor(best / factor) : decimal.Ceiling(best * factor);
        var shift = (long)wanted - best;
        while (Net(Gross(books, cycle, off, shift)) < needed)
        {
            // The quotient above was rounded at its last digit.
            shift += isBuy ? -1 : 1;
        }

        return shift;
    }

    private decimal Gross(SeededBooks books, ImmutableArray<(int Instrument, Side Side)> cycle, int off, long shiftTicks)
    {
        decimal received = 1, spent = 1;
        for (var i = 0; i < 3; i++)
        {
            var (instrument, side) = cycle[i];
            var ticks = books.Best(instrument, side.TakesFrom()).PriceTicks + (i == off ? shiftTicks : 0);
            var price = _instruments[instrument].Instrument.Price(ticks);
            if (side == Side.Buy)
            {
                spent *= price;
            }
            else
            {
                received *= price;
            }
        }

        return received / spent;
    }

    private decimal Net(decimal gross)
    {
        var kept = 1 - (_terms.MispricingFeeBps / 10_000m);
        return gross * kept * kept * kept;
    }

    private void FindCycles()
    {
        var byPair = new Dictionary<(int, int), int>();
        for (var i = 0; i < _instruments.Count; i++)
        {
            byPair.Add((_instruments[i].Base, _instruments[i].Quote), i);
        }

        // Both ways around every triangle that starts from money. Once coins are listed, only theirs: a hub's shift would misprice half
        // the market.
        for (var i = 0; i < _instruments.Count; i++)
        {
            var (coin, cash) = (_instruments[i].Base, _instruments[i].Quote);
            for (var middle = 0; middle < Listing.HubCount; middle++)
            {
                if (Listing.IsMoney(cash) && byPair.TryGetValue((coin, middle), out var across) && byPair.TryGetValue((middle, cash), out var back))
                {
                    _cycles.Add([(i, Side.Buy), (across, Side.Sell), (back, Side.Sell)]);
                    _cycles.Add([(back, Side.Buy), (across, Side.Buy), (i, Side.Sell)]);
                }
            }
        }

        if (_cycles.Exists(HasCoin))
        {
            _cycles.RemoveAll(cycle => !HasCoin(cycle));
        }
    }

    private bool HasCoin(ImmutableArray<(int Instrument, Side Side)> cycle) =>
        cycle.Any(leg => _instruments[leg.Instrument].Base >= Listing.HubCount);
}
