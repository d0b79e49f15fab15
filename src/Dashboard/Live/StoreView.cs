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

    /// <summary>Newest first, running ones among them.</summary>
    public required IReadOnlyList<PlanRow> Plans { get; init; }

    /// <summary>Of today, oldest first.</summary>
    public required IReadOnlyList<EquityPoint> Equity { get; init; }

    /// <summary>Of today, oldest first; minutes with nothing are absent.</summary>
    public required IReadOnlyList<MinuteCount> Activity { get; init; }

    /// <summary>The plan that was made of an opportunity; null when none was, or when it is older than the plans held here.</summary>
    public PlanRow? PlanOf(OpportunityRow opportunity) =>
        opportunity.Plan is { } plan ? Plans.FirstOrDefault(row => row.Session == opportunity.Session && row.Plan == plan) : null;
}
