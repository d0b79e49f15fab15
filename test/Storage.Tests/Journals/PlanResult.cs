using Parallax.Storage.Tests.Engines;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Storage.Tests.Journals;

/// <summary>What plans came to, each with those that brought home what it left, added up in the plainest way.</summary>
internal sealed record PlanResult(PlanName Plan, string StartAsset, long OpenedTime, long ClosedTime, PlanOutcome Outcome, decimal Realised)
{
    /// <summary>In the order in which they ended.</summary>
    public static List<PlanResult> All(StoreBed bed)
    {
        var opened = JournalFold.All<PlanOpened>(bed).ToDictionary(at => new PlanName(at.Session, at.Value.Plan));
        var results = new Dictionary<PlanName, PlanResult>();
        foreach (var (session, header, closed) in JournalFold.All<PlanClosed>(bed))
        {
            var (name, plan) = (new PlanName(session, closed.Plan), opened[new PlanName(session, closed.Plan)]);
            if (plan.Value.First is { } first)
            {
                results[first] = results[first] with { Realised = results[first].Realised + closed.Result };
            }
            else
            {
                results[name] = new PlanResult(name, plan.Value.StartAsset.Code, closed.OpenedTime, header.ReceivedTime, closed.Outcome, closed.Result);
            }
        }

        foreach (var (_, header, settled) in JournalFold.All<PlanSettled>(bed))
        {
            var name = new PlanName(settled.Session, settled.Plan);
            name = opened[name].Value.First ?? name;
            results[name] = results[name] with
            {
                Outcome = settled.Outcome,
                Realised = results[name].Realised + settled.Change,
                ClosedTime = settled.Open == 0 ? header.ReceivedTime : results[name].ClosedTime,
            };
        }

        return [.. results.Values.OrderBy(plan => plan.ClosedTime)];
    }
}
