using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Simulation.Drill.World;

/// <summary>What the journal tells of orders and plans: the second opinion against which the engine's own state is held.</summary>
public sealed class ToldSoFar
{
    private const int FileHeaderSize = 64;

    private readonly Dictionary<ClientOrderId, ToldOrder> _orders = [];
    private readonly SortedDictionary<(int Session, int Number), ToldPlan> _plans = [];
    private readonly List<string> _halts = [];
    private int _session;

    /// <summary>Every order that had an intent.</summary>
    public Dictionary<ClientOrderId, ToldOrder> Orders => _orders;

    /// <summary>By session and number.</summary>
    public IReadOnlyDictionary<(int Session, int Number), ToldPlan> Plans => _plans;

    /// <summary>Plans that have begun and not ended.</summary>
    public int OpenPlans { get; private set; }

    /// <summary>The one that began last; <see langword="null"/> before the first.</summary>
    public ToldPlan? LastPlan { get; private set; }

    /// <summary>Why trading was halted, oldest first.</summary>
    public IReadOnlyList<string> Halts => _halts;

    /// <summary>A trade that was booked a second time; <see langword="null"/> as it should be.</summary>
    public string? BookedTwice { get; private set; }

    public void Take(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        switch (header.Kind)
        {
            case (byte)DecisionKind.SessionStarted:
                _session = SessionStarted.Read(ref reader).Number;
                break;
            case (byte)DecisionKind.OrderIntent:
                var intent = OrderIntent.Read(ref reader);
                _orders[intent.Id] = new ToldOrder(intent, header.Subject, header.ReceivedTime);
                break;
            case (byte)DecisionKind.Posted:
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
                    OpenPlans--;
                }

                break;
            case (byte)DecisionKind.TradingHalted:
                _halts.Add(TradingHalted.Read(ref reader).Reason);
                break;
            case OrderEvent.RecordKind when header.Flags == (byte)OrderEventType.Filled:
                var told = reader.UInt64();
                if (_orders.TryGetValue(new ClientOrderId(told), out var order))
                {
                    reader.Byte();
                    reader.Int64();
                    order.LastLots = reader.Int64();
                }

                break;
        }
    }

    /// <summary>Begins anew with what the disk still holds.</summary>
    public void Reread(ReadOnlySpan<byte> journal)
    {
        _orders.Clear();
        _plans.Clear();
        _halts.Clear();
        (_session, OpenPlans, LastPlan) = (0, 0, null);
        for (var at = FileHeaderSize; journal.Length - at >= RecordHeader.Size && RecordFramer.IsSound(journal[at..]);)
        {
            var header = new Record(journal[at..]).Header;
            Take(header, journal.Slice(at + RecordHeader.Size, (int)header.Length - RecordHeader.Size));
            at += (int)header.Length;
        }
    }

    private void Book(in Posted posted)
    {
        if (posted.Reason != PostingReason.Fill || !_orders.TryGetValue(posted.Order, out var order))
        {
            return;
        }

        if (!order.Trades.Add(posted.TradeId))
        {
            BookedTwice = $"trade {posted.TradeId} of {posted.Order}";
            return;
        }

        // The fill that a posting books is the one that was told right before it.
        order.BookedLots += order.LastLots;
    }
}

/// <summary>One order as the journal tells it.</summary>
public sealed class ToldOrder(OrderIntent intent, ushort instrument, long time)
{
    public OrderIntent Intent { get; } = intent;

    public ushort Instrument { get; } = instrument;

    /// <summary>Of the intent, session clock.</summary>
    public long Time { get; } = time;

    /// <summary>Those that were booked.</summary>
    public HashSet<ulong> Trades { get; } = [];

    public long BookedLots { get; set; }

    internal long LastLots { get; set; }
}

/// <summary>One plan as the journal tells it.</summary>
public sealed class ToldPlan(PlanOpened opened, long time)
{
    public PlanOpened Opened { get; } = opened;

    /// <summary>When it was opened, session clock.</summary>
    public long Time { get; } = time;

    /// <summary><see langword="null"/> while it runs.</summary>
    public PlanClosed? Closed { get; set; }
}
