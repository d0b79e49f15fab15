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

/// <summary>Everything a journal holds about one plan, in order: what explains the trade. Read from the journal alone.</summary>
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

    private PlanStory(int session, At<PlanOpened> opened) => (Session, Opened) = (session, opened);

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
    public decimal? Restated => _restatements.Count > 0 ? _restatements[^1].Value.After - Closed?.Value.Realised : null;

    public IReadOnlyList<At<OrderUnknown>> Unknowns => _unknowns;

    public IReadOnlyList<Instrument> Instruments { get; private set; } = [];

    /// <summary>What it realised in its start asset, as it stands now. Null while the plan runs.</summary>
    public decimal? Realised => _restatements.Count > 0 ? _restatements[^1].Value.After : Closed?.Value.Realised;

    /// <summary>Gross, fees, rounding, slippage, what was restated since if anything, realised: all sum to the last exactly. Null while the plan runs.</summary>
    public IReadOnlyList<(string Name, decimal Amount)>? Waterfall => Closed is not { } closed ? null :
    [
        ("gross", Opened.Value.GrossProfit),
        ("fees", Opened.Value.Fees),
        ("rounding", Opened.Value.Rounding),
        ("slippage", closed.Value.Slippage),
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
                    Keep(found._restatements, header, restated, one => (one.Session, one.Plan) == (found.Session, plan));
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
                case DecisionKind.PlanOpened when session is null || session == current:
                    var opened = PlanOpened.Read(ref reader);
                    if (opened.Plan == plan)
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
                story?.Take(record);
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

    private void Take(Record record)
    {
        ref readonly var header = ref record.Header;
        var reader = new PayloadReader(record.Payload);
        var plan = Opened.Value.Plan;
        if (header.Kind == OrderEvent.RecordKind)
        {
            Keep(_events, header, OrderEvent.Read(record), told => told.Id.Plan == plan && told.Id.Session == Session);
            return;
        }

        switch ((DecisionKind)header.Kind)
        {
            case DecisionKind.BookSeen:
                Keep(_books, header, BookSeen.Read(ref reader), seen => seen.Plan == plan);
                break;
            case DecisionKind.OrderIntent:
                Keep(_orders, header, OrderIntent.Read(ref reader), intent => intent.Plan == plan);
                break;
            case DecisionKind.Posted:
                Keep(_postings, header, Posted.Read(ref reader), posted => posted.Plan == plan);
                break;
            case DecisionKind.LegDecided:
                Keep(_decisions, header, LegDecided.Read(ref reader), decided => decided.Plan == plan);
                break;
            case DecisionKind.OrderUnknown:
                Keep(_unknowns, header, OrderUnknown.Read(ref reader), unknown => unknown.Plan == plan);
                break;
            case DecisionKind.RefusalFollowedUp:
                Keep(_followUps, header, RefusalFollowedUp.Read(ref reader), followed => followed.Number == Opened.Value.Opportunity);
                break;
            case DecisionKind.PlanClosed:
                var closed = PlanClosed.Read(ref reader);
                Closed = closed.Plan == plan ? new(header, closed) : Closed;
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
