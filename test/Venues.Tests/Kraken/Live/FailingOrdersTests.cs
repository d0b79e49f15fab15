using System.Collections.Concurrent;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Trading.Supervision;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>The order thread throws, and is started again as after a lost connection.</summary>
public sealed class FailingOrdersTests
{
    [Fact]
    public async Task C13_an_order_thread_that_throws_over_a_fill_is_started_again_and_the_venue_says_what_became_of_the_order()
    {
        var told = new ConcurrentQueue<TaskReport>();
        await using var desk = await Desk.StartAsync(
            FaultTerms.None, between: sink => new ThrowsOnce(sink), supervisor: new Supervisor(new ShortPauses(), told.Enqueue));
        var id = await desk.BuyAsync(1);
        await desk.Until(() => told.Any(report => report.State == TaskState.Running) && desk.Orders.IsReady);

        Assert.Equal([("orders", TaskState.Failed), ("orders", TaskState.Running)], told.Select(report => (report.Task, report.State)));
        desk.Orders.Query(id, desk.Clock.NowNanos);
        await desk.Until(() => desk.FilledLots(id) >= desk.Lots);
        var next = await desk.BuyAsync(2);
        await desk.Until(() => desk.FilledLots(next) == desk.Lots);
    }

    /// <summary>The first fill is one too many.</summary>
    private sealed class ThrowsOnce(IRecordSink sink) : IRecordSink
    {
        private bool _hasThrown;

        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            if (!_hasThrown && header.Kind == OrderEvent.RecordKind && (OrderEventType)header.Flags == OrderEventType.Filled)
            {
                _hasThrown = true;
                throw new InvalidOperationException("a fill nobody expected");
            }

            sink.Append(header, payload);
        }
    }

    private sealed class ShortPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
