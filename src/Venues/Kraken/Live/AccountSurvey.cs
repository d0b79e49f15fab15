using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What REST says of the whole account.</summary>
/// <param name="Items">Balances, open orders, trades, transfers; in the order of the questions.</param>
/// <param name="Own">Orders of ours that traded, each with its trades since then.</param>
/// <param name="Trouble">Why the answer is not whole; <see langword="null"/> when it is.</param>
internal sealed record SurveyAnswer(IReadOnlyList<Statement> Items, IReadOnlyList<OrderReport> Own, string? Trouble);

/// <summary>Asks REST for the account: balances, open orders, what was traded, what was deposited and withdrawn.</summary>
/// <remarks>
/// Balances are asked for first and last: only when nothing moved meanwhile do trades and balances belong together. An order is ours when
/// it carries an id of ours (<see cref="OrderIds"/>); every other is somebody's who trades by hand or with another program.
/// </remarks>
/// <param name="history">Of the moment that the survey is asked since; keeps what it read when the survey fails.</param>
internal sealed class AccountSurvey(KrakenRest rest, MarketNamesReader markets, IReadOnlyList<Instrument> instruments, AccountHistory history)
{
    private const int Attempts = 3;
    private static readonly VenueId Venue = KrakenInstruments.Venue;

    /// <summary>What the venue is asked since, UTC seconds.</summary>
    /// <param name="sinceTime">Trades and transfers later than this are wanted. Venue's clock, UTC nanoseconds.</param>
    /// <remarks>A second more: whether the venue takes its bound in is not documented, and what is told twice does no harm.</remarks>
    public static long Since(long sinceTime) => Math.Max(0, (sinceTime / UtcNanos.PerSecond) - 1);

