using Parallax.Trading.Decisions;
using Parallax.Trading.Execution.Estimates;

namespace Parallax.Trading.Tests.Execution.Estimates;

public sealed class RouteEstimatesTests
{
    private readonly RouteEstimates _estimates = new();

    [Fact]
    public void Before_any_attempt_the_prior_speaks()
    {
        var estimate = _estimates.Of("USD>BTC>USD", ExecutionPolicy.Sequential, 8m);

        Assert.Equal((0.75m, 10m), (estimate.FillProbability, estimate.FailureCostBps));
        Assert.Equal(6m - 2.5m, estimate.ValueBps);
    }

    [Fact]
    public void Attempts_outweigh_the_prior_as_they_grow_in_number()
    {
        for (var i = 0; i < 96; i++)
        {
            Learn(i % 2 == 0 ? PlanOutcome.Completed : PlanOutcome.Unwound, i % 2 == 0 ? 1m : -0.3m);
        }

        var estimate = _estimates.Of("r", ExecutionPolicy.Sequential, 8m);

        Assert.Equal(51m / 100m, estimate.FillProbability);
        Assert.Equal(((48m * 30m) + 10m) / 49m, estimate.FailureCostBps);
    }

    [Fact]
    public void A_plan_that_missed_was_an_attempt_that_cost_nothing()
    {
        Learn(PlanOutcome.Missed, 0m);

        var estimate = _estimates.Of("r", ExecutionPolicy.Sequential, 8m);

        Assert.Equal((3m / 5m, 5m), (estimate.FillProbability, estimate.FailureCostBps));
    }

    [Fact]
    public void Routes_and_policies_learn_apart()
    {
        Learn(PlanOutcome.Missed, 0m);

        Assert.Equal(0.85m, _estimates.Of("r", ExecutionPolicy.Simultaneous, 8m).FillProbability);
        Assert.Equal(0.75m, _estimates.Of("other", ExecutionPolicy.Sequential, 8m).FillProbability);
    }

    [Fact]
    public void The_loss_budget_is_thirty_per_cent_of_the_edge_and_equal_to_it_is_within()
    {
        Assert.True(new PolicyEstimate(ExecutionPolicy.Sequential, 10m, 0.75m, 12m).IsWithinLossBudget);
        Assert.False(new PolicyEstimate(ExecutionPolicy.Sequential, 10m, 0.75m, 12.01m).IsWithinLossBudget);
    }

    [Fact]
    public void Calibration_counts_by_tenths_and_scores_the_mean_square()
    {
        var calibration = _estimates.Calibration;
        Assert.Null(calibration.Brier);
        Learn(PlanOutcome.Completed, 1m, predicted: 0.8m);
        Learn(PlanOutcome.Unwound, -1m, predicted: 0.85m);
        Learn(PlanOutcome.Completed, 1m, predicted: 1m);

        Assert.Equal(new CalibrationBucket(2, 1, 1.65m), calibration.Buckets[8]);
        Assert.Equal(new CalibrationBucket(1, 1, 1m), calibration.Buckets[9]);
        Assert.Equal((0.04m + 0.7225m) / 3m, calibration.Brier);
    }

    [Fact]
    public void What_is_known_of_a_route_names_own_attempts_and_what_the_next_is_expected_to_do()
    {
        var before = _estimates.Revision;
        Learn(PlanOutcome.Completed, 1m);
        Learn(PlanOutcome.Unwound, -0.2m);

        var known = Assert.Single(_estimates.Known());
        Assert.Equal(("r", ExecutionPolicy.Sequential, 2, 1, 0), (known.Cycle, known.Policy, known.Attempts, known.Fills, known.Practised));
        var next = _estimates.Of("r", ExecutionPolicy.Sequential, 8m);
        Assert.Equal((next.FillProbability, next.FailureCostBps), (known.FillProbability, known.FailureCostBps));
        Assert.NotEqual(before, _estimates.Revision);
    }

    private void Learn(PlanOutcome outcome, decimal realised, decimal predicted = 0.75m) =>
        _estimates.Learn(RouteEstimates.NameOf("r", ExecutionPolicy.Sequential), outcome, realised, 100m, predicted);
}
