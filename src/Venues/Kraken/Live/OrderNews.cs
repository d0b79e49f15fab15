using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Venues.Kraken.Live;

/// <summary>What the engine is told of an order, each fact once: its acceptance, its fills by the venue's trade ids, its end.</summary>
/// <remarks>The end is told only when the fills add up to what the venue says was filled; until then the outcome is unknown.</remarks>
internal sealed class OrderNews(IReadOnlyList<Instrument> instruments, KrakenOrderOptions options, TrackedOrders orders, IRecordSink sink)
{
    private readonly PayloadWriter _payload = new();

    /// <summary>Facts that were told before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Fills that our numbers cannot hold.</summary>
    public long Unreadable { get; private set; }

    /// <summary>What of the last fill our numbers could not hold; <see langword="null"/> while all could be.</summary>
    public string? Trouble { get; private set; }

    public void Accept(OrderTicket ticket, long time, long now)
    {
        if (ticket.Progress is { IsAccepted: false, IsFinal: false })
        {
            ticket.Progress.IsAccepted = true;
            Await(ticket, now);
            Tell(Event(ticket, OrderEventType.Accepted), time, now);
        }
    }

    public void Fill(OrderTicket ticket, ulong trade, decimal price, decimal quantity, decimal fee, string feeAsset, long time, long now)
    {
        var instrument = Instrument(ticket);
        if (!instrument.TryTicks(price, out var ticks) || !instrument.TryLots(quantity, out var lots) || lots <= 0)
        {
            // A fact that our numbers cannot hold: nothing may be guessed, so the plan stays exposed until a person looked.
            Unreadable++;
            Trouble ??= $"order {ticket.Request.Id} traded {quantity} at {price}, which is off the grid of {instrument.Symbol}";
            Doubt(ticket, Trouble, now);
            return;
        }

        var charged = Asset.IsCode(feeAsset) ? new Asset(Symbols.CommonCode(feeAsset)) : instrument.Quote;
        if (!ticket.Progress.TryAddTrade(trade, fee, out var isCorrected))
        {
            Repeated++;
            if (isCorrected)
            {
                sink.Append(FeeCorrection.Header(time, now), new FeeCorrection(ticket.Request.Id, trade, charged, fee).Write(_payload));
            }

            return;
        }

        var filled = Event(ticket, OrderEventType.Filled) with
        {
            Fill = new Level(ticks, lots),
            Fee = fee,
            FeeAsset = charged,
            TradeId = trade,
        };
        try
        {
            Tell(filled, time, now);
        }
        catch
        {
            // Only what was told is known to be: a fill that went astray would be missing for good.
            ticket.Progress.ForgetTrade(trade);
            throw;
        }

        ticket.Progress.FilledLots += lots;
        Await(ticket, now);
        if (ticket.Progress.FilledLots >= ticket.Request.QuantityLots)
        {
            orders.Finish(ticket);
        }
    }

    /// <summary>The venue says that the order will trade no more.</summary>
    /// <param name="quantity">What it says was filled over all; <see langword="null"/> when it does not say.</param>
    public void Close(OrderTicket ticket, decimal? quantity, string reason, long time, long now)
    {
        if (ticket.Progress.IsFinal)
        {
            return;
        }

        if (quantity > Instrument(ticket).Quantity(ticket.Progress.FilledLots))
        {
            Doubt(ticket, "a fill was missed", now);
            return;
        }

        Tell(Event(ticket, OrderEventType.Canceled) with { Reason = reason }, time, now);
        orders.Finish(ticket);
    }

    public void Reject(OrderTicket ticket, string reason, long time, long now)
    {
        if (!ticket.Progress.IsFinal)
        {
            Tell(Event(ticket, OrderEventType.Rejected) with { Reason = reason }, time, now);
            orders.Finish(ticket);
        }
    }

    /// <summary>Nothing more will be heard: the order was certainly not sent, or it is unknown.</summary>
    public void Settle(OrderTicket ticket, string reason, long now)
    {
        if (ticket.Stage == TicketStage.HeldBack)
        {
            HoldBack(ticket, now);
        }
        else if (ticket.TryWithdraw() || ticket.Stage == TicketStage.NotSent)
        {
            Reject(ticket, reason, now, now);
        }
        else
        {
            Doubt(ticket, "no answer", now);
        }
    }

    public void Doubt(OrderTicket ticket, string reason, long now)
    {
        if (ticket.Progress is { IsFinal: false, IsUnknown: false })
        {
            ticket.Progress.IsUnknown = true;
            ticket.Progress.NewsBy = long.MaxValue;
            Tell(Event(ticket, OrderEventType.OutcomeUnknown) with { Reason = reason }, now, now);
        }
    }

    /// <summary>The venue, asked by our id, knows no such order.</summary>
    public void Miss(OrderTicket ticket, long now) => Tell(Event(ticket, OrderEventType.NotFound), now, now);

    /// <summary>An order was asked for that this session does not follow.</summary>
    /// <param name="type"><see cref="OrderEventType.NotFound"/> or <see cref="OrderEventType.OutcomeUnknown"/>.</param>
    public void Disown(ClientOrderId id, OrderEventType type, string reason, long now) =>
        Tell(new OrderEvent { Id = id, Type = type, Reason = reason }, now, now);

    /// <summary>A trade of an order of ours that this session does not follow; it may have been told in an earlier one.</summary>
    public void Recall(ClientOrderId id, ushort number, Side side, in Level fill, decimal fee, Asset feeAsset, ulong trade, long time, long now) => Tell(
        new OrderEvent
        {
            Id = id,
            Type = OrderEventType.Filled,
            Instrument = number,
            Side = side,
            Fill = fill,
            Fee = fee,
            FeeAsset = feeAsset,
            TradeId = trade,
            Reason = "",
        },
        time,
        now);

    /// <summary>News came: an immediate order has to end soon, a resting one may take its time.</summary>
    public void Await(OrderTicket ticket, long now)
    {
        ticket.Progress.IsUnknown = false;
        ticket.Progress.NewsBy = ticket.Request.TimeInForce == TimeInForce.GoodTilCanceled
            ? long.MaxValue
            : now + options.DeadlineNanos + options.AnswerNanos;
    }

    public Instrument Instrument(OrderTicket ticket) => instruments[ticket.Request.Instrument];

    /// <summary>A kill came before its bytes left.</summary>
    private void HoldBack(OrderTicket ticket, long now)
    {
        if (!ticket.Progress.IsFinal)
        {
            Tell(Event(ticket, OrderEventType.NotSent) with { Reason = "killed" }, now, now);
            orders.Finish(ticket);
        }
    }

    private static OrderEvent Event(OrderTicket ticket, OrderEventType type) => new()
    {
        Id = ticket.Request.Id,
        Type = type,
        Instrument = ticket.Request.Instrument,
        Side = ticket.Request.Side,
        Reason = "",
    };

    private void Tell(in OrderEvent told, long time, long now) => sink.Append(told.Header(time, now), told.Write(_payload));
}
