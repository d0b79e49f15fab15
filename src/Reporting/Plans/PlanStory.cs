using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Reporting.Plans;

/// <summary>A record of the story: its place in the journal, the moment it was written (UTC nanoseconds) and the instrument it names.</summary>
public readonly record struct At<T>(ulong Sequence, long Time, ushort Instrument, T Value)
{
    internal At(in RecordHeader header, T value)
        : this(header.Sequence, header.ReceivedTime, header.Subject, value)
    {
    }
}

/// <summary>
/// Everything a journal holds about one plan, in order, with the plans that brought home what it left: what explains the trade. Read from the journal
/// alone.
/// </summary>
public sealed class PlanStory
{
    private readonly List<At<BookSeen>> _books = [];
    private readonly List<At<OrderIntent>> _orders = [];
    private readonly List<At<OrderEvent>> _events = [];
    private readonly List<At<Posted>> _postings = [];
    private readonly List<At<LegDecided>> _decisions = [];
    private readonly List<At<OpportunityRefused>> _refusals = [];
    private readonly List<At<OrderUnknown>> _unknowns = [];
    private readonly List<At<RefusalFollowedUp>> _followUps = [];

    private readonly List<At<PlanRestated>> _restatements = [];
    private readonly List<At<PlanOpened>> _waysHome = [];
    private readonly List<At<PlanClosed>> _homecomings = [];
    private readonly List<At<PlanSettled>> _settlements = [];
    private readonly HashSet<PlanName> _parts = [];

    private PlanStory(int session, At<PlanOpened> opened)
    {
        (Session, Opened) = (session, opened);
        _parts.Add(new PlanName(session, opened.Value.Plan));
    }

    public int Session { get; }

    public At<PlanOpened> Opened { get; }

    public At<OpportunityOpened>? Opportunity { get; private set; }

    /// <summary>Missing while the plan runs, or when the journal ends before it did.</summary>
    public At<PlanClosed>? Closed { get; private set; }

    public IReadOnlyList<At<BookSeen>> Books => _books;

    public IReadOnlyList<At<OrderIntent>> Orders => _orders;

    public IReadOnlyList<At<OrderEvent>> Events => _events;

    public IReadOnlyList<At<Posted>> Postings => _postings;

    public IReadOnlyList<At<LegDecided>> Decisions => _decisions;

    /// <summary>Refusals of the same opportunity before it was taken.</summary>
    public IReadOnlyList<At<OpportunityRefused>> Refusals => _refusals;

    /// <summary>What those refusals cost or spared: known when they were looked at for the last time, which may be after the plan.</summary>
    public IReadOnlyList<At<RefusalFollowedUp>> FollowUps => _followUps;

    /// <summary>What the venue changed of its trades after it had ended, also in later sessions.</summary>
    public IReadOnlyList<At<PlanRestated>> Restatements => _restatements;

    /// <summary>What all of that came to, start asset; null when nothing was restated.</summary>
    public decimal? Restated => _restatements.Count > 0 ? _restatements.Sum(one => one.Value.After - one.Value.Before) : null;

    /// <summary>The plans that brought home what this one left, also in later sessions.</summary>
    public IReadOnlyList<At<PlanOpened>> WaysHome => _waysHome;

    /// <summary>Their ends.</summary>
    public IReadOnlyList<At<PlanClosed>> Homecomings => _homecomings;

    /// <summary>What became of its residuals besides, and that the last of them came to something.</summary>
    public IReadOnlyList<At<PlanSettled>> Settlements => _settlements;

    /// <summary>As it stands now: with those that brought home what it left. Null while the plan runs.</summary>
    public PlanOutcome? Outcome => _settlements.Count > 0 ? _settlements[^1].Value.Outcome : Closed?.Value.Outcome;

    /// <summary>When it ended, the last way home included, UTC nanoseconds. Null while the plan runs.</summary>
    public long? EndTime => _settlements.LastOrDefault(settled => settled.Value.Open == 0) is { Sequence: > 0 } last ? last.Time : Closed?.Time;

