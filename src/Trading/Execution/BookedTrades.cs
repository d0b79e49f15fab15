using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Ledger;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>The trades of ours that a venue may still restate, and what the plans behind them came to.</summary>
/// <remarks>
/// A reading of postings and plan ends alone, so that engine and fold of the journal always agree. Bounded: a day, and so many trades that a
/// venue's history of them is read with few questions.
/// </remarks>
internal sealed class BookedTrades
{
    public const int Most = 256;
    public const long KeptNanos = 24 * 3_600 * UtcNanos.PerSecond;

    private readonly Dictionary<(ClientOrderId, ulong), BookedTrade> _trades = [];
    private readonly Queue<(ClientOrderId Order, ulong TradeId)> _byAge = [];
    private readonly SortedDictionary<(int Session, int Number), Opening.EndedPlan> _ended = [];

    /// <summary>Every trade that was booked later than this is kept. UTC nanoseconds; zero before the first record.</summary>
    public long CompleteSince { get; private set; }

    /// <summary>Oldest first.</summary>
    public IEnumerable<BookedTrade> All => _byAge.Where(name => _trades.ContainsKey(name)).Select(name => _trades[name]);

    public IEnumerable<Opening.EndedPlan> Ended => _ended.Values.Where(HasTrades);

    /// <summary>Nothing before this moment is known of.</summary>
    public void BeginAt(long time) => CompleteSince = CompleteSince == 0 ? time : CompleteSince;

    /// <summary>Takes over what an earlier session kept.</summary>
    /// <param name="plans">The numbers in this session of plans that go on: their trades are trades of those.</param>
    public void Adopt(IEnumerable<Opening> items, IReadOnlyDictionary<(int Session, int Number), int> plans, int session)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case Opening.Trade { Entry: var trade }:
                    Add(plans.TryGetValue((trade.Session, trade.Plan), out var number) ? trade with { Session = session, Plan = number } : trade);
                    break;
                case Opening.EndedPlan plan:
                    _ended[(plan.Session, plan.Number)] = plan;
                    break;
                case Opening.HistoryKept kept:
                    CompleteSince = kept.SinceTime;
                    break;
            }
        }
    }

    private void Add(BookedTrade trade)
    {
        if (_trades.TryAdd((trade.Order, trade.TradeId), trade))
        {
            _byAge.Enqueue((trade.Order, trade.TradeId));
        }
    }

    /// <param name="order">Zero where only the trade's number is known.</param>
    public bool TryFind(ClientOrderId order, ulong trade, out BookedTrade booked)
    {
        if (order.Value != 0)
        {
            return _trades.TryGetValue((order, trade), out booked!);
        }

        booked = _trades.Values.FirstOrDefault(one => one.TradeId == trade)!;
        return booked is not null;
    }

    /// <summary>The end of the plan behind a trade; <see langword="null"/> while it runs, and where there is none.</summary>
    public Opening.EndedPlan? PlanOf(BookedTrade trade) => _ended.GetValueOrDefault((trade.Session, trade.Plan));

    /// <summary>Takes what was posted: a fill, or what became of one.</summary>
    public void Take(in Posted posted, int session, long time)
    {
        if (BookedTrade.Of(posted, session, time) is { } fill)
        {
            Add(fill);
            Forget(time - KeptNanos);
            return;
        }

        if (!_trades.TryGetValue((posted.Order, posted.TradeId), out var trade))
        {
            return;
        }

        if (posted.Reason == PostingReason.TradeReversal)
        {
            _trades.Remove((posted.Order, posted.TradeId));
        }
        else
        {
            _trades[(posted.Order, posted.TradeId)] = trade.After(posted);
        }

        if (PlanOf(trade) is { } plan)
        {
            var account = new PlanAccount();
            account.Add(posted.Lines.Span);
            _ended[(plan.Session, plan.Number)] = plan with { Realised = plan.Realised + account.Net(plan.StartAsset) };
        }
    }

    /// <summary>A plan has ended.</summary>
    public void End(Opening.EndedPlan plan)
    {
        if (HasTrades(plan))
        {
            _ended[(plan.Session, plan.Number)] = plan;
        }
    }

    /// <summary>What a reversal leaves outside the start asset of a plan that has ended: more of what was spent, less of what was received.</summary>
    public static IEnumerable<(Holding Holding, decimal Amount)> LeftBehind(in Posted reversal, Asset startAsset)
    {
        var account = new PlanAccount();
        account.Add(reversal.Lines.Span);
        return [.. account.Changes.ToArray().Where(change => change.Holding.Asset != startAsset && !change.Net.IsZero).Select(change => (change.Holding, change.Net.Value))];
    }

    private bool HasTrades(Opening.EndedPlan plan) => _trades.Values.Any(trade => (trade.Session, trade.Plan) == (plan.Session, plan.Number));

    private void Forget(long before)
    {
        while (_byAge.TryPeek(out var oldest) && (_byAge.Count > Most || !_trades.TryGetValue(oldest, out var trade) || trade.Time < before))
        {
            _byAge.Dequeue();
            if (_trades.Remove(oldest, out trade))
            {
                CompleteSince = Math.Max(CompleteSince, trade.Time);
                if (PlanOf(trade) is { } plan && !HasTrades(plan))
                {
                    _ended.Remove((plan.Session, plan.Number));
                }
            }
        }
    }
}
