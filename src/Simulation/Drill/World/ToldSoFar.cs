using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.World;

/// <summary>What the journal tells of orders and plans: the second opinion against which the engine's own state is held.</summary>
public sealed class ToldSoFar
{
    private readonly Dictionary<ClientOrderId, ToldOrder> _orders = [];
    private readonly SortedDictionary<(int Session, int Number), ToldPlan> _plans = [];
    private readonly List<string> _halts = [];
    private readonly List<ToldPlan> _takenOver = [];
    private readonly SortedDictionary<Asset, decimal> _takenByOthers = [];
    private readonly Dictionary<int, (Holding Holding, decimal Amount)> _residuals = [];
    private readonly HashSet<ToldOrder> _bookedBeyond = [];
    private int _session;

    /// <summary>Every order that had an intent.</summary>
    public Dictionary<ClientOrderId, ToldOrder> Orders => _orders;

    /// <summary>Those of which more is booked than they asked for.</summary>
    public IReadOnlyCollection<ToldOrder> BookedBeyond => _bookedBeyond;

    /// <summary>By session and number.</summary>
    public IReadOnlyDictionary<(int Session, int Number), ToldPlan> Plans => _plans;

    /// <summary>Plans that have begun and not ended.</summary>
    public int OpenPlans { get; private set; }

    /// <summary>The one that began last; <see langword="null"/> before the first.</summary>
    public ToldPlan? LastPlan { get; private set; }

    /// <summary>The one whose intent came last; <see langword="null"/> before the first.</summary>
    public ToldOrder? LastOrder { get; private set; }

    /// <summary>This session has compared the whole account with its books.</summary>
    public bool HasReconciled { get; private set; }

    /// <summary>How often the whole account was compared.</summary>
    public int Comparisons { get; private set; }

    /// <summary>What a plan held when it ended and did not list; <see langword="null"/> as it should be.</summary>
    public string? Unlisted { get; private set; }

    /// <summary>Why trading was halted, oldest first.</summary>
    public IReadOnlyList<string> Halts => _halts;

    /// <summary>What others took out of the account since this session began.</summary>
    public decimal TakenByOthers(Asset asset) => _takenByOthers.GetValueOrDefault(asset);

    /// <summary>A trade that was booked a second time; <see langword="null"/> as it should be.</summary>
    public string? BookedTwice { get; private set; }

    /// <summary>What plans came to.</summary>
    public ToldResults Results { get; } = new();

    public void Take(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        Results.Take(header, payload);
        var reader = new PayloadReader(payload);
        switch (header.Kind)
        {
            case (byte)DecisionKind.SessionStarted:
                BeginSession(SessionStarted.Read(ref reader).Number);
                break;
            case (byte)DecisionKind.PlanResumed:
                Resume(PlanResumed.Read(ref reader));
                break;
            case (byte)DecisionKind.Reconciled:
                if (Reconciled.Read(ref reader) is { IsComplete: true, Skipped: 0 })
                {
                    HasReconciled = true;
                    Comparisons++;
                }

                break;
            case (byte)DecisionKind.OpeningTaken:
                EndTakeover();
                break;
            case (byte)DecisionKind.OrderIntent:
                var intent = OrderIntent.Read(ref reader);
                _orders[intent.Id] = LastOrder = new ToldOrder(intent, header.Subject, header.ReceivedTime);
                break;
            case (byte)DecisionKind.Posted:
                HasPosted = true;
                Book(Posted.Read(ref reader));
                break;
            case (byte)DecisionKind.PlanOpened:
                var opened = PlanOpened.Read(ref reader);
                _plans[(_session, opened.Plan)] = LastPlan = new ToldPlan(opened, header.ReceivedTime);
                OpenPlans++;
                break;
            case (byte)DecisionKind.PlanClosed:
                var closed = PlanClosed.Read(ref reader);
                if (_plans.TryGetValue((_session, closed.Plan), out var plan))
                {
                    plan.Closed = closed;
                    Unlisted ??= plan.Unlisted();
                    OpenPlans--;
                }

                break;
            case (byte)DecisionKind.PolicyChosen:
                var policy = PolicyChosen.Read(ref reader).Policy;
                (Simultaneous, Hybrid) = (Simultaneous + (policy == "simultaneous" ? 1 : 0), Hybrid + (policy == "hybrid" ? 1 : 0));
                break;
            case (byte)DecisionKind.ResidualDeclared:
                var residual = ResidualDeclared.Read(ref reader);
                _residuals[residual.Number] = (residual.Holding, residual.Amount);
                break;
            case Opening.RecordKind when Opening.Read(header, payload) is Opening.Residual left:
                // Also one whose declaring was lost with the power: its plan's end lists it, and the number may have been another's before.
                _residuals[left.Number] = (left.Holding, left.Amount);
                break;
            case (byte)DecisionKind.ResidualTaken:
                var taken = ResidualTaken.Read(ref reader);
                if (_plans.TryGetValue((_session, taken.Plan), out var home))
                {
                    home.TakeHome(_residuals[taken.Number]);
                }

                break;
            case (byte)DecisionKind.TradingHalted:
                _halts.Add(TradingHalted.Read(ref reader).Reason);
                break;
            case OrderEvent.RecordKind:
                Hear((OrderEventType)header.Flags, ref reader);
                break;
        }
    }

