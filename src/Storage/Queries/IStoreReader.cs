namespace Parallax.Storage.Queries;

/// <summary>What people ask the store. Every answer is the journal's, as far as <see cref="PositionAsync"/> says it was projected.</summary>
/// <remarks>Newest first unless said otherwise. Times are UTC nanoseconds, amounts exact. Callable from any thread.</remarks>
public interface IStoreReader
{
    Task<StorePosition> PositionAsync(CancellationToken cancellation);

    Task<IReadOnlyList<OpportunityRow>> OpportunitiesAsync(Page page, CancellationToken cancellation);

    /// <summary>Plans, each with those that bring home what it left: these have no place of their own here.</summary>
    Task<IReadOnlyList<PlanRow>> PlansAsync(Page page, bool openOnly, CancellationToken cancellation);

    /// <returns>Null when there is no such plan.</returns>
    Task<PlanRow?> PlanAsync(PlanKey plan, CancellationToken cancellation);

    /// <summary>Oldest first, those of plans that bring home what it left included; so too of fills and postings.</summary>
    Task<IReadOnlyList<OrderRow>> OrdersAsync(PlanKey plan, CancellationToken cancellation);

    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<FillRow>> FillsAsync(PlanKey plan, CancellationToken cancellation);

    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<PostingRow>> PostingsAsync(PlanKey plan, CancellationToken cancellation);

    /// <summary>Of one session, from its postings, by asset; assets that came to zero included.</summary>
    Task<IReadOnlyList<BalanceRow>> BalancesAsync(int session, CancellationToken cancellation);

    /// <summary>The six figures and the funnel over everything that happened since a moment.</summary>
    /// <param name="startAsset">Plans that started from this asset: amounts of two assets are never added.</param>
    Task<Figures> FiguresAsync(string startAsset, long since, CancellationToken cancellation);

    /// <summary>Realised profit by closed plan, oldest first: the equity curve.</summary>
    Task<IReadOnlyList<EquityPoint>> EquityAsync(string startAsset, long since, CancellationToken cancellation);

    /// <summary>Opportunities, refused ones and plans by minute, oldest first; minutes with nothing are absent.</summary>
    Task<IReadOnlyList<MinuteCount>> ActivityAsync(long since, CancellationToken cancellation);

    /// <summary>The newest refusals of opportunities that were opened since a moment and became no plan, with what their plans would have made.</summary>
    Task<IReadOnlyList<RefusalRow>> RefusalsAsync(long since, int limit, CancellationToken cancellation);

    Task<IReadOnlyList<AuditRow>> AuditAsync(Page page, CancellationToken cancellation);
}

/// <param name="Limit">1 to 1,000 rows.</param>
/// <param name="Before">Only rows whose journal sequence is lower; null from the newest.</param>
/// <param name="Session">Only this session; null for all.</param>
public readonly record struct Page(int Limit, long? Before = null, int? Session = null);

/// <summary>Plans count from 1 in each session. Text form: <c>3-17</c>.</summary>
public readonly record struct PlanKey(int Session, int Plan)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Session}-{Plan}");

    public static bool TryParse(string text, out PlanKey key)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var digits = System.Globalization.NumberStyles.None;
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        key = default;
        if (dash <= 0 || !int.TryParse(text.AsSpan(0, dash), digits, culture, out var session) || !int.TryParse(text.AsSpan(dash + 1), digits, culture, out var plan))
        {
            return false;
        }

        key = new PlanKey(session, plan);
        return true;
    }
}

/// <summary>How far the journal was projected.</summary>
/// <param name="Sequence">Of the last projected journal record; zero before the first.</param>
/// <param name="Time">Of that record; zero before the first.</param>
public sealed record StorePosition(long Sequence, long Time, int Session);
