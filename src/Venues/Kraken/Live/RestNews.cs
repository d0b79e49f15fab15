using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Reads what REST says of orders: answers to placements, to questions, and what a survey found.</summary>
internal sealed class RestNews(IReadOnlyList<Instrument> instruments, KrakenOrderOptions options, TrackedOrders orders, OrderNews news)
{
    private long? _firstAsked;

    /// <summary>Takes the answer to the engine's question about an order, also one of an earlier session.</summary>
    public void Report(OrderReport report, long now)
    {
        _firstAsked ??= now;
        if ((orders.ById(report.Id) ?? Adopt(report, now)) is not { } ticket)
        {
            Disown(report, now);
            return;
        }

        // Whoever asks is to be answered, also with what was said before.
        ticket.Progress.IsUnknown = false;
        if (report.Order is { } order)
        {
            Apply(ticket, order, report.Trades, now);
        }
        else if (report.IsAbsent && now > ticket.Deadline && !ticket.Progress.IsAccepted)
        {
            news.Miss(ticket, now);
        }
        else
        {
            // Before its deadline it may still arrive, and an accepted order that no list has is a list that lags.
            news.Doubt(ticket, report.Trouble ?? "the venue does not list it yet", now);
        }
    }

    /// <summary>Takes what a survey found of an order of ours: its end only where this session follows it.</summary>
    public void Surveyed(OrderReport report, long now)
    {
        if (orders.ById(report.Id) is { } ticket)
        {
            foreach (var trade in report.Trades)
            {
                Fill(ticket, report.Order!, trade, now);
            }
        }
        else if (report.Instrument is { } number)
        {
            foreach (var trade in report.Trades)
            {
                Recall(report, number, trade, now);
            }
        }
    }

    /// <summary>Takes the answer to an order that was sent by REST.</summary>
    /// <returns>Whether it was taken for matching.</returns>
    public bool Placed(OrderTicket ticket, RestAnswer<PlacedOrder> answer, long now)
    {
        ticket.Finish(isSent: !answer.IsTurnedAway);
        if (answer.Result is { } placed)
        {
            orders.Name(ticket, placed.OrderIds is [var name, ..] ? name : null);
            news.Accept(ticket, now, now);
            return true;
        }

        var isOpen = answer.Errors.Count > 0
            ? answer.Errors.Any(error => ErrorCodes.Respond(error, isPlacement: true) == ErrorResponse.OutcomeUnknown)
            : !answer.IsTurnedAway;
        if (isOpen)
        {
            news.Doubt(ticket, answer.Trouble, now);
        }
        else
        {
            news.Reject(ticket, answer.Trouble, now, now);
        }

        return false;
    }

    private void Apply(OrderTicket ticket, OrderInfo order, IReadOnlyList<TradeInfo> trades, long now)
    {
        orders.Name(ticket, order.OrderId);
        news.Accept(ticket, now, now);
        foreach (var trade in trades)
        {
            Fill(ticket, order, trade, now);
        }

        if (order.Status is "closed" or "canceled" or "expired")
        {
            news.Close(ticket, order.ExecutedQuantity, "", now, now);
        }
        else
        {
            news.Await(ticket, now);
        }
    }

    private void Fill(OrderTicket ticket, OrderInfo order, TradeInfo trade, long now) => news.Fill(
        ticket, OrderIds.TradeNumber(trade.TradeId), trade.Price, trade.Quantity, trade.Fee, FeeAsset(news.Instrument(ticket), order).Code, Time(trade), now);

    /// <summary>Begins to follow an order of an earlier session that the venue knows.</summary>
    /// <returns><see langword="null"/> where our numbers cannot hold it.</returns>
    private OrderTicket? Adopt(OrderReport report, long now)
    {
        if (report.Order is not { } order || report.Instrument is not { } number || !instruments[number].TryLots(order.Quantity, out var lots)
            || order.LimitPrice is not { } limit || !instruments[number].TryTicks(limit, out var ticks))
        {
            return null;
        }

        // What is found open may stay so: nothing is waited for. How much the engine wanted is not known, as what was asked for may have
        // been cut (SpendRule): only the venue's word that it is over ends it, never a fill.
        var ticket = new OrderTicket();
        ticket.Begin(new OrderRequest(report.Id, number, SideOf(order.Type), ticks, long.MaxValue, TimeInForce.GoodTilCanceled, 0m, now));
        ticket.Lots = lots;
        ticket.Finish(isSent: true);
        ticket.Progress.NewsBy = long.MaxValue;
        orders.Add(ticket);
        return ticket;
    }

    /// <remarks>What an earlier session sent has passed its deadline when as much time has gone by in this one.</remarks>
    private void Disown(OrderReport report, long now)
    {
        var isLate = now - _firstAsked > options.DeadlineNanos + options.AnswerNanos;
        if (report.IsAbsent && isLate)
        {
            news.Disown(report.Id, OrderEventType.NotFound, "", now);
        }
        else
        {
            var why = report.Trouble ?? (report.IsAbsent ? "the venue does not list it yet" : "the order is none that this session can hold");
            news.Disown(report.Id, OrderEventType.OutcomeUnknown, why, now);
        }
    }

    private void Recall(OrderReport report, ushort number, TradeInfo trade, long now)
    {
        var instrument = instruments[number];
        if (instrument.TryTicks(trade.Price, out var ticks) && instrument.TryLots(trade.Quantity, out var lots))
        {
            news.Recall(
                report.Id, number, SideOf(trade.Type), new Level(ticks, lots), trade.Fee, FeeAsset(instrument, report.Order!), OrderIds.TradeNumber(trade.TradeId), Time(trade), now);
        }
    }

    /// <summary>We ask for the fee in quote; an order that says otherwise has it in base.</summary>
    private static Asset FeeAsset(Instrument instrument, OrderInfo order) =>
        order.Flags.Contains("fcib", StringComparison.Ordinal) ? instrument.Base : instrument.Quote;

    private static Side SideOf(string type) => type == "buy" ? Side.Buy : Side.Sell;

    private static long Time(TradeInfo trade) => (long)(trade.Seconds * UtcNanos.PerSecond);
}
