using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Journey.Tests;

/// <summary>One session of a journal, folded without the store's code: closed plans, balances from postings, commands.</summary>
internal sealed class JournalFold
{
    private readonly SortedDictionary<PlanName, ClosedPlan> _plans = [];
    private readonly Dictionary<PlanName, PlanName> _first = [];
    private readonly Dictionary<PlanName, long> _opened = [];
    private readonly SortedDictionary<string, decimal> _balances = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, decimal> _opening = new(StringComparer.Ordinal);
    private long _fills;

    private JournalFold(string journal, int session)
    {
        var at = 0;
        using var reader = JournalReader.Open(journal);
        while (reader.TryRead(out var record))
        {
            if (record.Header.Kind == (byte)DecisionKind.SessionStarted)
            {
                var started = new PayloadReader(record.Payload);
                at = SessionStarted.Read(ref started).Number;
            }

            if (at == session)
            {
                Take(session, record);
            }
        }
    }

    public SessionFigures Figures => SessionFigures.Of([.. _plans.Values], _fills);

    /// <summary>What is owned, by asset; what came to zero is left out.</summary>
    public IReadOnlyDictionary<string, decimal> Balances => NotZero(_balances);

    /// <summary>What the session began with.</summary>
    public IReadOnlyDictionary<string, decimal> Opening => NotZero(_opening);

    /// <summary>Kills and resumes: <c>kill by page: the reason</c>.</summary>
    public List<string> Commands { get; } = [];

    public static JournalFold Of(string journal, int session) => new(journal, session);

    private static Dictionary<string, decimal> NotZero(IEnumerable<KeyValuePair<string, decimal>> amounts) =>
        amounts.Where(held => held.Value != 0m).ToDictionary(StringComparer.Ordinal);

    private void Take(int session, Record record)
    {
        ref readonly var header = ref record.Header;
        var payload = new PayloadReader(record.Payload);
        switch (header.Kind)
        {
            case InputKind.Kill or InputKind.Resume:
                var command = OperatorCommand.Read(record);
                Commands.Add($"{(header.Kind == InputKind.Kill ? "kill" : "resume")} by {command.Who}: {command.Reason}");
                break;
            case (byte)DecisionKind.PlanClosed:
                var closed = PlanClosed.Read(ref payload);
                var name = new PlanName(session, closed.Plan);
                if (_first.TryGetValue(name, out var first) && _plans.TryGetValue(first, out var plan))
                {
                    _plans[first] = plan with { Realised = plan.Realised + closed.Result };
                }
                else if (!_first.ContainsKey(name))
                {
                    _plans[name] = new ClosedPlan(session, TextOf(closed.Outcome), closed.Result, header.ReceivedTime - closed.OpenedTime);
                    _opened[name] = closed.OpenedTime;
                }

                break;
            case (byte)DecisionKind.PlanOpened:
                if (PlanOpened.Read(ref payload) is { First: { } whole } way)
                {
                    _first[new PlanName(session, way.Plan)] = whole;
                }

                break;
            case (byte)DecisionKind.PlanSettled:
                var settled = PlanSettled.Read(ref payload);
                var told = new PlanName(settled.Session, settled.Plan);
                told = _first.GetValueOrDefault(told, told);
                if (_plans.TryGetValue(told, out var before))
                {
                    _plans[told] = before with
                    {
                        Outcome = TextOf(settled.Outcome),
                        Realised = before.Realised + settled.Change,
                        Duration = settled.Open == 0 ? header.ReceivedTime - _opened[told] : before.Duration,
                    };
                }

                break;
            case (byte)DecisionKind.Posted:
                var posted = Posted.Read(ref payload);
                _fills += posted.Reason == PostingReason.Fill ? 1 : 0;
                foreach (var line in posted.Lines.Span)
                {
                    if (line.Account == Account.Holdings)
                    {
                        Add(_balances, line);
                        if (posted.Reason is PostingReason.Deposit or PostingReason.Carried)
                        {
                            Add(_opening, line);
                        }
                    }
                }

                break;
        }
    }

    private static string TextOf(PlanOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static void Add(SortedDictionary<string, decimal> amounts, PostingLine line) =>
        amounts[line.Asset.Code] = amounts.GetValueOrDefault(line.Asset.Code) + line.Amount;
}
