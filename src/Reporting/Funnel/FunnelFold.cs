using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;

namespace Parallax.Reporting.Funnel;

/// <summary>Folds journal records into the funnel of the opportunities that were opened since a moment.</summary>
/// <param name="since">UTC nanoseconds; null for the newest session of what is folded.</param>
public sealed class FunnelFold(long? since)
{
    private readonly Dictionary<(int Session, long Number), Opportunity> _opportunities = [];
    private readonly Dictionary<(int Session, int Plan), Opportunity> _plans = [];
    private readonly Dictionary<(int Session, int Plan), decimal> _predicted = [];
    private Calibration _calibration = new();
    private (int Number, string Mode) _session = (0, "");
    private long _first, _last;

    /// <exception cref="MalformedRecordException">The record is not what its kind promises.</exception>
    public void Take(Record record)
    {
        ref readonly var header = ref record.Header;
        var reader = new PayloadReader(record.Payload);
        _last = header.ReceivedTime;
        switch (header.Kind)
        {
            case (byte)DecisionKind.SessionStarted:
                Begin(SessionStarted.Read(ref reader));
                break;
            case (byte)DecisionKind.OpportunityOpened when header.ReceivedTime >= (since ?? 0):
                var opened = OpportunityOpened.Read(ref reader);
                _opportunities[(_session.Number, opened.Number)] = new Opportunity(opened.Cycle);
                break;
            case (byte)DecisionKind.OpportunityRefused:
                var refused = OpportunityRefused.Read(ref reader);
                Find(refused.Number)?.Refuse(_session.Number, refused, header.ReceivedTime);
                break;
            case (byte)DecisionKind.RefusalFollowedUp:
                var followed = RefusalFollowedUp.Read(ref reader);
                Find(followed.Number)?.Follow(followed);
                break;
            case (byte)DecisionKind.OpportunityClosed:
                var closed = OpportunityClosed.Read(ref reader);
                Find(closed.Number)?.Size(closed.BestProfit);
                break;
            case (byte)DecisionKind.PlanOpened:
                var plan = PlanOpened.Read(ref reader);
                if (Find(plan.Opportunity) is { } became)
                {
                    became.IsPlan = true;
                    _plans[(_session.Number, plan.Plan)] = became;
                }

                break;
            case (byte)DecisionKind.PolicyChosen when header.ReceivedTime >= (since ?? 0):
                var chosen = PolicyChosen.Read(ref reader);
                _predicted[(_session.Number, chosen.Plan)] = chosen.FillBps / 10_000m;
                break;
            case (byte)DecisionKind.PlanClosed:
                var ended = PlanClosed.Read(ref reader);
                if (_predicted.Remove((_session.Number, ended.Plan), out var predicted))
                {
                    _calibration.Add(predicted, ended.Outcome == PlanOutcome.Completed);
                }

                break;
            case (byte)DecisionKind.OrderIntent:
                var intent = OrderIntent.Read(ref reader);
                if (_plans.TryGetValue((_session.Number, intent.Plan), out var sent))
                {
                    sent.IsSent = true;
                }

                break;
            case OrderEvent.RecordKind:
                var told = OrderEvent.Read(record);
                if (told.Type == OrderEventType.Filled && _plans.TryGetValue((told.Id.Session, told.Id.Plan), out var filled))
                {
                    filled.IsFilled = true;
                }

                break;
        }

        _first = _first == 0 ? header.ReceivedTime : _first;
    }

    /// <param name="nearest">How many misses it names.</param>
    public FunnelReport Report(int nearest)
    {
        var all = _opportunities.Values;
        return new FunnelReport(
            _session.Number,
            _session.Mode,
            since ?? _first,
            _last,
            all.Count,
            all.Count(one => one.IsSized || one.IsPlan),
            all.Count(one => one.IsPlan),
            all.Count(one => one.IsSent),
            all.Count(one => one.IsFilled),
            [
                .. all.SelectMany(one => one.Refusals).GroupBy(refusal => refusal.Reason, StringComparer.Ordinal)
                    .Select(reason => KeyValuePair.Create(reason.Key, reason.LongCount()))
                    .OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal),
            ],
            RefusedMiss.Nearest(all.Where(one => !one.IsPlan).SelectMany(one => one.Refusals), nearest),
            _calibration);
    }

    private void Begin(SessionStarted started)
    {
        _session = (started.Number, started.Mode);
        if (since is null)
        {
            _opportunities.Clear();
            _plans.Clear();
            _predicted.Clear();
            _calibration = new Calibration();
            _first = _last;
        }
    }

    private Opportunity? Find(long number) => _opportunities.GetValueOrDefault((_session.Number, number));

    private sealed class Opportunity(string cycle)
    {
        public List<RefusedMiss> Refusals { get; } = [];

        public bool IsSized { get; private set; }

        public bool IsPlan { get; set; }

        public bool IsSent { get; set; }

        public bool IsFilled { get; set; }

        public void Size(decimal profit) => IsSized |= profit > 0m;

        public void Refuse(int session, in OpportunityRefused refused, long time)
        {
            Size(refused.Profit);
            Refusals.Add(new RefusedMiss(
                session, refused.Number, cycle, refused.Reason, refused.Value, refused.Threshold, refused.Input, refused.Profit, time, [],
                refused.StartAsset == default ? null : refused.StartAsset.Code));
        }

        public void Follow(in RefusalFollowedUp followed)
        {
            var (reason, looks, input) = (followed.Reason, followed.Looks.ToArray(), followed.Input);
            var at = Refusals.FindLastIndex(refusal => refusal.Reason == reason);
            if (at >= 0)
            {
                Refusals[at] = Refusals[at] with { Looks = looks, Input = input };
            }
        }
    }
}
