using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Storage.Projection.Folds;

/// <summary>Where a journal record becomes rows: which kind goes to which fold. A function of the records alone.</summary>
/// <remarks>What a plan saw and why it went on or back (book pages, leg decisions) stays in the journal, where the explanation of a plan reads it.</remarks>
internal sealed class RecordFold
{
    private readonly SessionFold _sessions;
    private readonly OpportunityFold _opportunities;
    private readonly PlanFold _plans;
    private readonly OrderFold _orders;
    private readonly LedgerFold _ledger;

    public RecordFold(BatchTables tables)
    {
        var instruments = new InstrumentNumbers(tables);
        var tallies = new Tallies(tables);
        Instruments = instruments;
        _sessions = new SessionFold(tables);
        _opportunities = new OpportunityFold(tables, tallies);
        _plans = new PlanFold(tables, tallies, _opportunities);
        _orders = new OrderFold(tables, instruments, _opportunities);
        _ledger = new LedgerFold(tables);
    }

    public InstrumentNumbers Instruments { get; }

    /// <summary>The session that the records belong to; zero before the first.</summary>
    public int Session { get; set; }

    /// <exception cref="MalformedRecordException">A record is not what its kind promises.</exception>
    public void Take(Record record)
    {
        ref readonly var header = ref record.Header;
        var at = new RecordPlace((long)header.Sequence, header.ReceivedTime, Session, header.Subject);
        var payload = new PayloadReader(record.Payload);
        switch (header.Kind)
        {
            case MarketRecordKind.Instrument:
                Instruments.Define(at, InstrumentRecord.Read(record.Payload));
                break;
            case OrderEvent.RecordKind:
                _orders.Take(at, OrderEvent.Read(record));
                break;
            case (byte)DecisionKind.SessionStarted:
                var started = SessionStarted.Read(ref payload);
                Session = started.Number;
                _sessions.Take(at with { Session = Session }, started);
                break;
            case (byte)DecisionKind.SessionEnded:
                _sessions.Take(at, SessionEnded.Read(ref payload));
                break;
            case (byte)DecisionKind.OpportunityOpened:
                _opportunities.Take(at, OpportunityOpened.Read(ref payload));
                break;
            case (byte)DecisionKind.OpportunityRefused:
                _opportunities.Take(at, OpportunityRefused.Read(ref payload));
                break;
            case (byte)DecisionKind.RefusalFollowedUp:
                _opportunities.Take(at, RefusalFollowedUp.Read(ref payload));
                break;
            case (byte)DecisionKind.OpportunityClosed:
                _opportunities.Take(at, OpportunityClosed.Read(ref payload));
                break;
            case (byte)DecisionKind.PlanOpened:
                _plans.Take(at, PlanOpened.Read(ref payload));
                break;
            case (byte)DecisionKind.PlanClosed:
                _plans.Take(at, PlanClosed.Read(ref payload));
                break;
            case (byte)DecisionKind.PlanResumed:
                _plans.Take(at, PlanResumed.Read(ref payload));
                break;
            case (byte)DecisionKind.PlanRestated:
                _plans.Take(at, PlanRestated.Read(ref payload));
                break;
            case (byte)DecisionKind.PlanSettled:
                _plans.Take(at, PlanSettled.Read(ref payload));
                break;
            case (byte)DecisionKind.OrderIntent:
                _orders.Take(at, OrderIntent.Read(ref payload));
                break;
            case (byte)DecisionKind.Posted:
                _ledger.Take(at, Posted.Read(ref payload));
                break;
        }

        if (Notable.TryRead(record, out var notable))
        {
            _sessions.Note(at with { Session = Session }, notable);
        }
    }
}

/// <summary>Where and when a record stands.</summary>
internal readonly record struct RecordPlace(long Sequence, long Time, int Session, ushort Instrument);
