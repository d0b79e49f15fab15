using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Invariants;

/// <summary>Once no plan runs, what all plans came to, less what their residuals have cost, is what their trades did to the start asset.</summary>
internal sealed class ResultsAddUp : IInvariant
{
    public string Name => "results-add-up";

    public string? Broken(DrillWorld world)
    {
        if (world.Engine is not { Executor: { OpenCount: 0 } executor })
        {
            return null;
        }

        var (told, carried) = (world.Told.Results, executor.Residuals.Open.Sum(residual => residual.Cost));
        return told.Results - carried == told.Changes
            ? null
            : $"plans came to {told.Results} USD, of which {carried} is carried by residuals; their trades changed the account by {told.Changes}";
    }
}
