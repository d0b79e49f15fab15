using System.Diagnostics;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Measurements.Engine;

/// <summary>Where the way to an order spends its time: a journal that reads the clock when a decision tells that a stage is over.</summary>
internal sealed class StageClock(IRecordSink journal, int orders) : IRecordSink
{
    private static readonly string[] Names = ["frame to opportunity", "opportunity to plan", "plan to intent", "intent to request"];

    private readonly long[][] _ticks = [.. Names.Select(_ => new long[orders])];
    private long _before;
    private int _stage;
    private int _order = -1;

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        journal.Append(header, payload);
        if ((DecisionKind)header.Kind is DecisionKind.OpportunityOpened or DecisionKind.PlanOpened or DecisionKind.OrderIntent)
        {
            End();
        }
    }

    /// <summary>A frame is about to be given that leads to an order. Without this no clock is read.</summary>
    public void Begin()
    {
        (_order, _stage) = (_order + 1, 0);
        _before = Stopwatch.GetTimestamp();
    }

    /// <summary>A stage is over.</summary>
    public void End()
    {
        if (_order >= 0 && _stage < Names.Length)
        {
            var now = Stopwatch.GetTimestamp();
            _ticks[_stage++][_order] = now - _before;
            _before = now;
        }
    }

    public IReadOnlyList<Stage> Medians() => [.. Names.Select((name, i) => new Stage(name, Tail.Of(_ticks[i]).P50))];
}
