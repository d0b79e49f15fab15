using Parallax.Storage.Queries;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Projection;

/// <summary>The tables as the records see them. What they hold here and in the database together is a function of the journal so far.</summary>
internal sealed class BatchTables
{
    private readonly IBatchRows[] _all;

    public BatchTables()
    {
        Sessions = new(Scope, Catalog.Sessions, key => new { Number = key });
        Opportunities = new(Scope, Catalog.Opportunities, key => new { key.Session, key.Number });
        Plans = new(Scope, Catalog.Plans, key => new { key.Session, key.Plan });
        Orders = new(Scope, Catalog.Orders, key => new { Id = key });
        Fills = new(Scope, Catalog.Fills, key => new { key.OrderId, key.TradeId });
        Balances = new(Scope, Catalog.Balances, key => new { key.Session, key.Asset, key.Venue });
        Profits = new(Scope, Catalog.Profits, key => new { key.Session, key.Asset });
        BalanceSnapshots = new(Scope, Catalog.BalanceSnapshots, key => new { key.Session, key.Minute, key.Asset, key.Venue });
        ProfitSnapshots = new(Scope, Catalog.ProfitSnapshots, key => new { key.Session, key.Minute, key.Asset });
        Activity = new(Scope, Catalog.Activity, key => new { Minute = key });
        Funnel = new(Scope, Catalog.Funnel, key => new { Hour = key });
        RefusalHours = new(Scope, Catalog.RefusalHours, key => new { key.Hour, key.Reason });
        Outcomes = new(Scope, Catalog.Outcomes, key => new { key.Hour, key.StartAsset, key.Outcome });
        _all =
        [
            Sessions, Instruments, Opportunities, Refusals, FollowUps, Plans, Orders, Fills, Postings, Balances, Profits, BalanceSnapshots, ProfitSnapshots, Audit,
            Activity, Funnel, RefusalHours, Outcomes,
        ];
    }

    public BatchScope Scope { get; } = new();

    public RowSet<int, SessionEntry> Sessions { get; }

    public NewRows<InstrumentEntry> Instruments { get; } = new(Catalog.Instruments);

    public RowSet<(int Session, long Number), OpportunityEntry> Opportunities { get; }

    public NewRows<RefusalEntry> Refusals { get; } = new(Catalog.Refusals);

    public NewRows<FollowUpEntry> FollowUps { get; } = new(Catalog.FollowUps);

    public RowSet<(int Session, int Plan), PlanEntry> Plans { get; }

    public RowSet<string, OrderEntry> Orders { get; }

    public RowSet<(string OrderId, string TradeId), FillEntry> Fills { get; }

    public NewRows<PostingRow> Postings { get; } = new(Catalog.Postings);

    public RowSet<(int Session, string Asset, string Venue), BalanceEntry> Balances { get; }

    public RowSet<(int Session, string Asset), ProfitEntry> Profits { get; }

    public RowSet<(int Session, long Minute, string Asset, string Venue), BalanceSnapshotEntry> BalanceSnapshots { get; }

    public RowSet<(int Session, long Minute, string Asset), ProfitSnapshotEntry> ProfitSnapshots { get; }

    public NewRows<AuditRow> Audit { get; } = new(Catalog.Audit);

    public RowSet<long, ActivityEntry> Activity { get; }

    public RowSet<long, FunnelEntry> Funnel { get; }

    public RowSet<(long Hour, string Reason), RefusalHourEntry> RefusalHours { get; }

    public RowSet<(long Hour, string StartAsset, string Outcome), OutcomeEntry> Outcomes { get; }

    public void Write()
    {
        foreach (var rows in _all)
        {
            rows.Write(Scope);
        }
    }

    public void Trim()
    {
        foreach (var rows in _all)
        {
            rows.Trim();
        }
    }

    public void Clear()
    {
        foreach (var rows in _all)
        {
            rows.Clear();
        }
    }
}
