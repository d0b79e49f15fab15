using System.Runtime.CompilerServices;
using Parallax.Domain;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Engine.Live;

/// <summary>From the frame that made a book pay to the order's bytes, stage by stage: measured around the engine, which has no clock.</summary>
/// <remarks>
/// <para>Only orders that a book record caused are counted: the first of a plan, for which every microsecond matters. What follows a fill, a timer or
/// a command begins elsewhere.</para>
/// <para>The first three stages are told on the engine thread; the last two by whoever hands the bytes to the socket, on one thread. A
/// picture taken meanwhile may miss the newest order. Allocates nothing.</para>
/// </remarks>
/// <param name="clock">The one the feeds stamp with.</param>
public sealed class OrderStages(UtcClock clock)
{
    /// <summary>Every stage's name begins so.</summary>
    public const string Prefix = "order-";

    /// <summary>The name of the whole way.</summary>
    public const string Total = Prefix + "total";

    /// <summary>Orders that may be between engine and socket; a power of two. One more takes the place of the oldest, which is then not counted.</summary>
    private const int Slots = 64;

    /// <summary>Later than any order: none is counted.</summary>
    private const long Nothing = long.MaxValue;

    private readonly LatencyHistogram _queue = new(Prefix + "queue");
    private readonly LatencyHistogram _decision = new(Prefix + "decision");
    private readonly LatencyHistogram _intent = new(Prefix + "intent");
    private readonly LatencyHistogram _gateway = new(Prefix + "gateway");
    private readonly LatencyHistogram _total = new(Total);
    private readonly Slot[] _slots = new Slot[Slots];
    private long _received = Nothing;
    private long _taken;
    private long _decided;

    /// <summary>
    /// <c>order-queue</c>: frame received until the engine began; <c>order-decision</c>: until the order was decided; <c>order-intent</c>: until its intent
    /// was as durable as the policy asks; <c>order-gateway</c>: until its bytes went to the socket; <c>order-total</c>: all four.
    /// </summary>
    public IReadOnlyList<LatencyHistogram> Histograms => [_queue, _decision, _intent, _gateway, _total];

    /// <summary>The engine begins with a book record.</summary>
    /// <param name="received">When its frame was, UTC nanoseconds.</param>
    /// <param name="taken">Now, UTC nanoseconds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(long received, long taken) => (_received, _taken) = (received, taken);

    /// <summary>The engine is done with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End() => _received = Nothing;

    /// <summary>The engine has decided on an order.</summary>
    public void Decided(in OrderRequest request)
    {
        // What was due before the record carries an earlier time.
        if (request.SentTime >= _received)
        {
            _decided = clock.NowNanos;
            _queue.Add(_taken - _received);
            _decision.Add(_decided - _taken);
        }
    }

    /// <summary>Its intent is durable; the gateway is called next.</summary>
    public void Durable(in OrderRequest request)
    {
        if (request.SentTime >= _received)
        {
            var now = clock.NowNanos;
            _intent.Add(now - _decided);
            _slots[SlotOf(request.Id)] = new Slot(request.Id, _received, now);
        }
    }

    /// <summary>Its bytes go to the socket now. One thread, the same for every order.</summary>
    public void Handed(ClientOrderId id)
    {
        var slot = _slots[SlotOf(id)];
        if (slot.Id == id)
        {
            var now = clock.NowNanos;
            _gateway.Add(now - slot.Durable);
            _total.Add(now - slot.Received);
        }
    }

    private static int SlotOf(ClientOrderId id) => (id.Plan + id.Attempt) & (Slots - 1);

    private readonly record struct Slot(ClientOrderId Id, long Received, long Durable);
}

/// <summary>A gateway that hands orders to a socket on a thread of its own, and says when.</summary>
public interface ITimedGateway : IOrderGateway
{
    /// <summary>Told of every order whose bytes go to the socket. Set before the first order.</summary>
    OrderStages? Stages { set; }
}
