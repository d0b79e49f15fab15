using Parallax.Cli.Bench;
using Parallax.Measurements;

namespace Parallax.Cli.Tests.Bench;

public sealed class BenchBaselineTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(10.0, 9.1, 0.01, false)]
    [InlineData(10.0, 8.9, 0.01, true)]
    [InlineData(10.0, 12.0, 0.01, false)]
    [InlineData(10.0, 1.0, 0.2, false)]
    public void A_ratio_that_fell_beyond_the_limit_regressed_unless_the_yardstick_was_unsteady(double before, double now, double spread, bool isRegression)
    {
        var baseline = Kept(Row(before, 0.01));
        var comparison = Assert.Single(baseline.Compare([Row(now, spread)], 0.1));
        Assert.Equal(isRegression, comparison.IsRegression);
    }

    [Fact]
    public void Faster_machines_compare_equal()
    {
        var slow = Row(5, 0.01) with { OursNanos = 1_000, YardstickNanos = 5_000 };
        var comparison = Assert.Single(Kept(slow).Compare([Row(5, 0.01)], 0.1));
        Assert.Equal(0, comparison.Change, 6);
    }

    private static Measurement Row(double timesYardstick, double spread) =>
        new("X1", "x", 100, "y", 100 * timesYardstick, timesYardstick, 1, IsUpperBound: false, DigestsEqual: true, 0, spread);

    private BenchBaseline Kept(Measurement row)
    {
        File.WriteAllText(_path, new BenchRun([row], DateTimeOffset.UnixEpoch, Load: null).ToJson().ToJsonString());
        return BenchBaseline.Read(_path);
    }
}
