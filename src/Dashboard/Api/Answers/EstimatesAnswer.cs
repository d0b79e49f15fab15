using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Execution.Estimates;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>What attempts have taught, and how well predictions were met.</summary>
/// <param name="Routes">Most tried first; empty where plans are not chosen by expected value, or before the first attempt.</param>
/// <param name="Calibration">Predictions of this session by tenths; only those that were made.</param>
/// <param name="Brier">Mean of (predicted − happened)² in this session: 0 is perfect, 0.25 a coin; null before the first plan ended.</param>
public sealed record EstimatesAnswer(UtcNanos Time, IReadOnlyList<RouteAnswer> Routes, IReadOnlyList<TenthAnswer> Calibration, decimal? Brier)
{
    internal static EstimatesAnswer Of(SessionSnapshot now) => new(
        new UtcNanos(now.Time),
        [.. now.Estimates.Routes.Select(RouteAnswer.Of)],
        [.. now.Estimates.Tenths.Where(tenth => tenth.Attempts > 0).Select(tenth => new TenthAnswer(tenth.Attempts, Short(tenth.Predicted), Short(tenth.Met)))],
        now.Estimates.Brier is { } brier ? Short(brier) : null);

    internal static decimal Short(decimal value) => decimal.Round(value, 6);
}

/// <summary>One cycle under one policy.</summary>
/// <param name="Policy">sequential, hybrid or simultaneous.</param>
/// <param name="Attempts">Own plans that ended.</param>
/// <param name="Fills">Of these, how many filled on every leg.</param>
/// <param name="Practised">Simulated attempts that count as well.</param>
/// <param name="FillProbability">Expected of the next, 0 to 1.</param>
/// <param name="FailureCostBps">Expected of the next that fails, of its input.</param>
public sealed record RouteAnswer(string Cycle, string Policy, int Attempts, int Fills, int Practised, decimal FillProbability, decimal FailureCostBps)
{
    internal static RouteAnswer Of(RouteKnowledge route) => new(
        route.Cycle, RouteEstimates.TextOf(route.Policy), route.Attempts, route.Fills, route.Practised,
        EstimatesAnswer.Short(route.FillProbability), EstimatesAnswer.Short(route.FailureCostBps));
}

/// <summary>Plans whose probability lay in one tenth.</summary>
/// <param name="Predicted">Mean probability, 0 to 1.</param>
/// <param name="Met">Share of them that filled on every leg.</param>
public sealed record TenthAnswer(int Plans, decimal Predicted, decimal Met);