    /// <summary>Something was posted since somebody last looked at the ledger.</summary>
    public bool HasPosted { get; set; }

    /// <summary>Plans whose legs went out together.</summary>
    public int Simultaneous { get; private set; }

    /// <summary>Plans of which one leg went first and the others together.</summary>
    public int Hybrid { get; private set; }

    /// <summary>A plan with orders that the next session did not take over; <see langword="null"/> as it should be.</summary>
    public string? Forgotten { get; private set; }

    /// <summary>Begins anew with what the disk still holds.</summary>
    public void Reread(ReadOnlySpan<byte> journal)
    {
        Results.Clear();
        _orders.Clear();
        _bookedBeyond.Clear();
        _plans.Clear();
        _halts.Clear();
        _takenOver.Clear();
        (_session, OpenPlans, LastPlan, LastOrder, Simultaneous, Hybrid) = (0, 0, null, null, 0, 0);
        var records = new JournalBytes(journal);
        while (records.TryNext(out var record))
        {
            Take(record.Header, record.Payload);
        }
    }

    /// <summary>A session that died before it had taken everything over counts for nothing.</summary>
    private void BeginSession(int number)
    {
        foreach (var plan in _takenOver)
        {
            plan.IsTakenOver = false;
            OpenPlans++;
        }

        if (_takenOver.Count > 0)
        {
            foreach (var ((session, plan), told) in _plans.Where(plan => plan.Key.Session == _session).ToArray())
            {
                _plans.Remove((session, plan));
                OpenPlans -= told.Closed is null ? 1 : 0;
            }
        }

        _takenOver.Clear();
        _takenByOthers.Clear();
        (_session, HasReconciled) = (number, false);
    }

    private void Resume(in PlanResumed resumed)
    {
        if (_plans.TryGetValue((resumed.FromSession, resumed.FromPlan), out var before) && before is { Closed: null, IsTakenOver: false })
        {
            before.IsTakenOver = true;
            OpenPlans--;
            _takenOver.Add(before);
            _plans[(_session, resumed.Plan)].GoOn(before);
        }
    }

    /// <summary>What is open of earlier sessions now never sent an order.</summary>
    private void EndTakeover()
    {
        _takenOver.Clear();
        foreach (var ((session, number), plan) in _plans.Where(plan => plan.Key.Session != _session && plan.Value is { Closed: null, IsTakenOver: false }))
        {
            plan.IsTakenOver = true;
            OpenPlans--;
            if (_orders.Values.Any(order => order.Intent.Id.Session == session && order.Intent.Plan == number))
            {
                Forgotten = $"plan {number} of session {session}";
            }
        }
    }

    private void Hear(OrderEventType type, ref PayloadReader reader)
    {
        if (_orders.TryGetValue(new ClientOrderId(reader.UInt64()), out var order))
        {
            reader.Byte();
            reader.Int64();
            order.LastLots = reader.Int64();
            order.Hear(type);
        }
    }

