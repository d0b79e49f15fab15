using Parallax.Domain;

namespace Parallax.Reporting.Divergence;

/// <summary>One figure of a plan that is not the same on both sides.</summary>
/// <param name="What"><c>outcome</c>, <c>expected USD</c>, <c>realised USD</c>, <c>duration ms</c>, <c>leg 2 ETH/BTC price</c>, …</param>
/// <param name="Live">Plain text; null where the session knows nothing of it.</param>
/// <param name="Replay">Plain text; null where the replay knows nothing of it.</param>
/// <param name="By">Replay minus live; null where either is no number.</param>
public sealed record PlanDifference(int Plan, string What, string? Live, string? Replay, decimal? By)
{
    /// <summary>Every figure in which two tellings of the same plans differ, by plan.</summary>
    public static IReadOnlyList<PlanDifference> Between(IReadOnlyList<PlanFigures> live, IReadOnlyList<PlanFigures> replay)
    {
        var (left, right) = (live.ToDictionary(plan => plan.Plan), replay.ToDictionary(plan => plan.Plan));
        return [.. left.Keys.Union(right.Keys).Order().SelectMany(plan => Of(plan, left.GetValueOrDefault(plan), right.GetValueOrDefault(plan)))];
    }

    private static IEnumerable<PlanDifference> Of(int number, PlanFigures? live, PlanFigures? replay)
    {
        if (live is null || replay is null)
        {
            return [new PlanDifference(number, "plan", live?.Cycle, replay?.Cycle, null)];
        }

        var asset = live.StartAsset;
        return new[]
        {
            Text(number, "path", live.Cycle, replay.Cycle),
            Text(number, "outcome", live.Outcome?.ToString().ToLowerInvariant(), replay.Outcome?.ToString().ToLowerInvariant()),
            Number(number, $"expected {asset}", live.Expected, replay.Expected),
            Number(number, $"realised {asset}", live.Realised, replay.Realised),
            Number(number, "duration ms", Millis(live.Duration), Millis(replay.Duration)),
        }.Concat(Orders(number, live, replay)).OfType<PlanDifference>();
    }

    private static IEnumerable<PlanDifference?> Orders(int number, PlanFigures live, PlanFigures replay)
    {
        var (left, right) = (live.Orders.ToDictionary(order => order.Id.Value), replay.Orders.ToDictionary(order => order.Id.Value));
        foreach (var id in left.Keys.Union(right.Keys).Order())
        {
            var (ours, theirs) = (left.GetValueOrDefault(id), right.GetValueOrDefault(id));
            var (any, attempt) = ((ours ?? theirs)!, (ours ?? theirs)!.Id.Attempt);
            var name = $"order {attempt}, leg {any.Leg + 1} {any.Pair}";
            if (ours is null || theirs is null)
            {
                yield return new PlanDifference(number, name, ours is null ? null : "sent", theirs is null ? null : "sent", null);
                continue;
            }

            yield return Text(number, $"order {attempt} market", ours.Pair, theirs.Pair);
            yield return Number(number, $"{name} price", ours.Price, theirs.Price);
            yield return Number(number, $"{name} filled", ours.Quantity, theirs.Quantity);
            yield return Number(number, $"{name} answer ms", Millis(ours.Answer), Millis(theirs.Answer));
        }
    }

    private static PlanDifference? Text(int plan, string what, string? live, string? replay) =>
        live == replay ? null : new PlanDifference(plan, what, live, replay, null);

    private static PlanDifference? Number(int plan, string what, decimal? live, decimal? replay) =>
        live == replay ? null : new PlanDifference(plan, what, Plain(live), Plain(replay), replay - live);

    private static decimal? Millis(long? nanos) => nanos / 1_000_000m;

    private static string? Plain(decimal? value) => value is { } known ? Decimals.Plain(known) : null;
}
