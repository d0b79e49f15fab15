using Parallax.Storage.Queries;

namespace Parallax.Dashboard.Tests;

/// <summary>A store that has not heard of its newest opportunity yet, until it is told.</summary>
internal sealed class LateStore(IStoreReader inner) : IStoreReader
{
    private volatile bool _isLate = true;

    public void CatchUp() => _isLate = false;

    public async Task<StorePosition> PositionAsync(CancellationToken cancellation) =>
        await inner.PositionAsync(cancellation) is var position && _isLate ? position with { Sequence = position.Sequence - 1 } : position;

    public async Task<IReadOnlyList<OpportunityRow>> OpportunitiesAsync(Page page, CancellationToken cancellation) =>
        _isLate ? [.. (await inner.OpportunitiesAsync(page with { Limit = page.Limit + 1 }, cancellation)).Skip(1)] : await inner.OpportunitiesAsync(page, cancellation);

    public Task<IReadOnlyList<PlanRow>> PlansAsync(Page page, bool openOnly, CancellationToken cancellation) => inner.PlansAsync(page, openOnly, cancellation);

    public Task<PlanRow?> PlanAsync(PlanKey plan, CancellationToken cancellation) => inner.PlanAsync(plan, cancellation);

    public Task<IReadOnlyList<OrderRow>> OrdersAsync(PlanKey plan, CancellationToken cancellation) => inner.OrdersAsync(plan, cancellation);

    public Task<IReadOnlyList<FillRow>> FillsAsync(PlanKey plan, CancellationToken cancellation) => inner.FillsAsync(plan, cancellation);

    public Task<IReadOnlyList<PostingRow>> PostingsAsync(PlanKey plan, CancellationToken cancellation) => inner.PostingsAsync(plan, cancellation);

    public Task<IReadOnlyList<BalanceRow>> BalancesAsync(int session, CancellationToken cancellation) => inner.BalancesAsync(session, cancellation);

    public Task<Figures> FiguresAsync(string startAsset, long since, CancellationToken cancellation) => inner.FiguresAsync(startAsset, since, cancellation);

    public Task<IReadOnlyList<EquityPoint>> EquityAsync(string startAsset, long since, CancellationToken cancellation) => inner.EquityAsync(startAsset, since, cancellation);

    public Task<IReadOnlyList<MinuteCount>> ActivityAsync(long since, CancellationToken cancellation) => inner.ActivityAsync(since, cancellation);

    public Task<IReadOnlyList<RefusalRow>> RefusalsAsync(long since, int limit, CancellationToken cancellation) => inner.RefusalsAsync(since, limit, cancellation);

    public Task<IReadOnlyList<AuditRow>> AuditAsync(Page page, CancellationToken cancellation) => inner.AuditAsync(page, cancellation);
}
