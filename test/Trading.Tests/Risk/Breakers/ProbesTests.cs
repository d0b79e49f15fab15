using Parallax.Domain;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Breakers;

namespace Parallax.Trading.Tests.Risk.Breakers;

public sealed class ProbesTests
{
    private readonly BreakerBoard _board;
    private readonly Probes _probes;
    private readonly long _afterPause;

    public ProbesTests()
    {
        _board = new BreakerBoard(BreakerTerms.Of(new RiskLimits()), (_, _) => { });
        _probes = new Probes(_board);
        _board.Trip(BreakerScope.Global, 0, "manual");
        _afterPause = Breaker.UntilNanos + UtcNanos.PerSecond;
    }

    private CircuitBreaker Breaker => _board[BreakerScope.Global];

    [Fact]
    public void A_plan_that_ends_without_an_answer_leaves_room_for_the_next_probe()
    {
        _probes.Open(1, BreakerScope.Global, _afterPause);
        Assert.Equal(BreakerState.Open, Breaker.Look(_afterPause));

        _probes.End(1);

        Assert.Equal(BreakerState.HalfOpen, Breaker.Look(_afterPause));
    }

    [Fact]
    public void A_plan_whose_order_was_answered_gives_nothing_back_when_it_ends()
    {
        _probes.Open(1, BreakerScope.Global, _afterPause);
        _probes.Answer(1);
        _board.Report(BreakerScope.Global, isFailure: false, _afterPause);
        _probes.Open(2, BreakerScope.Global, _afterPause);

        _probes.End(1);

        Assert.Equal(BreakerState.Open, Breaker.Look(_afterPause));
    }

    [Fact]
    public void A_plan_that_opened_while_the_breaker_was_closed_is_no_probe()
    {
        _board.Reset(BreakerScope.Global);
        _probes.Open(1, BreakerScope.Global, 0);
        _board.Trip(BreakerScope.Global, 0, "manual");
        _probes.Open(2, BreakerScope.Global, _afterPause);

        _probes.End(1);

        Assert.Equal(BreakerState.Open, Breaker.Look(_afterPause));
    }
}
