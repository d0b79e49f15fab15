using Parallax.Reporting.Funnel;
using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Live;

/// <summary>What the store answered last: history up to <see cref="Position"/>. Immutable.</summary>
public sealed record StoreView
{
    /// <summary>When it was asked, UTC nanoseconds.</summary>
    public required long AskedTime { get; init; }

    /// <summary>The beginning of the UTC day that the figures of today count from, UTC nanoseconds.</summary>
    public required long Day { get; init; }

    public required StorePosition Position { get; init; }

    /// <summary>Since the beginning of the UTC day.</summary>
    public required Figures Today { get; init; }

    /// <summary>Since the session started.</summary>
    public required Figures Session { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<OpportunityRow> Opportunities { get; init; }

    /// <summary>Refusals of opportunities of today that became no plan, newest first.</summary>
    public required IReadOnlyList<RefusedMiss> Refused { get; init; }

    /// <summary>Of those, the ones that came nearest to none.</summary>
    public required IReadOnlyList<RefusedMiss> Nearest { get; init; }

    /// <summary>Newest first, running ones among them.</summary>
    public required IReadOnlyList<PlanRow> Plans { get; init; }

    /// <summary>Of today, oldest first.</summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    /// <summary>Of today, oldest first; minutes with nothing are absent.</summary>
    public required IReadOnlyList<MinuteCount> Activity { get; init; }

    /// <summary>The refusal that an opportunity shows; null when it is older than the refusals held here.</summary>
    public RefusedMiss? RefusalOf(OpportunityRow opportunity) => Refused.FirstOrDefault(
        miss => miss.Session == opportunity.Session && miss.Opportunity == opportunity.Number && miss.Reason == opportunity.Refusal);

    /// <summary>The plan that was made of an opportunity; null when none was, or when it is older than the plans held here.</summary>
    public PlanRow? PlanOf(OpportunityRow opportunity) =>
        opportunity.Plan is { } plan ? Plans.FirstOrDefault(row => row.Session == opportunity.Session && row.Plan == plan) : null;
}