    /// <summary>What it and its ways home left that did not come home.</summary>
    public IReadOnlyList<Remainder> Left
    {
        get
        {
            var ends = Closed is { } closed ? _homecomings.Prepend(closed).ToArray() : [];
            return
            [
                .. ends.SelectMany(end => end.Value.Remainders.ToArray().Where(left => left.IsDust)),
                .. ends.TakeLast(Outcome == PlanOutcome.Residual ? 1 : 0).SelectMany(end => end.Value.Remainders.ToArray().Where(left => !left.IsDust)),
            ];
        }
    }

    /// <summary>Whether an order brought home what the plan had left.</summary>
    public bool IsOnWayHome(ClientOrderId order) => order.Session != Session || order.Plan != Opened.Value.Plan ? _parts.Contains(new PlanName(order.Session, order.Plan)) : false;

    public IReadOnlyList<At<OrderUnknown>> Unknowns => _unknowns;

    public IReadOnlyList<Instrument> Instruments { get; private set; } = [];

    /// <summary>What it and its ways home realised in its start asset, as it stands now; what is listed is carried at its cost. Null while the plan runs.</summary>
    public decimal? Realised => Closed?.Value.Result + (WayHome ?? 0m) + (Restated ?? 0m);

    /// <summary>What of that the ways home came to; null where it left nothing.</summary>
    public decimal? WayHome => _waysHome.Count + _settlements.Count > 0
        ? _homecomings.Sum(end => end.Value.Result) + _settlements.Sum(settled => settled.Value.Change)
        : null;

    /// <summary>Gross, fees, rounding, slippage, the way home and what was restated since if anything, realised: all sum to the last exactly. Null while the plan runs.</summary>
    public IReadOnlyList<(string Name, decimal Amount)>? Waterfall => Closed is not { } closed ? null :
    [
        ("gross", Opened.Value.GrossProfit),
        ("fees", Opened.Value.Fees),
        ("rounding", Opened.Value.Rounding),
        ("slippage", closed.Value.Slippage + closed.Value.Carried),
        .. WayHome is { } home ? [("way home", home)] : Array.Empty<(string, decimal)>(),
        .. Restated is { } change ? [("restated", change)] : Array.Empty<(string, decimal)>(),
        ("realised", Realised ?? closed.Value.Realised),
    ];

    /// <summary>Finds a plan in a journal, in its newest session that has one of that number unless a session is named.</summary>
    /// <returns><see langword="null"/> when no session has such a plan.</returns>
    /// <exception cref="MalformedRecordException">A record is not what its kind promises.</exception>
    public static PlanStory? Find(JournalReader journal, int plan, int? session = null)
    {
        PlanStory? found = null;
        PlanStory? story = null;
        var instruments = new List<Instrument>();
        var opportunities = new Dictionary<long, At<OpportunityOpened>>();
        var refusals = new Dictionary<long, List<At<OpportunityRefused>>>();
        var followUps = new Dictionary<long, List<At<RefusalFollowedUp>>>();
        var current = 0;
        while (journal.TryRead(out var record))
        {
            ref readonly var header = ref record.Header;
            var reader = new PayloadReader(record.Payload);
            switch ((DecisionKind)header.Kind)
            {
                case DecisionKind.SessionStarted:
                    current = SessionStarted.Read(ref reader).Number;
                    opportunities.Clear();
                    refusals.Clear();
                    followUps.Clear();
                    story = null;
                    continue;
                case DecisionKind.PlanRestated when found is not null:
                    var restated = PlanRestated.Read(ref reader);
                    Keep(found._restatements, header, restated, one => found._parts.Contains(new PlanName(one.Session, one.Plan)));
                    continue;
                case DecisionKind.PlanSettled when found is not null:
                    var settled = PlanSettled.Read(ref reader);
                    Keep(found._settlements, header, settled, one => found._parts.Contains(new PlanName(one.Session, one.Plan)));
                    continue;
                case DecisionKind.OpportunityOpened when story is null:
                    var opportunity = OpportunityOpened.Read(ref reader);
                    opportunities[opportunity.Number] = new(header, opportunity);
                    continue;
                case DecisionKind.OpportunityRefused when story is null:
                    var refused = OpportunityRefused.Read(ref reader);
                    (refusals.TryGetValue(refused.Number, out var list) ? list : refusals[refused.Number] = []).Add(new(header, refused));
                    continue;
                case DecisionKind.RefusalFollowedUp when story is null:
                    var followed = RefusalFollowedUp.Read(ref reader);
                    (followUps.TryGetValue(followed.Number, out var looks) ? looks : followUps[followed.Number] = []).Add(new(header, followed));
                    continue;
                case DecisionKind.OpportunityClosed when story is null:
                    var over = OpportunityClosed.Read(ref reader).Number;
                    opportunities.Remove(over);
                    refusals.Remove(over);
                    followUps.Remove(over);
                    continue;
                case DecisionKind.PlanOpened:
                    var opened = PlanOpened.Read(ref reader);
                    if (found is not null && opened.First == new PlanName(found.Session, plan))
                    {
                        found._waysHome.Add(new(header, opened));
                        found._parts.Add(new PlanName(current, opened.Plan));
                    }
                    else if (opened.Plan == plan && (session is null || session == current))
                    {
                        found = story = new PlanStory(current, new(header, opened)) { Instruments = [.. instruments] };
                        story.Opportunity = opportunities.TryGetValue(opened.Opportunity, out var seen) ? seen : null;
                        story._followUps.AddRange(followUps.GetValueOrDefault(opened.Opportunity, []));
                        story._refusals.AddRange(refusals.GetValueOrDefault(opened.Opportunity, []));
                    }

                    continue;
            }

            if (header.Kind == MarketRecordKind.Instrument)
            {
                Define(instruments, header.Subject, InstrumentRecord.Read(record.Payload));
            }
            else
            {
                found?.Take(record, current);
            }
        }

        return found;
    }