    public async Task<SurveyAnswer> AskAsync(CancellationToken cancellation)
    {
        try
        {
            var names = await NamesAsync(cancellation);
            var before = Answered(await rest.BalancesAsync(cancellation), "BalanceEx");
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var (items, own) = await OrdersAndTradesAsync(names, cancellation);
                items.AddRange(await TransfersAsync(names, history.Since, cancellation));
                var after = Answered(await rest.BalancesAsync(cancellation), "BalanceEx");
                if (before.Count == after.Count && before.All(row => after.TryGetValue(row.Key, out var now) && now == row.Value))
                {
                    return new SurveyAnswer([.. Balances(names, after), .. items], own, null);
                }

                before = after;
            }

            return new SurveyAnswer([], [], "the account moved while it was read");
        }
        catch (VenueUnavailableException wrong)
        {
            return new SurveyAnswer([], [], wrong.Message);
        }
    }

    private async Task<(List<Statement> Items, List<OrderReport> Own)> OrdersAndTradesAsync(MarketNames names, CancellationToken cancellation)
    {
        var open = Answered(await rest.OpenOrdersAsync(clientOrderId: null, cancellation), "OpenOrders");
        var (closed, trades) = await history.ReadAsync(cancellation);
        var orders = open.Concat(closed).DistinctBy(order => order.OrderId, StringComparer.Ordinal).ToDictionary(order => order.OrderId, StringComparer.Ordinal);
        var items = open.Select(order => (Statement)OpenOrder(names, order)).ToList();
        var own = new List<OrderReport>();
        foreach (var of in trades.GroupBy(trade => trade.OrderId, StringComparer.Ordinal))
        {
            if (!orders.TryGetValue(of.Key, out var order))
            {
                throw new VenueUnavailableException($"Trades are of order {of.Key}, which is in no list.");
            }

            if (OrderIds.TryParse(order.ClientOrderId, out var id))
            {
                own.Add(new OrderReport(id, order, [.. of], null) { Instrument = names.Number(order.Pair) });
                items.AddRange(of.Select(trade => OwnTrade(names, id, order, trade)));
            }
            else
            {
                items.AddRange(of.Select(trade => ForeignTrade(names, order, trade)));
            }
        }

        return (items, own);
    }

    /// <remarks>A key that may not read the ledger leaves deposits and withdrawals unexplained, which the balances will show.</remarks>
    private async Task<List<Statement>> TransfersAsync(MarketNames names, long since, CancellationToken cancellation)
    {
        var found = new List<Statement>();
        foreach (var type in (string[])["deposit", "withdrawal"])
        {
            var first = await rest.LedgersAsync(type, since, 0, cancellation);
            if (first.Errors.Any(error => ErrorCodes.Classify(error) == ErrorClass.Fatal))
            {
                break;
            }

            var entries = new HistoryList<LedgerEntry>(
                "Ledgers", skip => skip == 0 ? Task.FromResult(first) : rest.LedgersAsync(type, since, skip, cancellation), entry => entry.LedgerId);
            await entries.ReadAsync(_ => { });
            found.AddRange(entries.Rows
                .Where(entry => names.Spendable(entry.Asset) is not null)
                .Select(entry => new Statement.Transfer(Venue, entry.LedgerId, names.Spendable(entry.Asset)!.Value, entry.Amount - entry.Fee)));
        }

        return found;
    }

    private static IEnumerable<Statement> Balances(MarketNames names, IReadOnlyDictionary<string, ExtendedBalance> rows) => rows
        .Where(row => row.Value.Balance != 0m && names.Spendable(row.Key) is not null)
        .Select(row => new Statement.Balance(Venue, names.Spendable(row.Key)!.Value, row.Value.Balance, row.Value.HeldByOrders))
        .OrderBy(balance => balance.Asset);

    private Statement.OpenOrder OpenOrder(MarketNames names, OrderInfo order)
    {
        var id = OrderIds.TryParse(order.ClientOrderId, out var own) ? own : default;
        var side = order.Type == "buy" ? Side.Buy : Side.Sell;
        if (names.Number(order.Pair) is not { } number || !instruments[number].TryLots(order.Quantity - order.ExecutedQuantity, out var lots))
        {
            return new Statement.OpenOrder(Venue, id, order.OrderId, Statement.NoInstrument, side, 0, 0);
        }

        var ticks = order.LimitPrice is { } limit && instruments[number].TryTicks(limit, out var found) ? found : 0;
        return new Statement.OpenOrder(Venue, id, order.OrderId, number, side, lots, ticks);
    }

    private static Statement.OwnTrade OwnTrade(MarketNames names, ClientOrderId id, OrderInfo order, TradeInfo trade) => new(
        Venue, id, OrderIds.TradeNumber(trade.TradeId), FeeAsset(AssetsOf(names, trade), order, trade), trade.Fee);

    private static Statement.ForeignTrade ForeignTrade(MarketNames names, OrderInfo order, TradeInfo trade)
    {
        var (@base, quote) = AssetsOf(names, trade);
        var sign = trade.Type == "buy" ? 1 : -1;
        return new Statement.ForeignTrade(
            Venue, trade.TradeId, @base, sign * trade.Quantity, quote, -sign * trade.Cost, FeeAsset((@base, quote), order, trade), trade.Fee);
    }

    private static (Asset Base, Asset Quote) AssetsOf(MarketNames names, TradeInfo trade) =>
        names.Assets(trade.Pair) ?? throw new VenueUnavailableException($"Trade {trade.TradeId} is of {trade.Pair}, which is not listed.");

    private static Asset FeeAsset((Asset Base, Asset Quote) pair, OrderInfo order, TradeInfo trade) =>
        trade.Fee == 0m ? default : order.Flags.Contains("fcib", StringComparison.Ordinal) ? pair.Base : pair.Quote;

    private async Task<MarketNames> NamesAsync(CancellationToken cancellation)
    {
        var (names, trouble) = await markets.ReadAsync(cancellation);
        return names ?? throw new VenueUnavailableException(trouble);
    }

    private static T Answered<T>(RestAnswer<T> answer, string method)
        where T : class =>
        answer.Result ?? throw new VenueUnavailableException($"{method}: {answer.Trouble}");
}
