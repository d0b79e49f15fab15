using Parallax.Domain;
using Parallax.Simulation.Randomness;
using Parallax.Simulation.SeededMarket;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>Other traders who take the quotes of a mispricing first. The same seed and occasions give the same trades.</summary>
/// <param name="take">Takes lots of a market at best, as somebody outside.</param>
internal sealed class Rivals(RivalTerms terms, ulong seed, MarketDirectory directory, Agenda agenda, Action<Market, Side, long, long> take)
{
    /// <summary>A sweep takes so many levels: more than a plan with a margin of some tens of bps can pay for.</summary>
    private const int SweptLevels = 16;

    private readonly RivalTerms _terms = terms.Validated();

    // A stream for each behaviour: changing one term leaves the others' choices as they were.
    private readonly SeededRandom _first = new(seed, stream: 0x53);
    private readonly SeededRandom _ahead = new(seed, stream: 0x54);
    private readonly SeededRandom _sweep = new(seed, stream: 0x55);

    /// <summary>A mispricing has appeared.</summary>
    public void See(Mispricing mispricing, long now)
    {
        if (_first.Below(100) >= _terms.FirstPercent)
        {
            return;
        }

        var leg = mispricing.Legs[(int)_first.Below(mispricing.Legs.Length)];
        agenda.Add(now + (_first.Below(_terms.FirstWithinMicros + 1) * UtcNanos.PerMicrosecond), later => TakeLevels(leg, levels: 1, later));
    }

    /// <summary>A client's order has reached a market while a mispricing lives, and is not matched yet.</summary>
    public void Precede(Mispricing mispricing, Order order, long now)
    {
        var market = order.Market;
        if (LegIn(mispricing, market) is not { } leg || mispricing.Legs[leg].Side != order.Side || _ahead.Below(100) >= _terms.AheadPercent)
        {
            return;
        }

        // Whoever saw the same mispricing wants the same levels.
        var wanted = market.Available(order.Side, order.Terms.LimitTicks, long.MaxValue).Lots;
        var left = order.Terms.QuantityLots * _ahead.Between(20, 70) / 100;
        if (wanted > left)
        {
            take(market, order.Side, wanted - left, now);
        }
    }

    /// <summary>A client traded a market while a mispricing lives.</summary>
    public void Answer(Mispricing mispricing, Market traded, long now)
    {
        if (LegIn(mispricing, traded) is { } leg && _sweep.Below(100) < _terms.SweepOfNextPercent)
        {
            TakeLevels(mispricing.Legs[(leg + 1) % mispricing.Legs.Length], SweptLevels, now);
        }
    }

    /// <returns>The leg's index; <see langword="null"/> when the mispricing has none there.</returns>
    private static int? LegIn(Mispricing mispricing, Market market)
    {
        for (var i = 0; i < mispricing.Legs.Length; i++)
        {
            if (mispricing.Legs[i].Instrument == market.Number)
            {
                return i;
            }
        }

        return null;
    }

    private void TakeLevels(MispricingLeg leg, int levels, long now)
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

        if (lots > 0)
        {
            take(market, leg.Side, lots, now);
        }
    }
}
