using System.Text.Json.Nodes;

namespace Parallax.Journey.Tests;

/// <summary>A plan that is over, as a journal or a database tells it.</summary>
/// <param name="Duration">From opened to closed, nanoseconds.</param>
internal sealed record ClosedPlan(int Session, string Outcome, decimal Realised, long Duration);

/// <summary>The page's figures of one session, added up here and nowhere else: what API, database and journal have to agree on.</summary>
/// <param name="Fills">Trades of our orders.</param>
/// <param name="MeanDuration">Nanoseconds; null without a closed plan.</param>
/// <param name="Outcomes">Closed plans by outcome, as text, so that two of these compare by value.</param>
internal sealed record SessionFigures(
    int Plans, int Completed, decimal Realised, int Wins, int Losses, decimal Gains, decimal LossSum, long? MeanDuration, string Outcomes, long Fills)
{
    public decimal? WinRate => Wins + Losses == 0 ? null : (decimal)Wins / (Wins + Losses);

    public static SessionFigures Of(IReadOnlyList<ClosedPlan> plans, long fills) => new(
        plans.Count,
        plans.Count(plan => plan.Outcome == "completed"),
        plans.Sum(plan => plan.Realised),
        plans.Count(plan => plan.Realised > 0m),
        plans.Count(plan => plan.Realised < 0m),
        plans.Where(plan => plan.Realised > 0m).Sum(plan => plan.Realised),
        plans.Where(plan => plan.Realised < 0m).Sum(plan => plan.Realised),
        plans.Count == 0 ? null : plans.Sum(plan => plan.Duration) / plans.Count,
        Text(plans.GroupBy(plan => plan.Outcome, StringComparer.Ordinal).Select(outcome => (outcome.Key, outcome.Count()))),
        fills);

    /// <summary>As <c>/api/v1/status</c> tells them.</summary>
    public static SessionFigures Of(JsonObject status)
    {
        var told = status["this_session"]!;
        return new SessionFigures(
            (int)told["plans"]!,
            (int?)told["outcomes"]!["completed"] ?? 0,
            Amount(told["realised"]!),
            (int)told["wins"]!,
            (int)told["losses"]!,
            Amount(told["gains"]!),
            Amount(told["loss_sum"]!),
            (long?)told["mean_duration_nanoseconds"],
            Text(told["outcomes"]!.AsObject().Select(outcome => (outcome.Key, (int)outcome.Value!))),
            (long)status["fills"]!);
    }

    /// <summary>An amount of the API: a decimal string.</summary>
    public static decimal Amount(JsonNode text) => decimal.Parse((string)text!);

    private static string Text(IEnumerable<(string Outcome, int Count)> outcomes) =>
        string.Join(", ", outcomes.Where(one => one.Count > 0).OrderBy(one => one.Outcome, StringComparer.Ordinal).Select(one => $"{one.Count} {one.Outcome}"));
}
