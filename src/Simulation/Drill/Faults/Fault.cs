using Parallax.Journal.Framing;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Something that goes wrong, once or for a while. One class a scenario, called after its number.</summary>
public abstract class Fault
{
    /// <summary>The scenario's number, <c>A7</c>.</summary>
    public abstract string Scenario { get; }

    /// <summary>When it begins, counted from the start of the world, nanoseconds.</summary>
    public required long FromNanos { get; init; }

    /// <summary>When it is over at the latest.</summary>
    public required long UntilNanos { get; init; }

    /// <summary>Whether it is right that trading stays halted until a person has looked at what this did.</summary>
    public virtual bool MayHalt => false;

    /// <summary>Changes the measures of the world before it begins.</summary>
    public virtual DrillTerms Shape(DrillTerms terms) => terms;

    public virtual void Begin(DrillWorld world)
    {
    }

    /// <summary>Everything that lasts is over after this.</summary>
    public virtual void End(DrillWorld world)
    {
    }

    /// <summary>Bends the fate of an order that is about to leave.</summary>
    public virtual void OnOrder(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
    }

    /// <summary>Bends the fate of a question.</summary>
    public virtual void OnQuery(DrillWorld world, ref QueryFate fate)
    {
    }

    /// <summary>Bends the fate of a message of the public feed.</summary>
    public virtual void OnQuote(DrillWorld world, in RecordHeader header, ref QuoteFate fate)
    {
    }

    public override string ToString() => $"{Scenario} from {FromNanos / 1_000_000} to {UntilNanos / 1_000_000} ms";

    protected bool IsOn(DrillWorld world)
    {
        var elapsed = world.Agenda.Now - world.Terms.StartTime;
        return elapsed >= FromNanos && elapsed <= UntilNanos;
    }
}

/// <summary>A fault that befalls some of the orders sent while it lasts.</summary>
public abstract class OrderTrouble : Fault
{
    private int _met;

    /// <summary>How many orders it befalls.</summary>
    public int Orders { get; init; } = 1;

    /// <summary>Which attempt of a plan it waits for; 0 for any.</summary>
    public int Attempt { get; init; }

    public sealed override void OnOrder(DrillWorld world, in OrderRequest request, ref OrderFate fate)
    {
        if (_met < Orders && IsOn(world) && (Attempt == 0 || request.Id.Attempt == Attempt))
        {
            _met++;
            world.Story.Say("fault", $"{Scenario} befalls {request.Id}");
            Befall(world, request, ref fate);
        }
    }

    public override string ToString() => $"{base.ToString()}, {Orders} orders{(Attempt == 0 ? "" : $", attempt {Attempt}")}";

    protected abstract void Befall(DrillWorld world, in OrderRequest request, ref OrderFate fate);
}
