using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution.Estimates;

/// <summary>What own attempts have taught about each route and policy: how often every leg fills, and what it costs when one does not.</summary>
/// <remarks>
/// Counting with a prior (a Beta distribution's mean): (fills + prior fills) ÷ (attempts + prior attempts). The prior is an assumption, worth
/// a few attempts (sending all at once fills more often, and costs more when it does not), and what simulated attempts taught, worth some more:
/// a score of own attempts outweighs both. Engine thread only.
/// </remarks>
public sealed class RouteEstimates
{
    /// <summary>Attempts that the prior is worth.</summary>
    private const decimal PriorAttempts = 4m;

    /// <summary>Attempts that practice is worth at the most, however long it was.</summary>
    private const decimal PracticeAttemptsMax = 16m;

    private readonly Dictionary<string, Opening.Route> _practice = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Opening.Route> _routes = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IReadOnlyCollection<Opening.Route> Routes => _routes.Values;

    /// <summary>Counts what has been learned: while it stays, so does <see cref="Known"/>.</summary>
    public int Revision { get; private set; }

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

    /// <summary>Every route that was tried or practised, most tried first, then by name.</summary>
    public IReadOnlyList<RouteKnowledge> Known() =>
    [
        .. _routes.Keys.Union(_practice.Keys, StringComparer.Ordinal).Select(KnownOf)
            .OrderByDescending(route => route.Attempts).ThenBy(route => route.Cycle, StringComparer.Ordinal).ThenBy(route => route.Policy),
    ];

    public PolicyEstimate Of(string cycle, ExecutionPolicy policy, decimal edgeBps)
    {
        var (priorFill, priorCost) = Prior(policy);
        var name = NameOf(cycle, policy);
        var (attempts, fills, cost) = _routes.TryGetValue(name, out var route)
            ? (route.Attempts, route.Fills, route.FailureCostBps)
            : (0m, 0m, 0m);
        if (_practice.TryGetValue(name, out var practice))
        {
            var weight = decimal.Min(1m, PracticeAttemptsMax / practice.Attempts);
            (attempts, fills, cost) = (attempts + (practice.Attempts * weight), fills + (practice.Fills * weight), cost + (practice.FailureCostBps * weight));
        }

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
        Revision++;
    }

    internal void Adopt(Opening.Route route)
    {
        _routes[route.Name] = route;
        Revision++;
    }

    /// <summary>Takes simulated attempts into account; none of them is an own one.</summary>
    internal void Adopt(Opening.Practice practice)
    {
        if (practice.Learned.Attempts > 0)
        {
            _practice[practice.Learned.Name] = practice.Learned;
            Revision++;
        }
    }

    /// <summary>What one more attempt makes of what is known.</summary>
    internal static Opening.Route After(Opening.Route route, PlanOutcome outcome, decimal realised, decimal input) => outcome == PlanOutcome.Completed
        ? route with { Attempts = route.Attempts + 1, Fills = route.Fills + 1 }
        : route with
        {
            Attempts = route.Attempts + 1,
            FailureCostBps = route.FailureCostBps + (input > 0m ? decimal.Round(decimal.Max(0m, -realised) / input * 10_000m, 4) : 0m),
        };

    private RouteKnowledge KnownOf(string name)
    {
        var slash = name.LastIndexOf('/');
        var (cycle, policy) = (name[..slash], PolicyOf(name[(slash + 1)..]));
        var own = _routes.GetValueOrDefault(name);
        var expected = Of(cycle, policy, 0m);
        return new RouteKnowledge(
            cycle, policy, own?.Attempts ?? 0, own?.Fills ?? 0, _practice.GetValueOrDefault(name)?.Attempts ?? 0, expected.FillProbability, expected.FailureCostBps);
    }

    private static (decimal Fill, decimal CostBps) Prior(ExecutionPolicy policy) => policy switch
    {
        ExecutionPolicy.Sequential => (0.75m, 10m),
        ExecutionPolicy.Hybrid => (0.80m, 15m),
        _ => (0.85m, 20m),
    };
}
