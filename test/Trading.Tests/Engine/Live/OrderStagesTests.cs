using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Tests.Engine.Live;

public sealed class OrderStagesTests
{
    private readonly HandClock _time = new();
    private readonly UtcClock _clock;
    private readonly OrderStages _stages;

    public OrderStagesTests()
    {
        _clock = new UtcClock(_time);
        _stages = new OrderStages(_clock);
    }

    [Fact]
    public void The_stages_of_an_order_follow_one_another_and_sum_to_the_whole_way()
    {
        var received = _clock.NowNanos;
        _time.Pass(3_000);
        _stages.Begin(received, _clock.NowNanos);
        _time.Pass(5_000);
        _stages.Decided(Order(1, received));
        _time.Pass(700_000);
        _stages.Durable(Order(1, received));
        _time.Pass(2_000);
        _stages.Handed(ClientOrderId.Of(1, 1, 1));

        Assert.Equal([3_000, 5_000, 700_000, 2_000, 710_000], _stages.Histograms.Select(stage => stage.Sum));
        Assert.All(_stages.Histograms, stage => Assert.Equal(1, Total(stage)));
    }

    [Fact]
    public void What_no_book_record_caused_is_not_counted()
    {
        var received = _clock.NowNanos;
        _stages.Begin(received, received);
        Send(Order(1, received - 1));
        _stages.End();
        Send(Order(2, received + 1_000));

        Assert.All(_stages.Histograms, stage => Assert.Equal(0, Total(stage)));
    }

    [Fact]
    public void An_order_that_never_reaches_the_socket_counts_as_far_as_it_came()
    {
        _stages.Begin(_clock.NowNanos, _clock.NowNanos);
        _stages.Decided(Order(1, _clock.NowNanos));
        _stages.Durable(Order(1, _clock.NowNanos));

        Assert.Equal([1, 1, 1, 0, 0], _stages.Histograms.Select(Total));
    }

    [Fact]
    public void A_gateway_with_a_socket_says_itself_when_the_bytes_go_and_others_hand_over_by_returning()
    {
        using var journal = new SessionJournal(JournalWriter.HashOnly());
        var (plain, timed) = (new Gateway(), new TimedGateway());
        _stages.Begin(_clock.NowNanos, _clock.NowNanos);

        new IntentFirst(plain, journal, FlushPolicy.Os, stages: _stages).Submit(Order(1, _clock.NowNanos));
        new IntentFirst(timed, journal, FlushPolicy.Os, stages: _stages).Submit(Order(2, _clock.NowNanos));

        Assert.Equal([2, 2, 2, 1, 1], _stages.Histograms.Select(Total));
    }

    private void Send(OrderRequest request)
    {
        _stages.Decided(request);
        _stages.Durable(request);
        _stages.Handed(request.Id);
    }

    private static OrderRequest Order(int plan, long sentTime) =>
        new(ClientOrderId.Of(1, plan, 1), 0, Side.Buy, 100, 1, TimeInForce.ImmediateOrCancel, 1m, sentTime);

    private static long Total(LatencyHistogram stage) => stage.Counts.ToArray().Sum();

    private sealed class HandClock : TimeProvider
    {
        private long _nanos;

        public override long TimestampFrequency => 1_000_000_000;

        public void Pass(long nanos) => _nanos += nanos;

        public override long GetTimestamp() => _nanos;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50);
    }

    private class Gateway : IOrderGateway
    {
        public void Submit(in OrderRequest request)
        {
        }

        public void Query(ClientOrderId id, long sentTime)
        {
        }

        public void Cancel(ClientOrderId id, long sentTime)
        {
        }

        public void CancelAll(long sentTime)
        {
        }

        public void Survey(long sinceTime, long sentTime)
        {
        }
    }

    private sealed class TimedGateway : Gateway, ITimedGateway
    {
        public OrderStages? Stages { get; set; }
    }
}
