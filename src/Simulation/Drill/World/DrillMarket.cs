using Parallax.Domain;
using Parallax.MarketData.Records;
using Parallax.Simulation.Randomness;

namespace Parallax.Simulation.Drill.World;

/// <summary>Everybody else: quotes every market around its fair price, and now and then a wrong one.</summary>
/// <remarks>One market is requoted a beat, in turn, so that no book is ever old. Whole numbers and decimals only.</remarks>
internal sealed class DrillMarket
{
    private const int LevelsPerSide = 3;
    private const long LevelUsdMin = 300, LevelUsdMax = 2_000;
    private const int MispricedBpsMin = 70, MispricedBpsMax = 130;
    private const int PegLimitBps = 55;

    // Makes what a lot is worth a whole number: values have six decimals at the most, lots four.
    private const long WorthUnits = 10_000_000_000;

    private const long MispricedNanos = 400 * UtcNanos.PerMillisecond;

    private readonly DrillVenue _venue;
    private readonly Agenda _agenda;
    private readonly DrillTerms _terms;
    private readonly SeededRandom _random;
    private readonly Dictionary<Asset, decimal> _values = new()
    {
        [DrillListings.Usd] = 1m,
        [DrillListings.Btc] = 60_000m,
        [DrillListings.Eth] = 3_000m,
        [DrillListings.Sol] = 150m,
        [DrillListings.Usdt] = 1m,
    };

    private readonly int[] _shiftBps = new int[DrillListings.All.Length];
    private readonly BookLevel[] _levels = new BookLevel[2 * LevelsPerSide];
    private readonly Action _beat;
    private ushort _next;
    private int _pegBps;

    public DrillMarket(DrillVenue venue, Agenda agenda, DrillTerms terms, SeededRandom random)
    {
        (_venue, _agenda, _terms, _random) = (venue, agenda, terms, random);
        _beat = Beat;
        for (ushort number = 0; number < DrillListings.All.Length; number++)
        {
            Quote(number);
        }

        _agenda.After(terms.BeatNanos, _beat);
        if (terms.MispricingPauseNanos > 0)
        {
            // Two of the first kind share a market; one of the second may come at any time beside them.
            _agenda.After(terms.MispricingPauseNanos, () => Misprice(DrillListings.EthBtc, DrillListings.SolBtc));
            _agenda.After(terms.MispricingPauseNanos, () => Misprice(DrillListings.SolUsdt, DrillListings.SolUsdt));
        }
    }

    /// <summary>One asset is worth more or less from now on, on all of its markets.</summary>
    /// <param name="bps">Positive is more.</param>
    public void Revalue(Asset asset, int bps)
    {
        _values[asset] = decimal.Round(_values[asset] * (10_000 + bps) / 10_000m, 6);
        for (ushort number = 0; number < DrillListings.All.Length; number++)
        {
            if (DrillListings.All[number].Base == asset || DrillListings.All[number].Quote == asset)
            {
                Quote(number);
            }
        }
    }

    /// <summary>Moves the stable coin further from its peg, or back.</summary>
    /// <param name="bps">Positive is up. What several have moved adds up.</param>
    public void MovePeg(int bps)
    {
        _pegBps += bps;
        OffPegSince = Math.Abs(_pegBps) > PegLimitBps ? OffPegSince ?? _agenda.Now : null;
        _values[DrillListings.Usdt] = (10_000 + _pegBps) / 10_000m;
        Revalue(DrillListings.Usdt, 0);
    }

    /// <summary>Since when the stable coin is so far off its peg that anybody can see it; <see langword="null"/> while it is not.</summary>
    public long? OffPegSince { get; private set; }

    /// <summary>Moves one market off its fair price until <see cref="Misprice(ushort, int, long)"/>'s time is over.</summary>
    /// <param name="bps">Positive is too dear.</param>
    public void Misprice(ushort number, int bps, long nanos)
    {
        _shiftBps[number] = bps;
        Quote(number);
        _agenda.After(nanos, () =>
        {
            _shiftBps[number] = 0;
            Quote(number);
        });
    }

    private void Misprice(ushort one, ushort other)
    {
        var number = _random.Chance(0.5) ? one : other;
        var bps = (int)_random.Between(MispricedBpsMin, MispricedBpsMax);
        Misprice(number, _random.Chance(0.5) ? bps : -bps, MispricedNanos);
        _agenda.After(MispricedNanos + _random.Between(1, 2 * _terms.MispricingPauseNanos), () => Misprice(one, other));
    }

    private void Beat()
    {
        var asset = DrillListings.All[_next].Base;
        if (asset != DrillListings.Usdt)
        {
            _values[asset] = decimal.Round(_values[asset] * (10_000 + _random.Between(-2, 2)) / 10_000m, 4);
        }

        Quote(_next);
        _next = (ushort)((_next + 1) % DrillListings.All.Length);
        _agenda.After(_terms.BeatNanos, _beat);
    }

    private void Quote(ushort number)
    {
        var instrument = DrillListings.All[number];
        var value = _values[instrument.Base];
        var fair = value / _values[instrument.Quote] * (10_000 + _shiftBps[number]) / 10_000m;
        var middle = (long)decimal.Round(fair / instrument.TickSize);
        var step = Math.Max(1, middle / 5_000);
        var perLot = (long)(value * instrument.LotSize * WorthUnits);
        for (var i = 0; i < LevelsPerSide; i++)
        {
            _levels[2 * i] = new BookLevel(BookSide.Bid, middle - ((i + 1) * step), Lots());
            _levels[(2 * i) + 1] = new BookLevel(BookSide.Ask, middle + ((i + 1) * step), Lots());
        }

        _venue.Quote(number, _levels);

        long Lots() => Math.Max(1, _random.Between(LevelUsdMin, LevelUsdMax) * WorthUnits / perLot);
    }
}