    private static void Define(List<Instrument> instruments, ushort number, Instrument instrument)
    {
        if (number == instruments.Count)
        {
            instruments.Add(instrument);
        }
        else if (number < instruments.Count)
        {
            instruments[number] = instrument;
        }
    }

    private void Take(Record record, int session)
    {
        ref readonly var header = ref record.Header;
        var reader = new PayloadReader(record.Payload);
        if (header.Kind == OrderEvent.RecordKind)
        {
            Keep(_events, header, OrderEvent.Read(record), told => _parts.Contains(new PlanName(told.Id.Session, told.Id.Plan)));
            return;
        }

        bool IsPart(int plan) => _parts.Contains(new PlanName(session, plan));

        switch ((DecisionKind)header.Kind)
        {
            case DecisionKind.BookSeen:
                Keep(_books, header, BookSeen.Read(ref reader), seen => (session, seen.Plan) == (Session, Opened.Value.Plan));
                break;
            case DecisionKind.OrderIntent:
                Keep(_orders, header, OrderIntent.Read(ref reader), intent => IsPart(intent.Plan));
                break;
            case DecisionKind.Posted:
                Keep(_postings, header, Posted.Read(ref reader), posted => IsPart(posted.Plan));
                break;
            case DecisionKind.LegDecided:
                Keep(_decisions, header, LegDecided.Read(ref reader), decided => IsPart(decided.Plan));
                break;
            case DecisionKind.OrderUnknown:
                Keep(_unknowns, header, OrderUnknown.Read(ref reader), unknown => IsPart(unknown.Plan));
                break;
            case DecisionKind.RefusalFollowedUp:
                Keep(_followUps, header, RefusalFollowedUp.Read(ref reader), followed => session == Session && followed.Number == Opened.Value.Opportunity);
                break;
            case DecisionKind.PlanClosed:
                var closed = PlanClosed.Read(ref reader);
                if ((session, closed.Plan) == (Session, Opened.Value.Plan))
                {
                    Closed = new(header, closed);
                }
                else
                {
                    Keep(_homecomings, header, closed, one => IsPart(one.Plan));
                }

                break;
        }
    }

    private static void Keep<T>(List<At<T>> list, in RecordHeader header, T value, Predicate<T> belongs)
    {
        if (belongs(value))
        {
            list.Add(new At<T>(header, value));
        }
    }
}
