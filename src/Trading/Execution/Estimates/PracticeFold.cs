using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution.Estimates;

/// <summary>Reads out of the journal of simulated sessions what their plans taught about each route.</summary>
/// <remarks>Every plan counts, also of sessions that estimated nothing: those sent their legs one after the other.</remarks>
public sealed class PracticeFold
{
    private readonly SortedDictionary<string, Opening.Route> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (string Cycle, decimal Input, ExecutionPolicy Policy)> _open = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<Opening.Practice> Routes => [.. _routes.Values.Select(route => new Opening.Practice(route))];

    /// <exception cref="MalformedRecordException">The record is not what its kind promises.</exception>
    public void Take(Record record)
    {
        var payload = new PayloadReader(record.Payload);
        switch ((DecisionKind)record.Header.Kind)
        {
            case DecisionKind.SessionStarted:
                _open.Clear();
                break;
            case DecisionKind.PlanOpened:
                var opened = PlanOpened.Read(ref payload);
                // A plan without an opportunity brings a residual home: that is no attempt at a route.
                if (opened.Opportunity != 0)
                {
                    _open[opened.Plan] = (opened.Cycle, opened.Input, ExecutionPolicy.Sequential);
                }

                break;
            case DecisionKind.PolicyChosen:
                var chosen = PolicyChosen.Read(ref payload);
                if (_open.TryGetValue(chosen.Plan, out var plan))
                {
                    _open[chosen.Plan] = plan with { Policy = RouteEstimates.PolicyOf(chosen.Policy) };
                }

                break;
            case DecisionKind.PlanClosed:
                Take(PlanClosed.Read(ref payload));
                break;
        }
    }

    private void Take(in PlanClosed closed)
    {
        if (_open.Remove(closed.Plan, out var plan))
        {
            var name = RouteEstimates.NameOf(plan.Cycle, plan.Policy);
            _routes[name] = RouteEstimates.After(_routes.GetValueOrDefault(name) ?? new Opening.Route(name, 0, 0, 0m), closed.Outcome, closed.Realised, plan.Input);
        }
    }
}
