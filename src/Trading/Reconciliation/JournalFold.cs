using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Reconciliation;

/// <summary>Reads a journal, all its sessions in order, into what is still open: the other half of every restart.</summary>
/// <remarks>
/// A session that takes over what was open restates it at its beginning, so that only the last session counts. It counts from its
/// <see cref="OpeningTaken"/>, or its first decision about something else, on: a crash between the first and the last line of an opening leaves
/// the session before in force.
/// </remarks>
public sealed class JournalFold
{
    private readonly List<Instrument> _instruments = [];
    private SessionFold _session = new(0);
    private SessionFold? _before;

    /// <summary>Number of the last session that began, or whose orders were told of though it is lost; zero before the first.</summary>
    public int LastSession { get; private set; }

    /// <summary>The operator's or the engine's kill that was not lifted; <see langword="null"/> when there is none.</summary>
    public OperatorCommand? Kill { get; private set; }

    /// <summary>What is open, in the order in which a session is told: balances, plans, orders, residuals, and what is known.</summary>
    public IReadOnlyList<Opening> Openings() => (_before ?? _session).Openings();

    /// <summary>Takes the next record of the journal.</summary>
    /// <exception cref="MalformedRecordException">A record is not what its kind promises.</exception>
    public void Take(Record record)
    {
        var payload = new PayloadReader(record.Payload);
        switch (record.Header.Kind)
        {
            case MarketRecordKind.Instrument:
                Define(record);
                break;
            case InputKind.Kill:
                Kill = OperatorCommand.Read(record);
                break;
            case InputKind.Resume:
                Kill = null;
                break;
            case (byte)DecisionKind.TradingHalted:
                // What no rule covers is no better after a restart: an operator has looked at it first.
                Kill ??= new OperatorCommand(TradingHalted.Read(ref payload).Reason, "engine");
                break;
            case (byte)DecisionKind.KillSwitchTripped:
                Kill ??= new OperatorCommand(KillSwitchTripped.Read(ref payload).Reason, "engine");
                break;
            case (byte)DecisionKind.SessionStarted:
                _before ??= _session;
                var number = SessionStarted.Read(ref payload).Number;
                LastSession = Math.Max(LastSession, number);
                _session = new SessionFold(number);
                break;
            default:
                if (record.Header.Kind == OrderEvent.RecordKind)
                {
                    LastSession = Math.Max(LastSession, OrderEvent.Read(record).Id.Session);
                }

                if (!IsRestating(record.Header.Kind))
                {
                    _before = null;
                }

                _session.Take(record, _instruments);
                break;
        }
    }

    /// <summary>Whether a session may still be restating what was open when it writes such a record.</summary>
    private static bool IsRestating(byte kind) => kind is Opening.RecordKind
        or (byte)DecisionKind.Posted or (byte)DecisionKind.PlanOpened or (byte)DecisionKind.PlanResumed or (byte)DecisionKind.PolicyChosen or (byte)DecisionKind.PlanClosed
        or (byte)DecisionKind.PlanSettled or (byte)DecisionKind.ResidualDeclared or (byte)DecisionKind.LossRecorded or (byte)DecisionKind.ResidualRecorded or (byte)DecisionKind.RiskLevelChanged;

    /// <summary>Every session defines its instruments anew, from number 0, before it starts.</summary>
    private void Define(Record record)
    {
        if (record.Header.Subject < _instruments.Count)
        {
            _instruments.RemoveRange(record.Header.Subject, _instruments.Count - record.Header.Subject);
        }

        _instruments.Add(InstrumentRecord.Read(record.Payload));
    }
}
