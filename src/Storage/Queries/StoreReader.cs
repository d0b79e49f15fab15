using System.Data.Common;
using Dapper;
using Parallax.Storage.Projection.Folds;
using Parallax.Storage.Tables;

namespace Parallax.Storage.Queries;

/// <summary>Reads the tables, on both databases with the same SQL. Each answer is of one moment.</summary>
internal sealed class StoreReader(Store store) : IStoreReader
{
    private const string OpportunityColumns =
        """
        sequence, session, number, cycle, top_net_bps, opened_time, closed_time, best_net_bps, best_profit, why, plan, refusals, refusal,
        refusal_value, refusal_threshold, input, profit, start_asset
        """;

    private const string PlanColumns =
        """
        sequence, session, plan, opportunity, cycle, start_asset, input, gross_profit, fees, rounding, expected_profit, opened_time, closed_time,
        outcome, realised, slippage, first_session, first_plan,
        exists (select 1 from orders o where o.session = p.session and o.plan = p.plan and o.is_partial) as is_partial
        """;

    private const string OrderColumns =
        """
        sequence, id, session, plan, leg, purpose, venue, pair, side, quantity, limit_price, time_in_force, state, filled, sent_time, done_time, reason
        """;

    private const string FillColumns = "sequence, order_id, session, plan, trade_id, pair, side, price, quantity, fee, fee_asset, time";

    public Task<StorePosition> PositionAsync(CancellationToken cancellation) => ReadAsync(async read =>
        await read.FirstOrDefaultAsync<StorePosition>("select sequence, time, session from position", new { }) ?? new StorePosition(0, 0, 0), cancellation);

    public Task<IReadOnlyList<OpportunityRow>> OpportunitiesAsync(Page page, CancellationToken cancellation) =>
        PageAsync<OpportunityRow>($"select {OpportunityColumns} from opportunities", null, page, cancellation);

    public Task<IReadOnlyList<PlanRow>> PlansAsync(Page page, bool openOnly, CancellationToken cancellation) =>
        PageAsync<PlanRow>($"select {PlanColumns} from plans p", openOnly ? "first_plan is null and closed_time is null" : "first_plan is null", page, cancellation);

    public Task<PlanRow?> PlanAsync(PlanKey plan, CancellationToken cancellation) => ReadAsync(
        read => read.FirstOrDefaultAsync<PlanRow>($"select {PlanColumns} from plans p where session = @Session and plan = @Plan", new { plan.Session, plan.Plan }), cancellation);

    public Task<IReadOnlyList<OrderRow>> OrdersAsync(PlanKey plan, CancellationToken cancellation) =>
        OfPlanAsync<OrderRow>($"select {OrderColumns} from orders", "sequence", plan, cancellation);

    public Task<IReadOnlyList<FillRow>> FillsAsync(PlanKey plan, CancellationToken cancellation) =>
        OfPlanAsync<FillRow>($"select {FillColumns} from fills", "sequence", plan, cancellation);

    public Task<IReadOnlyList<PostingRow>> PostingsAsync(PlanKey plan, CancellationToken cancellation) =>
        OfPlanAsync<PostingRow>(Catalog.Postings.Select, "sequence, line", plan, cancellation);

    public Task<IReadOnlyList<BalanceRow>> BalancesAsync(int session, CancellationToken cancellation) => ReadAsync(
        read => read.ListAsync<BalanceRow>($"{Catalog.Balances.Select} where session = @session order by asset, venue", new { session }), cancellation);

    public Task<Figures> FiguresAsync(string startAsset, long since, CancellationToken cancellation) =>
        ReadAsync(read => FigureReading.ReadAsync(read, startAsset, since), cancellation);

    public Task<IReadOnlyList<EquityPoint>> EquityAsync(string startAsset, long since, CancellationToken cancellation) => ReadAsync(
        read => read.ListAsync<EquityPoint>(
            "select closed_time as time, session, plan, realised from plans where start_asset = @startAsset and closed_time >= @since and first_plan is null order by closed_time, sequence",
            new { startAsset, since }),
        cancellation);

    public Task<IReadOnlyList<MinuteCount>> ActivityAsync(long since, CancellationToken cancellation) => ReadAsync(
        read => read.ListAsync<MinuteCount>(
            $"{Catalog.Activity.Select} where minute >= @since order by minute", new { since = Tallies.MinuteOf(Math.Max(0, since)) }),
        cancellation);

    public Task<IReadOnlyList<RefusalRow>> RefusalsAsync(long since, int limit, CancellationToken cancellation) => ReadAsync(
        read => read.ListAsync<RefusalRow>(
            """
            select r.sequence, r.session, r.opportunity, o.cycle, r.reason, r.value, r.threshold, coalesce(f.input, r.input) as input, r.profit, r.time,
                f.time as followed_time, f.after50, f.after250, f.after1000, r.start_asset
            from refusals r
            join opportunities o on o.session = r.session and o.number = r.opportunity
            left join follow_ups f on f.session = r.session and f.opportunity = r.opportunity and f.reason = r.reason
            where r.opened_time >= @since and o.plan is null order by r.sequence desc limit @limit
            """,
            new { since, limit }),
        cancellation);

    public Task<IReadOnlyList<AuditRow>> AuditAsync(Page page, CancellationToken cancellation) =>
        PageAsync<AuditRow>(Catalog.Audit.Select, null, page, cancellation);

    private Task<IReadOnlyList<TRow>> PageAsync<TRow>(string select, string? condition, Page page, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Limit, 1, nameof(page));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Limit, 1_000, nameof(page));
        string?[] conditions = [condition, page.Before is null ? null : "sequence < @Before", page.Session is null ? null : "session = @Session"];
        var where = string.Join(" and ", conditions.Where(one => one is not null));
        var sql = $"{select}{(where.Length == 0 ? "" : " where " + where)} order by sequence desc limit @Limit";
        return ReadAsync(read => read.ListAsync<TRow>(sql, new { page.Limit, page.Before, page.Session }), cancellation);
    }

    private Task<IReadOnlyList<TRow>> OfPlanAsync<TRow>(string select, string order, PlanKey plan, CancellationToken cancellation) => ReadAsync(
        read => read.ListAsync<TRow>(
            $"""
            {select} where (session, plan) in (
                select session, plan from plans where (session = @Session and plan = @Plan) or (first_session = @Session and first_plan = @Plan))
            order by {order}
            """,
            new { plan.Session, plan.Plan }),
        cancellation);

    /// <exception cref="DbException">The database is not there, or not now.</exception>
    private async Task<T> ReadAsync<T>(Func<StoreReading, Task<T>> read, CancellationToken cancellation)
    {
        using var connection = store.Database.ConnectToRead();
        using var transaction = store.Database.BeginReading(connection);
        return await read(new StoreReading(connection, transaction, cancellation));
    }
}

/// <summary>Statements that see the same moment.</summary>
internal sealed class StoreReading(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
{
    public async Task<IReadOnlyList<TRow>> ListAsync<TRow>(string sql, object parameters) => (await connection.QueryAsync<TRow>(Command(sql, parameters))).AsList();

    public Task<TRow?> FirstOrDefaultAsync<TRow>(string sql, object parameters) => connection.QueryFirstOrDefaultAsync<TRow>(Command(sql, parameters));

    private CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: cancellation);
}
