using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Venue;

/// <summary>One order from submission to oblivion: what was asked, what its way does to it, and what became of it. Reused.</summary>
internal sealed class VenueOrder
{
    private VenueFill[] _fills = new VenueFill[4];
    private int _fillCount;
    private OrderRequest _request;

    public ref readonly OrderRequest Request => ref _request;

    public OrderFault Fault { get; private set; }

    public long ResponseNanos { get; private set; }

    /// <summary>Entries of the queue that still name this order; it is not reused before all have happened.</summary>
    public int Pending { get; set; }

    /// <summary>When it reached the matching; meaningless before <see cref="HasArrived"/>.</summary>
    public long ArrivalTime { get; private set; }

    public bool HasArrived { get; private set; }

    /// <summary>Its report has reached us: a survey need not repeat it.</summary>
    public bool IsTold { get; set; }

    /// <summary>Why the venue refused it; <see langword="null"/> when it did not.</summary>
    public string? RejectReason { get; set; }

    public long FilledLots { get; private set; }

    public ReadOnlySpan<VenueFill> Fills => _fills.AsSpan(0, _fillCount);

    public VenueOrder Restart(in OrderRequest request, in OrderFault fault, long responseNanos)
    {
        _request = request;
        Fault = fault;
        ResponseNanos = responseNanos;
        Pending = 0;
        HasArrived = false;
        IsTold = false;
        RejectReason = null;
        FilledLots = 0;
        _fillCount = 0;
        return this;
    }

    public void Arrive(long time)
    {
        ArrivalTime = time;
        HasArrived = true;
    }

    public void Add(in VenueFill fill)
    {
        if (_fillCount == _fills.Length)
        {
            Array.Resize(ref _fills, _fillCount * 2);
        }

        _fills[_fillCount++] = fill;
        FilledLots += fill.Level.QuantityLots;
    }
}

/// <param name="Fee">In <paramref name="FeeAsset"/>.</param>
internal readonly record struct VenueFill(Level Level, decimal Fee, Asset FeeAsset, ulong TradeId);
