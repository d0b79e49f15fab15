using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Reconciliation;

/// <summary>Lays a venue's history of our own trades beside the books: fees that were corrected, and trades that are gone.</summary>
/// <remarks>
/// Once in a while a survey reaches back over every trade that is kept, and at once where a balance differs or a trade is missing. A trade is
/// taken for reversed only after several complete histories over some time have not held it. Engine thread only.
/// </remarks>
internal sealed class TradeAudit(PlanExecutor executor, DecisionWriter journal, ExecutionSettings settings)
{
    private const int AnswersMin = 3;
    private const long GoneNanos = 120 * UtcNanos.PerSecond;

    /// <summary>Ours and the venue's clock, and a history that lags.</summary>
    private const long MarginNanos = SessionFold.OverlapNanos;

    private readonly Dictionary<(ClientOrderId Order, ulong TradeId), (int Answers, long FirstTime)> _missing = [];
    private readonly HashSet<(VenueId Venue, ClientOrderId Order, ulong TradeId)> _listed = [];
    private readonly Dictionary<VenueId, long> _since = [];
    private long _nextTime;

    /// <summary>Since when the next survey is to tell.</summary>
    /// <param name="ordinary">What is needed anyway. UTC nanoseconds, as the result.</param>
    /// <param name="hasDrift">A balance differs: what was traded may have been restated.</param>
    public long Since(long ordinary, bool hasDrift)
    {
        if (settings.HistoryEveryNanos == 0 || (journal.Now < _nextTime && _missing.Count == 0 && !hasDrift))
        {
            return ordinary;
        }

        // Not further back than every trade is known: an older one would be booked once more.
        _nextTime = journal.Now + settings.HistoryEveryNanos;
        return Math.Min(ordinary, executor.Trades.CompleteSince + MarginNanos);
    }

    public void Begin(Statement.Begun begun)
    {
        _listed.RemoveWhere(trade => trade.Venue == begun.Venue);
        _since.Remove(begun.Venue);
        if (begun.ListsTrades)
        {
            _since[begun.Venue] = begun.SinceTime;
        }
    }

    public void Take(Statement.OwnTrade told, Record record)
    {
        _listed.Add((told.Venue, told.Order, told.TradeId));
        if (executor.Trades.TryFind(told.Order, told.TradeId, out var booked) && !booked.IsCharged(told.FeeAsset, told.Fee))
        {
            journal.Copy(record);
            executor.Correct(new FeeCorrection(told.Order, told.TradeId, told.FeeAsset, told.Fee));
        }
    }

    /// <summary>A complete answer has ended.</summary>
    /// <param name="asOfTime">When the venue looked.</param>
    public void End(VenueId venue, long asOfTime)
    {
        if (!_since.Remove(venue, out var since))
        {
            return;
        }

        foreach (var trade in executor.Trades.All.ToArray())
        {
            var name = (trade.Order, trade.TradeId);
            if (trade.Venue != venue || trade.Time <= since + MarginNanos || trade.Time >= asOfTime - MarginNanos)
            {
                continue;
            }

            if (_listed.Contains((venue, trade.Order, trade.TradeId)))
            {
                _missing.Remove(name);
                continue;
            }

            var (answers, firstTime) = _missing.GetValueOrDefault(name, (0, journal.Now));
            _missing[name] = (answers + 1, firstTime);
            if (answers + 1 >= AnswersMin && journal.Now - firstTime >= GoneNanos)
            {
                executor.Reverse(new TradeReversal(trade.Order, trade.TradeId, "the venue's history of trades holds it no more"));
            }
        }

        foreach (var gone in _missing.Keys.Where(trade => !executor.Trades.TryFind(trade.Order, trade.TradeId, out _)).ToArray())
        {
            _missing.Remove(gone);
        }
    }
}