    private void Book(in Posted posted)
    {
        if (posted.Reason is PostingReason.ForeignTrade or PostingReason.Withdrawal or PostingReason.Reconciliation
            or PostingReason.FeeCorrection or PostingReason.TradeReversal)
        {
            foreach (ref readonly var line in posted.Lines.Span)
            {
                if (line is { Account: Account.Holdings, Amount: < 0m })
                {
                    _takenByOthers[line.Asset] = _takenByOthers.GetValueOrDefault(line.Asset) - line.Amount;
                }
            }
        }

        if (posted.Plan > 0 && _plans.TryGetValue((_session, posted.Plan), out var plan))
        {
            plan.Add(posted.Lines.Span);
        }

        if (posted.Reason == PostingReason.TradeReversal && _orders.TryGetValue(posted.Order, out var reversed))
        {
            reversed.Reverse(posted.TradeId);
        }

        if (posted.Reason != PostingReason.Fill || !_orders.TryGetValue(posted.Order, out var order))
        {
            return;
        }

        if (!order.Trades.TryAdd(posted.TradeId, order.LastLots))
        {
            BookedTwice = $"trade {posted.TradeId} of {posted.Order}";
            return;
        }

        foreach (ref readonly var line in posted.Lines.Span)
        {
            var market = DrillListings.All[order.Instrument];
            if (line is { Account: Account.Holdings, Amount: < 0m } && line.Asset != market.Base && line.Asset != market.Quote)
            {
                // A fee in an asset of the venue's choice comes out of whatever there is.
                _takenByOthers[line.Asset] = _takenByOthers.GetValueOrDefault(line.Asset) - line.Amount;
            }
        }

        // The fill that a posting books is the one that was told right before it.
        order.BookedLots += order.LastLots;
        if (order.BookedLots > order.Intent.QuantityLots)
        {
            _bookedBeyond.Add(order);
        }
    }
}

/// <summary>One order as the journal tells it.</summary>
public sealed class ToldOrder(OrderIntent intent, ushort instrument, long time)
{
    private readonly List<OrderEventType> _heard = [];

    public OrderIntent Intent { get; } = intent;

    /// <summary>What was told of it, in the order in which it was told.</summary>
    public IReadOnlyList<OrderEventType> Heard => _heard;

    public ushort Instrument { get; } = instrument;

    /// <summary>Of the intent, session clock.</summary>
    public long Time { get; } = time;

    /// <summary>Those that were booked and not taken back, with their lots.</summary>
    public Dictionary<ulong, long> Trades { get; } = [];

    public long BookedLots { get; set; }

    internal long LastLots { get; set; }

    internal void Hear(OrderEventType type) => _heard.Add(type);

    internal void Reverse(ulong trade)
    {
        if (Trades.Remove(trade, out var lots))
        {
            BookedLots -= lots;
        }
    }
}

/// <summary>One plan as the journal tells it.</summary>
public sealed class ToldPlan(PlanOpened opened, long time)
{
    public PlanOpened Opened { get; } = opened;

    /// <summary>The markets on its way, in order.</summary>
    public IReadOnlyList<ushort> Instruments { get; } = InstrumentsOf(opened.Cycle);

    /// <summary>It takes home what another plan left: only ever less is at risk by it.</summary>
    public bool IsWayHome { get; private set; }

    private readonly SortedDictionary<Asset, decimal> _net = [];

    /// <summary>What it has done to our holdings, by asset, by its postings; earlier sessions included.</summary>
    public IReadOnlyDictionary<Asset, decimal> Net => _net;

    /// <summary>When it was opened, session clock.</summary>
    public long Time { get; } = time;

    /// <summary>A later session runs it on, or it never sent an order and the session has ended.</summary>
    public bool IsTakenOver { get; set; }

    /// <summary><see langword="null"/> while it runs.</summary>
    public PlanClosed? Closed { get; set; }

    internal void Add(ReadOnlySpan<PostingLine> lines)
    {
        foreach (ref readonly var line in lines)
        {
            if (line.Account == Account.Holdings)
            {
                _net[line.Asset] = _net.GetValueOrDefault(line.Asset) + line.Amount;
            }
        }
    }

    /// <summary>What it holds outside its start asset although its end does not list it.</summary>
    internal string? Unlisted()
    {
        foreach (var (asset, amount) in _net)
        {
            var listed = 0m;
            foreach (ref readonly var left in Closed!.Value.Remainders.Span)
            {
                listed += left.Asset == asset ? left.Amount : 0m;
            }

            if (asset != Opened.StartAsset && listed != amount)
            {
                return $"plan {Opened.Plan} ended with {amount} {asset}; {listed} is listed";
            }
        }

        return null;
    }

    private static ushort[] InstrumentsOf(string cycle)
    {
        var assets = cycle.Split('>');
        return [.. assets.Zip(assets.Skip(1), DrillListings.Between)];
    }

    internal void TakeHome((Holding Holding, decimal Amount) residual)
    {
        IsWayHome = true;
        _net[residual.Holding.Asset] = _net.GetValueOrDefault(residual.Holding.Asset) + residual.Amount;
    }

    /// <summary>It began in an earlier session.</summary>
    public bool IsResumed { get; private set; }

    internal void GoOn(ToldPlan before)
    {
        IsResumed = true;
        IsWayHome = before.IsWayHome;
        foreach (var (asset, amount) in before._net)
        {
            _net[asset] = _net.GetValueOrDefault(asset) + amount;
        }
    }
}
