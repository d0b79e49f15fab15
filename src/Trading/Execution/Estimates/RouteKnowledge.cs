namespace Parallax.Trading.Execution.Estimates;

/// <summary>What is expected of a route now, and how many attempts that rests on.</summary>
/// <param name="Attempts">Own ones, of earlier sessions too.</param>
/// <param name="Fills">Of these, how many filled on every leg.</param>
/// <param name="Practised">Simulated attempts.</param>
/// <param name="FillProbability">That every leg fills, 0 to 1, priors included.</param>
/// <param name="FailureCostBps">Of the input, when one does not; priors included.</param>
public sealed record RouteKnowledge(
    string Cycle, ExecutionPolicy Policy, int Attempts, int Fills, int Practised, decimal FillProbability, decimal FailureCostBps);
