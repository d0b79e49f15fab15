using Parallax.Domain;
using Parallax.Simulation.Drill.Faults;
using Parallax.Simulation.Drill.Invariants;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;

namespace Parallax.Simulation.Drill;

/// <summary>Everything that shapes one run: the same plan runs the same way, on any machine and any thread.</summary>
/// <param name="Seed">Chooses the market, the latencies and, unless they are given, the faults.</param>
/// <param name="Faults">Made anew for each run: a fault remembers what it has done.</param>
public sealed record DrillPlan(ulong Seed, DrillTerms Terms, Func<IReadOnlyList<Fault>> Faults)
{
    private static readonly long[] SurveyPauses = [UtcNanos.PerSecond, 3 * UtcNanos.PerSecond, 7 * UtcNanos.PerSecond];

    /// <summary>The plan of a seed: faults of every scenario, or of one alone.</summary>
    /// <param name="scenario">Such as <c>A7</c>; <see langword="null"/> for all of them.</param>
    public static DrillPlan Of(ulong seed, string? scenario = null)
    {
        // Often, and so seldom that unknown orders have to be asked for one by one.
        var terms = new DrillTerms
        {
            SurveyEveryNanos = SurveyPauses[seed % 3],
            KillPolicy = seed / 3 % 2 == 0 ? KillPolicy.Finish : KillPolicy.Hold,
            ChecksTape = seed % 10 == 0,
        };
        if (seed % 4 == 1)
        {
            // What is owned of every asset pays for legs that go out together.
            terms = terms with { PolicyChoosing = PolicyChoosing.ExpectedValue, Inventory = DrillListings.Inventory };
        }

        return new DrillPlan(seed, terms, () => FaultCatalog.Draw(seed, terms, scenario));
    }

    /// <summary>The same without some of its faults.</summary>
    /// <param name="kept">Positions in the list of faults.</param>
    public DrillPlan Keeping(IReadOnlyCollection<int> kept)
    {
        var faults = Faults;
        return this with { Faults = () => [.. faults().Where((_, at) => kept.Contains(at))] };
    }
}

/// <summary>How a run ended.</summary>
/// <param name="Breach">The invariant that broke; <see langword="null"/> when every one held.</param>
/// <param name="Plans">Plans that were made, of those that the journal still tells.</param>
/// <param name="Together">Those whose legs went out together, or all but one.</param>
/// <param name="Orders">Orders that were sent.</param>
/// <param name="Starts">How often the program was started.</param>
/// <param name="Story">What happened, line by line; empty unless it was asked for.</param>
public sealed record DrillResult(DrillPlan Plan, Breach? Breach, long Steps, int Plans, (int Simultaneous, int Hybrid) Together, int Orders, int Starts, IReadOnlyList<string> Story);
