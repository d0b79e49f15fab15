using Parallax.Simulation.Drill;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.Shrinking;
using Parallax.Simulation.Drill.World;

namespace Parallax.Drill.Tests;

public sealed class SeedTests
{
    private const int Seeds = 2_000;

    [Fact]
    public void Two_thousand_seeds_hold_every_invariant()
    {
        var totals = DrillRunner.Run(from: 1, Seeds);

        Assert.Equal("", string.Join('\n', totals.Failures.Select(failed => $"seed {failed.Plan.Seed}: {failed.Breach}")));
        Assert.True(totals is { Simultaneous: > Seeds / 20, Hybrid: > 0 }, $"{totals.Simultaneous} plans were simultaneous, {totals.Hybrid} hybrid.");
        Assert.True(totals.Plans > 4 * Seeds, $"A drill that trades little proves little: {totals.Plans} plans.");
    }

    /// <summary>A probe whose order was held back and was never given back; late fills that a loss of power forgot.</summary>
    [Theory]
    [InlineData(5_090)]
    [InlineData(5_902)]
    [InlineData(5_980)]
    [InlineData(9_700)]
    public void A_seed_that_once_found_a_fault_holds_every_invariant(int seed) => Assert.Null(DrillRun.Of(DrillPlan.Of((ulong)seed)).Breach);

    [Fact]
    public void The_same_seeds_come_to_the_same_on_one_thread_and_on_four()
    {
        var one = DrillRunner.Run(from: 77, 40, threads: 1);
        var four = DrillRunner.Run(from: 77, 40, threads: 4);

        Assert.Equal((one.Steps, one.Plans, one.Orders), (four.Steps, four.Plans, four.Orders));
    }

    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        var first = DrillRun.Of(DrillPlan.Of(5), keepsStory: true);
        var second = DrillRun.Of(DrillPlan.Of(5), keepsStory: true);

        Assert.NotEmpty(first.Story);
        Assert.Equal(first.Story, second.Story);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_scenario_alone_holds_every_invariant(string scenario)
    {
        var totals = DrillRunner.Run(from: 1, 40, scenario);

        Assert.Equal("", string.Join('\n', totals.Failures.Select(failed => $"seed {failed.Plan.Seed}: {failed.Breach}")));
    }

    [Fact]
    public void A_failing_seed_is_shrunk_to_the_fault_that_breaks_it()
    {
        var terms = new DrillTerms();
        Fault[] Faults() =>
        [
            new A5ToldTwice { FromNanos = 0, UntilNanos = terms.ChaosNanos, Orders = 5 },
            new Forgery { FromNanos = terms.ChaosNanos / 4, UntilNanos = terms.ChaosNanos },
            new A6FillBeforeAck { FromNanos = 0, UntilNanos = terms.ChaosNanos, Orders = 5 },
        ];
        var failed = DrillRun.Of(new DrillPlan(3, terms, Faults));

        var least = Shrinker.Shrink(failed);

        Assert.NotNull(failed.Breach);
        Assert.Equal(failed.Breach.Invariant, least.Breach!.Invariant);
        Assert.Equal(["X1"], least.Plan.Faults().Select(fault => fault.Scenario));
        Assert.True(least.Plan.Terms.ChaosNanos < terms.ChaosNanos);
    }

    public static TheoryData<string> Scenarios => [.. FaultCatalog.Scenarios];

    /// <summary>The venue takes money without a trace: no engine can explain it.</summary>
    private sealed class Forgery : Fault
    {
        public override string Scenario => "X1";

        public override void Begin(DrillWorld world) => world.Venue.Move(DrillListings.Usd, -1m);
    }
}
