using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Execution;

/// <summary>What is done with news of an order that no journal knows.</summary>
internal enum StrangerRule : byte
{
    /// <summary>Nothing is booked, and trading halts: without a venue account nobody could prove the balances afterwards.</summary>
    Halt = 0,

    /// <summary>Its trades are facts and are booked; what else is told of it changes nothing.</summary>
    Import = 1,

    /// <summary>As <see cref="Import"/>, and trading halts: the account was proved already, so the order was sent by nobody we know.</summary>
    ImportAndHalt = 2,
}

/// <summary>Orders of earlier sessions whose plans have ended: asked for until they have an end, their trades booked once.</summary>
internal sealed class StrayOrders(
    IOrderGateway gateway, DecisionWriter journal, Deadlines deadlines, ExecutionSettings settings, PlanBooks books, int session, Action<string> halt)
{
    /// <summary>Plan numbers count from 1: this deadline belongs to no plan.</summary>
    private const int NoPlan = -1;

    private readonly Dictionary<ClientOrderId, Stray> _strays = [];

    /// <summary>What was imported of orders that no journal knows.</summary>
    public (int Orders, int Trades, int LastSession) Imported { get; private set; }

    public int OpenCount => _strays.Values.Count(stray => stray.IsOut);

    public bool IsOut(ClientOrderId id) => _strays.TryGetValue(id, out var stray) && stray.IsOut;

    /// <summary>Whether one that may still trade moves this holding; one whose market is not known here may move anything.</summary>
    public bool IsInFlight(Holding holding, Markets markets) =>
        _strays.Values.Any(stray => stray.IsOut && (stray.Instrument is not { } number || markets.Instrument(number).Touches(holding)));

    /// <param name="instrument">Null where this session does not trade it.</param>
    public void Adopt(OrderLife life, ushort? instrument)
    {
        var stray = new Stray(life, instrument);
        _strays.Add(life.Id, stray);
        if (stray.IsOut)
        {
            WaitUntil(stray, journal.Now);
        }
    }

    public void OnOrderEvent(in OrderEvent told, StrangerRule strangers)
    {
        if (!_strays.TryGetValue(told.Id, out var stray))
        {
            OnStranger(told, strangers);
            return;
        }

        var wasOut = stray.IsOut;
        var step = stray.Life.Apply(told);
        if (told.Type == OrderEventType.Filled && step.IsToBeBooked())
        {
            books.BookStray(told);
            Imported = stray.IsStranger ? Imported with { Trades = Imported.Trades + 1 } : Imported;
            if (!wasOut && !stray.IsStranger)
            {
                halt($"order {told.Id} filled after it was reported finished");
            }
        }

        stray.IsAbsent |= told.Type is OrderEventType.Rejected or OrderEventType.NotSent
            || (told.Type == OrderEventType.NotFound && stray.Life.State == OrderState.New && stray.NotFound.Take(journal.Now, settings));
        if (wasOut && stray.IsAbsent && told.Type == OrderEventType.NotFound)
        {
            journal.Write(new OrderAbsent(told.Id, 0, stray.NotFound.Count));
        }
        else if (stray.IsOut && told.Type is OrderEventType.OutcomeUnknown or OrderEventType.NotFound)
        {
            WaitUntil(stray, journal.Now + settings.QueryPauseNanos);
        }
    }

    /// <summary>News under an id of ours that no journal knows: one that was restored from a backup has forgotten it.</summary>
    private void OnStranger(in OrderEvent told, StrangerRule rule)
    {
        if (rule != StrangerRule.Halt && told.Type == OrderEventType.Filled)
        {
            var life = OrderLife.Recovered(told.Id, long.MaxValue / 4, [(told.TradeId, told.Fill.QuantityLots)], hasEnded: true);
            _strays.Add(told.Id, new Stray(life, told.Instrument) { IsStranger = true });
            books.BookStray(told);
            Imported = (Imported.Orders + 1, Imported.Trades + 1, Math.Max(Imported.LastSession, told.Id.Session));
        }

        if (rule != StrangerRule.Halt && told.Id.Session >= session)
        {
            halt($"ids of session {session} were used before, by order {told.Id}: a backup was restored; start once more");
        }

        if (rule == StrangerRule.Halt || (rule == StrangerRule.ImportAndHalt && told.Type == OrderEventType.Filled))
        {
            halt($"order {told.Id} is none of ours");
        }
    }

    public bool TryOnDeadline(in Deadline due)
    {
        if (due.Plan != NoPlan)
        {
            return false;
        }

        var id = new ClientOrderId(due.Token);
        if (IsOut(id))
        {
            // A gateway that says nothing at all is asked again.
            WaitUntil(_strays[id], journal.Now + settings.OrderDeadlineNanos);
            gateway.Query(id, journal.Now);
        }

        return true;
    }

    private void WaitUntil(Stray stray, long time)
    {
        if (stray.Due is { } before)
        {
            deadlines.Clear(before);
        }

        stray.Due = deadlines.Set(time, NoPlan, stray.Life.Id.Value);
    }

    private sealed class Stray(OrderLife life, ushort? instrument)
    {
        public OrderLife Life { get; } = life;

        public ushort? Instrument { get; } = instrument;

        public Deadline? Due { get; set; }

        public NegativeAnswers NotFound { get; } = new();

        public bool IsAbsent { get; set; }

        /// <summary>Nobody knows how much it asked for, nor whether it has ended.</summary>
        public bool IsStranger { get; init; }

        public bool IsOut => !Life.IsFinal && !IsAbsent;
    }
}
