using Parallax.Domain;
using Parallax.Simulation.Randomness;
using Parallax.Simulation.SeededMarket;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>Other traders who take the quotes of a mispricing first. The same seed and occasions give the same trades.</summary>
/// <param name="take">Takes lots of a market at best, as somebody outside.</param>
internal sealed class Rivals(RivalTerms terms, ulong seed, MarketDirectory directory, Agenda agenda, Action<Market, Side, long, long> take)
{
    /// <summary>A sweep takes so many levels: more than a plan with a margin of some tens of bps can pay for.</summary>
    private const int SweptLevels = 12;

    private readonly RivalTerms _terms = terms.Validated();
    private readonly SeededRandom _random = new(seed, stream: 0x53);

    /// <summary>A mispricing has appeared.</summary>
    public void See(Mispricing mispricing, long now)
    {
        if (_random.Below(100) >= _terms.FirstPercent)
        {
            return;
        }

        var leg = mispricing.Legs[(int)_random.Below(mispricing.Legs.Length)];
        agenda.Add(now + (_random.Below(_terms.FirstWithinMicros + 1) * UtcNanos.PerMicrosecond), later => TakeLevels(leg, levels: 1, percent: 100, later));
    }

    /// <summary>A client traded a market while a mispricing lives.</summary>
    public void Answer(Mispricing mispricing, Market traded, long now)
    {
        var leg = mispricing.Legs.Select((leg, i) => (leg, i)).FirstOrDefault(pair => pair.leg.Instrument == traded.Number, (default, -1)).Item2;
        if (leg < 0)
        {
            return;
        }

        var next = mispricing.Legs[(leg + 1) % mispricing.Legs.Length];
        var draw = _random.Below(100);
        if (draw < _terms.PartOfNextPercent)
        {
            TakeLevels(next, levels: 1, percent: (int)_random.Between(60, 95), now);
        }
        else if (draw < _terms.PartOfNextPercent + _terms.SweepOfNextPercent)
        {
            TakeLevels(next, SweptLevels, percent: 100, now);
        }
    }

    private void TakeLevels(MispricingLeg leg, int levels, int percent, long now)
    {
        var market = directory.Markets[leg.Instrument];
        var lots = 0L;
        foreach (ref readonly var level in market.Book.Levels(leg.Side.TakesFrom()))
        {
            if (levels-- == 0)
            {
                break;
            }

            lots += level.QuantityLots;
        }

        if (lots * percent / 100 > 0)
        {
            take(market, leg.Side, lots * percent / 100, now);
        }
    }
}
