using Parallax.Simulation.Latency;

namespace Parallax.Simulation.Tests.Latency;

public sealed class LatencyTests
{
    private static readonly LatencyQuantiles Quantiles = new((0, 10), (500_000, 20), (990_000, 100), (1_000_000, 1000));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(250_000, 15)]
    [InlineData(500_000, 20)]
    [InlineData(745_000, 60)]
    [InlineData(990_000, 100)]
    [InlineData(1_000_000, 1000)]
    public void Quantiles_are_joined_by_straight_lines(int perMillion, long nanos)
    {
        Assert.Equal(nanos, Quantiles.At(perMillion));
    }

    [Fact]
    public void Drawn_latencies_follow_the_quantiles_and_the_seed()
    {
        var model = new QuantileLatency(Quantiles, Quantiles, seed: 5);
        var again = new QuantileLatency(Quantiles, Quantiles, seed: 5);
        var drawn = Enumerable.Range(0, 20_000).Select(_ => model.EntryNanos()).ToArray();

        Assert.Equal(drawn, Enumerable.Range(0, 20_000).Select(_ => again.EntryNanos()));
        Assert.InRange(drawn.Count(n => n <= 20), 9_700, 10_300);
        Assert.InRange(drawn.Count(n => n > 100), 130, 270);
    }

    [Fact]
    public void The_way_back_draws_apart_from_the_way_there()
    {
        var both = new QuantileLatency(Quantiles, Quantiles, seed: 5);
        var one = new QuantileLatency(Quantiles, Quantiles, seed: 5);
        var entries = new List<long>();
        for (var i = 0; i < 100; i++)
        {
            entries.Add(both.EntryNanos());
            both.ResponseNanos();
        }

        Assert.Equal(entries, Enumerable.Range(0, 100).Select(_ => one.EntryNanos()));
    }

    [Fact]
    public void Quantiles_out_of_order_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles((0, 10)));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles((1, 10), (1_000_000, 20)));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles((0, 10), (999_999, 20)));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles((0, 20), (1_000_000, 10)));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles((0, 1), (5, 1), (5, 2), (1_000_000, 10)));
        Assert.Throws<ArgumentException>(() => new LatencyQuantiles((0, -1), (1_000_000, 10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantLatency(-1, 0));
    }
}
