using Parallax.Domain;
using Parallax.Simulation.SeededMarket;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;

namespace Parallax.VenueServers.Tests.Kraken;

/// <summary>What a taker meets in the default market: three immediate orders, one after the other, each some milliseconds after the last.</summary>
public sealed class OpportunityTests
{
    private const long LegNanos = 5 * UtcNanos.PerMillisecond;

    [Theory]
    [InlineData(55_708)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(11)]
    public void Whatever_the_seed_a_plain_taker_completes_a_cycle_within_thirty_seconds_and_fails_some_within_ninety(ulong seed)
    {
        using var rig = new ExchangeRig(new KrakenServerOptions { Seed = seed, Accounts = [Account()] });
        var outcomes = Trade(rig, 90);

        var completed = outcomes.First(outcome => outcome is { Outcome: Outcome.Completed });
        Assert.True(completed.Seconds < 30, $"The first cycle was completed after {completed.Seconds} s.");
        Assert.All([Outcome.Completed, Outcome.Partial, Outcome.Broken, Outcome.NotWorthIt], wanted =>
            Assert.True(outcomes.Any(outcome => outcome.Outcome == wanted), $"In 90 s nothing was {wanted}: {Summary(outcomes)}"));
        Assert.True(outcomes.Count(outcome => outcome.Outcome == Outcome.Completed) >= 3, Summary(outcomes));
    }

    [Fact]
    public void Without_rivals_whatever_pays_after_fees_is_completed()
    {
        var none = new RivalTerms { FirstPercent = 0, AheadPercent = 0, SweepOfNextPercent = 0 };
        using var rig = new ExchangeRig(new KrakenServerOptions { Accounts = [Account()], Rivals = none });

        var outcomes = Trade(rig, 60);

        Assert.Contains(outcomes, outcome => outcome.Outcome == Outcome.Completed);
        Assert.All(outcomes, outcome => Assert.True(outcome.Outcome is Outcome.Completed or Outcome.NotWorthIt, Summary(outcomes)));
    }

    private enum Outcome
    {
        /// <summary>Nothing left after three taker fees.</summary>
        NotWorthIt,
        Completed,

        /// <summary>A leg was filled in part.</summary>
        Partial,

        /// <summary>A later leg was not filled at all.</summary>
        Broken,

        /// <summary>The first leg was not filled.</summary>
        Missed,
    }

    private static List<(double Seconds, Outcome Outcome)> Trade(ExchangeRig rig, int seconds)
    {
        var outcomes = new List<(double, Outcome)>();
        Mispricing? seen = null;
        while (rig.Now < ExchangeRig.Start + (seconds * UtcNanos.PerSecond))
        {
            rig.Pass(UtcNanos.PerMillisecond);
            if (rig.Source.Living is { } living && living != seen && living.LifeNanos > 4 * LegNanos)
            {
                seen = living;
                rig.Pass(LegNanos);
                outcomes.Add(((rig.Now - ExchangeRig.Start) / 1e9, Take(rig, living)));
            }
        }

        return outcomes;
    }

    /// <summary>200 units of the cycle's money, which is less than the thinnest best level holds, at the prices of the moment it was planted.</summary>
    private static Outcome Take(ExchangeRig rig, Mispricing mispricing)
    {
        var rate = 1m;
        foreach (var leg in mispricing.Legs)
        {
            var price = rig.Exchange.Directory.Markets[leg.Instrument].Instrument.Price(leg.Best.PriceTicks);
            rate *= (leg.Side == Side.Buy ? 1 / price : price) * (1 - 0.0026m);
        }

        if (rate <= 1)
        {
            return Outcome.NotWorthIt;
        }

        var amount = 200m;
        for (var i = 0; i < mispricing.Legs.Length; i++)
        {
            var leg = mispricing.Legs[i];
            var market = rig.Exchange.Directory.Markets[leg.Instrument];
            var price = market.Instrument.Price(leg.Best.PriceTicks);
            var lots = market.Instrument.LotsDown(leg.Side == Side.Buy ? amount / price / 1.0026m : amount);
            var order = rig.Place(rig.Accounts[0], new OrderTerms
            {
                Market = market,
                Side = leg.Side,
                QuantityLots = lots,
                LimitTicks = leg.Best.PriceTicks,
                TimeInForce = TimeInForce.ImmediateOrCancel,
            });
            Assert.NotNull(order);
            if (order.FilledLots < lots)
            {
                return order.FilledLots > 0 ? Outcome.Partial : i == 0 ? Outcome.Missed : Outcome.Broken;
            }

            amount = leg.Side == Side.Buy ? order.FilledQuantity : order.Cost - order.Fee;
            rig.Pass(LegNanos);
        }

        return Outcome.Completed;
    }

    private static string Summary(List<(double Seconds, Outcome Outcome)> outcomes) =>
        string.Join(", ", outcomes.GroupBy(outcome => outcome.Outcome).Select(group => $"{group.Count()} {group.Key}"));

    private static KrakenAccount Account() => new(
        "taker",
        RestClient.Secret,
        KrakenPermissions.Trading,
        new[] { "USD", "USDT", "EUR", "BTC", "ETH", "SOL", "XRP", "ADA", "DOGE" }.ToDictionary(code => new Asset(code), _ => 1_000_000m));
}
