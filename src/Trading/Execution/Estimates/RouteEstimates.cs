using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution.Estimates;

/// <summary>What own attempts have taught about each route and policy: how often every leg fills, and what it costs when one does not.</summary>
/// <remarks>
/// Counting with a prior (a Beta distribution's mean): (fills + prior fills) ÷ (attempts + prior attempts). The priors are
/// assumptions, worth a few attempts: sending all at once fills more often, and costs more when it does not. Engine thread only.
/// </remarks>
public sealed class RouteEstimates
{
    /// <summary>Attempts that the prior is worth.</summary>
    private const decimal PriorAttempts = 4m;

    private readonly SortedDictionary<string, Opening.Route> _routes = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IReadOnlyCollection<Opening.Route> Routes => _routes.Values;

    /// <summary>How well the probabilities were met.</summary>
    public Calibration Calibration { get; } = new();

    /// <summary>The stable name of a route: the cycle, and the policy behind a slash.</summary>
    public static string NameOf(string cycle, ExecutionPolicy policy) => $"{cycle}/{TextOf(policy)}";

    public static string TextOf(ExecutionPolicy policy) => policy switch
    {
        ExecutionPolicy.Hybrid => "hybrid",
        ExecutionPolicy.Simultaneous => "simultaneous",
        _ => "sequential",
    };

    /// <exception cref="MalformedRecordException">No policy is called so.</exception>
    public static ExecutionPolicy PolicyOf(string text) => text switch
    {
        "sequential" => ExecutionPolicy.Sequential,
        "hybrid" => ExecutionPolicy.Hybrid,
        "simultaneous" => ExecutionPolicy.Simultaneous,
        _ => throw new MalformedRecordException($"No execution policy is called '{text}'."),
    };

    public PolicyEstimate Of(string cycle, ExecutionPolicy policy, decimal edgeBps)
    {
        var (priorFill, priorCost) = Prior(policy);
        var (attempts, fills, cost) = _routes.TryGetValue(NameOf(cycle, policy), out var route)
            ? (route.Attempts, route.Fills, route.FailureCostBps)
            : (0, 0, 0m);
        var failures = attempts - fills + (PriorAttempts * (1m - priorFill));
        return new PolicyEstimate(
            policy,
            edgeBps,
            (fills + (PriorAttempts * priorFill)) / (attempts + PriorAttempts),
            (cost + (PriorAttempts * (1m - priorFill) * priorCost)) / failures);
    }

    /// <summary>An attempt has ended.</summary>
    /// <param name="name">Of the route: see <see cref="NameOf"/>.</param>
    /// <param name="realised">Start asset; what was lost counts, what was earned on another way does not.</param>
    /// <param name="input">Start asset.</param>
    /// <param name="predicted">The fill probability it was sent with.</param>
    public void Learn(string name, PlanOutcome outcome, decimal realised, decimal input, decimal predicted)
    {
        _routes[name] = After(_routes.GetValueOrDefault(name) ?? new Opening.Route(name, 0, 0, 0m), outcome, realised, input);
        Calibration.Add(predicted, outcome == PlanOutcome.Completed);
    }

    internal void Adopt(Opening.Route route) => _routes[route.Name] = route;

    /// <summary>What one more attempt makes of what is known.</summary>
    internal static Opening.Route After(Opening.Route route, PlanOutcome outcome, decimal realised, decimal input) => outcome == PlanOutcome.Completed
        ? route with { Attempts = route.Attempts + 1, Fills = route.Fills + 1 }
        : route with
        {
            Attempts = route.Attempts + 1,
            FailureCostBps = route.FailureCostBps + (input > 0m ? decimal.Round(decimal.Max(0m, -realised) / input * 10_000m, 4) : 0m),
        };

    private static (decimal Fill, decimal CostBps) Prior(ExecutionPolicy policy) => policy switch
    {
        ExecutionPolicy.Sequential => (0.75m, 10m),
        ExecutionPolicy.Hybrid => (0.80m, 15m),
        _ => (0.85m, 20m),
    };
}
