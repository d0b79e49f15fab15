using Parallax.Storage.Queries;

namespace Parallax.Storage.Tables;

/// <summary>Every table, by name.</summary>
internal static class Catalog
{
    public static readonly Table<PositionEntry> Position = new("position", "id");
    public static readonly Table<SessionEntry> Sessions = new("sessions", "number");
    public static readonly Table<InstrumentEntry> Instruments = new("instruments", "sequence");
    public static readonly Table<OpportunityEntry> Opportunities = new("opportunities", "session", "number");
    public static readonly Table<RefusalEntry> Refusals = new("refusals", "sequence");
    public static readonly Table<FollowUpEntry> FollowUps = new("follow_ups", "sequence");
    public static readonly Table<PlanEntry> Plans = new("plans", "session", "plan");
    public static readonly Table<OrderEntry> Orders = new("orders", "id");
    public static readonly Table<FillEntry> Fills = new("fills", "order_id", "trade_id");
    public static readonly Table<PostingRow> Postings = new("postings", "sequence", "line");
    public static readonly Table<BalanceEntry> Balances = new("balances", "session", "asset", "venue");
    public static readonly Table<ProfitEntry> Profits = new("profits", "session", "asset");
    public static readonly Table<BalanceSnapshotEntry> BalanceSnapshots = new("balance_snapshots", "session", "minute", "asset", "venue");
    public static readonly Table<ProfitSnapshotEntry> ProfitSnapshots = new("profit_snapshots", "session", "minute", "asset");
    public static readonly Table<AuditRow> Audit = new("audit", "sequence");
    public static readonly Table<ActivityEntry> Activity = new("activity_minutes", "minute");
    public static readonly Table<FunnelEntry> Funnel = new("funnel_hours", "hour");
    public static readonly Table<RefusalHourEntry> RefusalHours = new("refusal_hours", "hour", "reason");
    public static readonly Table<OutcomeEntry> Outcomes = new("outcome_hours", "hour", "start_asset", "outcome");

    public static readonly IReadOnlyList<ITable> All =
    [
        Position, Sessions, Instruments, Opportunities, Refusals, FollowUps, Plans, Orders, Fills, Postings, Balances, Profits, BalanceSnapshots, ProfitSnapshots, Audit,
        Activity, Funnel, RefusalHours, Outcomes,
    ];
}
