using Parallax.Storage.Tables;
using Parallax.Trading.Decisions;

namespace Parallax.Storage.Projection.Folds;

/// <summary>An opportunity's life, and how far it got.</summary>
internal sealed class OpportunityFold(BatchTables tables, Tallies tallies)
{
    public void Take(in RecordPlace at, in OpportunityOpened opened)
    {
        tables.Opportunities.Put(
            (at.Session, opened.Number),
            new OpportunityEntry(
                at.Session, opened.Number, at.Sequence, opened.Cycle, opened.TopNetBps, at.Time,
                null, null, null, null, null, 0, null, null, null, null, null, IsSized: false, IsFilled: false, null));
        tallies.Detected(at.Time);
    }

    public void Take(in RecordPlace at, in OpportunityRefused refused)
    {
        if (tables.Opportunities.Find((at.Session, refused.Number)) is not { } entry)
        {
            return;
        }

        var startAsset = refused.StartAsset == default ? null : refused.StartAsset.Code;
        tables.Refusals.Add(new RefusalEntry(
            at.Sequence, at.Session, refused.Number, entry.OpenedTime, refused.Reason, refused.Value, refused.Threshold, refused.Input, refused.Profit, at.Time,
            startAsset));
        tallies.Refused(entry.OpenedTime, refused.Reason, isFirst: entry.Refusals == 0);
        var wasSized = refused.Input > 0m;
        Put(Sized(entry, refused.Profit > 0m) with
        {
            Refusals = entry.Refusals + 1,
            Refusal = refused.Reason,
            RefusalValue = refused.Value,
            RefusalThreshold = refused.Threshold,
            Input = wasSized ? refused.Input : entry.Input,
            Profit = wasSized ? refused.Profit : entry.Profit,
            StartAsset = wasSized ? startAsset : entry.StartAsset,
        });
    }

    public void Take(in RecordPlace at, in RefusalFollowedUp followed)
    {
        var looks = followed.Looks.ToArray();
        tables.FollowUps.Add(new FollowUpEntry(
            at.Sequence, at.Session, followed.Number, followed.Reason, followed.Input, After(50), After(250), After(1_000), at.Time));

        decimal? After(int millis) => looks.FirstOrDefault(look => look.AfterMillis == millis).Profit;
    }

    public void Take(in RecordPlace at, in OpportunityClosed closed)
    {
        if (tables.Opportunities.Find((at.Session, closed.Number)) is { } entry)
        {
            // A refusal is written once a reason; the end counts the repeats as well.
            Put(Sized(entry, closed.BestProfit > 0m) with
            {
                ClosedTime = at.Time,
                BestNetBps = closed.BestNetBps,
                BestProfit = closed.BestProfit,
                Why = closed.Why,
                Refusals = closed.Refusals,
            });
        }
    }

    public void BecamePlan(in RecordPlace at, in PlanOpened opened)
    {
        if (tables.Opportunities.Find((at.Session, opened.Opportunity)) is { } entry)
        {
            Put(Sized(entry, isSized: true) with { Plan = opened.Plan, Input = opened.Input, Profit = opened.ExpectedProfit, StartAsset = opened.StartAsset.Code });
            tallies.WithinRisk(entry.OpenedTime);
        }
    }

    public void Filled(int session, long number)
    {
        if (tables.Opportunities.Find((session, number)) is { IsFilled: false } entry)
        {
            Put(entry with { IsFilled = true });
            tallies.Filled(entry.OpenedTime);
        }
    }

    private OpportunityEntry Sized(OpportunityEntry entry, bool isSized)
    {
        if (entry.IsSized || !isSized)
        {
            return entry;
        }

        tallies.Sized(entry.OpenedTime);
        return entry with { IsSized = true };
    }

    private void Put(OpportunityEntry entry) => tables.Opportunities.Put((entry.Session, entry.Number), entry);
}
