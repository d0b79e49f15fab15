using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.World;

/// <summary>An order as the venue has it.</summary>
public sealed class DrillOrder(OrderRequest request, long arrivalTime, long visibleTime)
{
    private readonly List<OrderEvent> _fills = [];

    public OrderRequest Request { get; } = request;

    /// <summary>True time, UTC nanoseconds.</summary>
    public long ArrivalTime { get; } = arrivalTime;

    /// <summary>From when on questions find it; true time.</summary>
    public long VisibleTime { get; } = visibleTime;

    /// <summary>Why the venue refused it; <see langword="null"/> when it did not.</summary>
    public string? RejectReason { get; set; }

    /// <summary>When it traded, true time; zero when it has not.</summary>
    public long TradedTime { get; set; }

    /// <summary>Nothing of it will trade any more.</summary>
    public bool IsOver { get; set; }

    public IReadOnlyList<OrderEvent> Fills => _fills;

    public long FilledLots { get; private set; }

    /// <summary>The venue tells another fee for one of its fills from now on.</summary>
    public void Correct(int at, decimal fee) => _fills[at] = _fills[at] with { Fee = fee };

    /// <summary>The venue takes one of its fills back.</summary>
    public void Reverse(int at)
    {
        FilledLots -= _fills[at].Fill.QuantityLots;
        _fills.RemoveAt(at);
    }

    public void Add(in OrderEvent fill)
    {
        _fills.Add(fill);
        FilledLots += fill.Fill.QuantityLots;
    }
}
