using Parallax.Journal.Framing;
using Parallax.Storage.Queries;
using Parallax.Storage.Tests.Engines;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Storage.Tests.Journals;

/// <summary>The journal folded in the plainest way, in memory: what the tables are compared with.</summary>
internal static class JournalFold
{
    public static List<(int Session, byte Kind, byte[] Bytes)> Records(StoreBed bed)
    {
        var records = new List<(int, byte, byte[])>();
        var session = 0;
        using var journal = bed.Read();
        while (journal.TryRead(out var record))
        {
            if (record.Header.Kind == (byte)DecisionKind.SessionStarted)
            {
                var reader = new PayloadReader(record.Payload);
                session = SessionStarted.Read(ref reader).Number;
            }

            records.Add((session, record.Header.Kind, record.Bytes.ToArray()));
        }

        return records;
    }

    public static IEnumerable<(int Session, RecordHeader Header, T Value)> All<T>(StoreBed bed)
        where T : IDecision<T>
    {
        foreach (var (session, kind, bytes) in Records(bed))
        {
            if (kind == (byte)T.Kind)
            {
                var record = new Record(bytes);
                var reader = new PayloadReader(record.Payload);
                yield return (session, record.Header, T.Read(ref reader));
            }
        }
    }

    /// <summary>Oldest first.</summary>
    public static List<OpportunityRow> Opportunities(StoreBed bed)
    {
        var rows = All<OpportunityOpened>(bed).ToDictionary(
            at => (at.Session, at.Value.Number),
            at => new OpportunityRow(
                (long)at.Header.Sequence, at.Session, at.Value.Number, at.Value.Cycle, at.Value.TopNetBps, at.Header.ReceivedTime,
                null, null, null, null, null, 0, null, null, null, null, null, null));
        var sizings = All<OpportunityRefused>(bed).Select(at => (at.Session, at.Value.Number, at.Header.Sequence, at.Value.Input, at.Value.Profit, at.Value.StartAsset))
            .Concat(All<PlanOpened>(bed).Select(at => (at.Session, Number: at.Value.Opportunity, at.Header.Sequence, at.Value.Input, Profit: at.Value.ExpectedProfit, at.Value.StartAsset)));
        foreach (var sized in sizings.Where(sized => sized.Input > 0m).OrderBy(sized => sized.Sequence))
        {
            rows[(sized.Session, sized.Number)] = rows[(sized.Session, sized.Number)] with { Input = sized.Input, Profit = sized.Profit, StartAsset = sized.StartAsset.Code };
        }

        foreach (var (session, _, refused) in All<OpportunityRefused>(bed))
        {
            var row = rows[(session, refused.Number)];
            rows[(session, refused.Number)] = row with
            {
                Refusals = row.Refusals + 1,
                Refusal = refused.Reason,
                RefusalValue = refused.Value,
                RefusalThreshold = refused.Threshold,
            };
        }

        foreach (var (session, _, plan) in All<PlanOpened>(bed).Where(at => at.Value.First is null))
        {
            rows[(session, plan.Opportunity)] = rows[(session, plan.Opportunity)] with { Plan = plan.Plan };
        }

        foreach (var (session, header, closed) in All<OpportunityClosed>(bed))
        {
            rows[(session, closed.Number)] = rows[(session, closed.Number)] with
            {
                ClosedTime = header.ReceivedTime,
                BestNetBps = closed.BestNetBps,
                BestProfit = closed.BestProfit,
                Why = closed.Why,
                Refusals = closed.Refusals,
            };
        }

        return [.. rows.Values.OrderBy(row => row.Sequence)];
    }

    /// <summary>The figures since a moment, from nothing but the journal.</summary>
    public static Figures Figures(StoreBed bed, string startAsset, long since)
    {
        var closed = PlanResult.All(bed).Where(plan => plan.StartAsset == startAsset).ToList();
        var open = All<PlanOpened>(bed).Count(at => at.Value.First is null && at.Value.StartAsset.Code == startAsset) - closed.Count;
        closed = [.. closed.Where(plan => plan.ClosedTime >= since)];
        var filledPlans = Records(bed).Where(at => at.Kind == OrderEvent.RecordKind).Select(at => OrderEvent.Read(new Record(at.Bytes)))
            .Where(told => told.Type == OrderEventType.Filled).Select(told => (told.Id.Session, told.Id.Plan)).ToHashSet();
        var seen = Opportunities(bed).Where(row => row.OpenedTime >= since).ToList();
        var numbers = seen.Select(row => (row.Session, row.Number)).ToHashSet();
        var refusals = All<OpportunityRefused>(bed).Where(at => numbers.Contains((at.Session, at.Value.Number))).ToList();
        var sized = refusals.Where(at => at.Value.Profit > 0m).Select(at => (at.Session, at.Value.Number)).ToHashSet();
        return new Figures(
            closed.Sum(plan => plan.Realised),
            closed.Count + open,
            open,
            closed.Count(plan => plan.Realised > 0m),
            closed.Count(plan => plan.Realised < 0m),
            closed.Where(plan => plan.Realised > 0m).Sum(plan => plan.Realised),
            closed.Where(plan => plan.Realised < 0m).Sum(plan => plan.Realised),
            closed.Count == 0 ? null : closed.Sum(plan => plan.ClosedTime - plan.OpenedTime) / closed.Count,
            closed.GroupBy(plan => plan.Outcome).ToDictionary(group => group.Key.ToString().ToLowerInvariant(), group => group.Count()),
            seen.Count,
            seen.Count(row => row.Plan is not null || row.BestProfit > 0m || sized.Contains((row.Session, row.Number))),
            seen.Count(row => row.Plan is not null),
            seen.Count(row => row.Plan is { } plan && filledPlans.Contains((row.Session, plan))),
            refusals.GroupBy(at => at.Value.Reason).ToDictionary(group => group.Key, group => (long)group.Count()));
    }
}
