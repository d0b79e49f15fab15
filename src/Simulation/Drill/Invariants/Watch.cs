using Parallax.Simulation.Drill.Invariants.Openings;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>The invariants in their fixed order: those of every step, those of a sending order, and those of the end.</summary>
internal static class Watch
{
    private static readonly IInvariant[] OfEachStep =
    [
        new LedgerBalances(),
        new ReservationsWithinBalances(),
        new FilledWithinOrdered(),
        new PlansHaveOwners(),
        new ExposureWithinCaps(),
        new ResidualsListed(),
    ];

    private static readonly IOpeningRule[] OfOpenings =
    [
        new SessionArmed(),
        new BreakersLetThrough(),
        new TradingStateAllows(),
        new VenueOpen(),
        new BalancesExplained(),
        new BooksSound(),
        new CoinsAtPeg(),
        new FeesAsTold(),
        new DiskHasRoom(),
        new StoreKeepsUp(),
    ];

    private static readonly IInvariant[] OfTheEnd =
    [
        new JournalIntact(),
        new StoreIsJournal(),
        new TapesReplay(),
        new PlansEnded(),
        new OrdersKnown(),
        new BalancesAgree(),
        new ResultsAddUp(),
    ];

    public static Breach? EachStep(DrillWorld world) => First(OfEachStep, world);

    public static Breach? AtTheEnd(DrillWorld world) => First(OfEachStep, world) ?? First(OfTheEnd, world);

    public static void OnSend(DrillWorld world, in OrderRequest request)
    {
        if (world.SentTimes[request.Id] > 1)
        {
            world.Break("sent-once", $"{request.Id} is sent {world.SentTimes[request.Id]} times");
        }
        else if (!world.Durable.Contains(request.Id))
        {
            world.Break("intent-first", $"{request.Id} is sent and its intent is not on the disk");
        }
        else if (world.Told.Orders.TryGetValue(request.Id, out var told) && BegunBy(world, told) is not null)
        {
            OnOpening(world, request);
        }
    }

    /// <summary>An intent is in the journal: if it begins a plan, everything that could forbid it is looked at.</summary>
    public static void OnIntent(DrillWorld world, long now)
    {
        if (BegunBy(world, world.Told.LastOrder!) is not { } plan || plan.IsWayHome)
        {
            return;
        }

        foreach (var rule in OfOpenings)
        {
            if (rule.Forbids(world, plan, now) is { } why)
            {
                world.Break(rule.Name, $"{plan.Opened.Cycle} begins although {why}");
            }
        }

        world.Conditions.Probe();
    }

    /// <returns>The plan whose first order this is; <see langword="null"/> when it is a later one, or the plan began in an earlier session.</returns>
    private static ToldPlan? BegunBy(DrillWorld world, ToldOrder order) =>
        order.Intent is { Purpose: OrderPurpose.Leg, Id.Attempt: 1 }
        && world.Told.Plans.TryGetValue((order.Intent.Id.Session, order.Intent.Plan), out var plan)
        && !plan.IsResumed
            ? plan
            : null;

    private static void OnOpening(DrillWorld world, in OrderRequest request)
    {
        if (world.Operator.HasKilled)
        {
            world.Break("nothing-after-kill", $"{request.Id} opens a plan after the kill");
        }
        else if (!world.Told.HasReconciled)
        {
            world.Break("reconciled-first", $"{request.Id} opens a plan before the venue's account was compared");
        }
        else if (world.Told.Halts.Count > world.Operator.HaltsLifted)
        {
            world.Break("nothing-after-halt", $"{request.Id} opens a plan after the halt: {world.Told.Halts[^1]}");
        }
    }

    private static Breach? First(IInvariant[] invariants, DrillWorld world)
    {
        foreach (var invariant in invariants)
        {
            if (invariant.Broken(world) is { } what)
            {
                return new Breach(invariant.Name, what, world.Agenda.Now, world.Agenda.Steps);
            }
        }

        return null;
    }
}
