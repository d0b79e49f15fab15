using Parallax.Simulation.Drill.World;
using Parallax.Trading.Risk;

namespace Parallax.Simulation.Drill.Invariants.Openings;

/// <summary>While losses restrict or halt trading, in this session or since an earlier one, no plan begins.</summary>
internal sealed class TradingStateAllows : IOpeningRule
{
    public string Name => "losses-stop";

    public string? Forbids(DrillWorld world, ToldPlan plan, long now) =>
        world.Conditions.Level >= RiskLevel.Restricted ? $"the trading state is {world.Conditions.Level}" : null;
}
