using Parallax.Domain;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Drill.Tests;

/// <summary>A quiet world in which ETH/BTC is too cheap for a while, so that one plan USD, BTC, ETH, USD is made, and something goes wrong with it.</summary>
internal sealed class Scene
{
    public const long Ms = UtcNanos.PerMillisecond, S = UtcNanos.PerSecond;

    /// <summary>When the mispricing begins.</summary>
    public const long PlantedNanos = S;

    private Scene(DrillWorld world) => World = world;

    public DrillWorld World { get; }

    /// <summary>The orders that had an intent, in the order of their ids.</summary>
    public IReadOnlyList<ToldOrder> Orders => [.. World.Told.Orders.Values.OrderBy(order => order.Intent.Id.Value)];

    public IReadOnlyList<ToldPlan> Plans => [.. World.Told.Plans.Values];

    public PlanClosed Closed => Assert.Single(Plans).Closed ?? throw new InvalidOperationException("The plan has not ended.");

    /// <summary>Plays a world with these faults and checks every invariant after every step.</summary>
    /// <param name="script">Sets up what else happens, before the first step.</param>
    /// <param name="surveyNanos">Between two looks at the account; the usual minute leaves an unknown order to the questions about it.</param>
    /// <param name="before">Called before each step.</param>
    /// <param name="shape">Other measures of the world.</param>
    public static Scene Play(
        IReadOnlyList<Fault> faults,
        long nanos = 12 * S,
        Action<DrillWorld>? script = null,
        Action<DrillWorld>? before = null,
        long surveyNanos = 60 * S,
        ulong seed = 1,
        Func<DrillTerms, DrillTerms>? shape = null)
    {
        var quiet = new DrillTerms() with { MispricingPauseNanos = 0, SurveyEveryNanos = surveyNanos, ChaosNanos = 3_600 * S };
        quiet = shape?.Invoke(quiet) ?? quiet;
        var world = new DrillWorld(quiet, seed, faults, keepsStory: true);
        world.Agenda.After(PlantedNanos, () => world.Misprice(DrillListings.EthBtc, -100, 400 * Ms));
        script?.Invoke(world);
        world.Machine.Start();
        while (world.Agenda.NextTime <= quiet.StartTime + nanos)
        {
            before?.Invoke(world);
            Assert.True(world.Step(), $"{world.Breach}\n{string.Join('\n', world.Story.Lines)}");
        }

        return new Scene(world);
    }

    public DrillOrder AtVenue(ToldOrder order) => World.Venue.Orders[order.Intent.Id];

    public decimal Balance(Asset asset) => World.Engine!.Treasury.Reservations.Balance(new Holding(asset, DrillListings.Venue));

    public void AssertBooksAgree()
    {
        foreach (var (asset, truth) in World.Venue.Balances)
        {
            Assert.Equal(truth, Balance(asset));
        }
    }

    public override string ToString() => string.Join('\n', World.Story.Lines);
}
