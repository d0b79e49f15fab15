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

    private static readonly IInvariant[] OfTheEnd =
    [
        new JournalIntact(),
        new PlansEnded(),
        new OrdersKnown(),
        new BalancesAgree(),
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
        else if (world.Told.Orders.TryGetValue(request.Id, out var told) && told.Intent is { Leg: 0, Purpose: OrderPurpose.Leg })
        {
            OnOpening(world, request);
        }
    }

    private static void OnOpening(DrillWorld world, in OrderRequest request)
    {
        if (world.IsKilled)
        {
            world.Break("nothing-after-kill", $"{request.Id} opens a plan after the kill");
        }
        else if (!world.Told.HasReconciled)
        {
            world.Break("reconciled-first", $"{request.Id} opens a plan before the venue's account was compared");
        }
        else if (world.Told.Halts.Count > world.HaltsLifted)
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
