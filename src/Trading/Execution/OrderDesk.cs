using Parallax.Domain;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Execution;

/// <summary>Sends a plan's orders, and asks for those of which nothing is heard. Knows which plan every order belongs to.</summary>
/// <remarks>An order is sent once. From then on one deadline is set for it, whatever the gateway does: no plan hangs on a venue that is silent.</remarks>
internal sealed class OrderDesk(IOrderGateway gateway, DecisionWriter journal, Deadlines deadlines, int session, RiskBook risk)
{
    private readonly Dictionary<ClientOrderId, Plan> _planOf = [];

    /// <summary>Nothing is sent while this holds, whoever asks for it.</summary>
    public bool IsStopped { get; set; }

    public bool TryOwner(ClientOrderId id, out Plan plan) => _planOf.TryGetValue(id, out plan!);

    /// <summary>Intent before action: the record is in the journal before the gateway sees the order.</summary>
    /// <exception cref="InvalidOperationException">Sending was stopped: a fault of the caller, who has to look first.</exception>
    public void Send(Plan plan, int node, OrderPurpose purpose, in SizedOrder order, decimal spendMax)
    {
        var id = ClientOrderId.Of(session, plan.Number, ++plan.Attempts);
        var life = new OrderLife(id, order.QuantityLots);
        var sent = new PlanOrder(id, node, purpose, order.Instrument, order.Side, order.LimitTicks, life);
        plan.Began(sent);
        _planOf.Add(id, plan);
        journal.Write(
            new OrderIntent(id, plan.Number, (byte)node, purpose, order.Side, order.QuantityLots, order.LimitTicks, TimeInForce.ImmediateOrCancel),
            order.Instrument);
        life.Submit();
        WaitUntil(plan, sent, journal.Now + plan.Terms.OrderDeadlineNanos);
        if (IsStopped)
        {
            throw new InvalidOperationException($"Order {id} was to be sent after sending was stopped.");
        }

        risk.OnOrderSent(id, order.Instrument);
        gateway.Submit(new OrderRequest(
            id, order.Instrument, order.Side, order.LimitTicks, order.QuantityLots, TimeInForce.ImmediateOrCancel, spendMax, journal.Now));
    }

    /// <summary>Takes over an order that an earlier session sent, and asks for it at once when its end is not known.</summary>
    public void Adopt(Plan plan, PlanOrder order)
    {
        _planOf.Add(order.Id, plan);
        if (order.Life.IsFinal)
        {
            plan.Remember(order.Life);
            return;
        }

        plan.Began(order);
        order.HasQueryDue = true;
        WaitUntil(plan, order, journal.Now);
    }

    /// <summary>One query at a time, however often the outcome is reported unknown.</summary>
    public void AskLater(Plan plan, PlanOrder order)
    {
        if (!order.HasQueryDue)
        {
            order.HasQueryDue = true;
            WaitUntil(plan, order, journal.Now + plan.Terms.QueryPauseNanos);
        }
    }

    /// <summary>The order has ended, or counts as never placed: nothing is waited for any more.</summary>
    public void Ended(PlanOrder order)
    {
        if (order.Due is { } due)
        {
            deadlines.Clear(due);
            order.Due = null;
        }
    }

    /// <summary>The moment to ask has come, or nothing was heard in time, which makes the outcome unknown.</summary>
    public void OnDeadline(in Deadline due)
    {
        var id = new ClientOrderId(due.Token);
        if (!_planOf.TryGetValue(id, out var plan) || plan.OrderOut(id) is not { } order || order.Due != due)
        {
            return;
        }

        order.Due = null;
        if (!order.HasQueryDue)
        {
            order.Life.Apply(new OrderEvent { Id = id, Type = OrderEventType.OutcomeUnknown, Reason = "" });
            journal.Write(new OrderUnknown(id, plan.Number, order.Queries));
        }

        order.HasQueryDue = false;
        order.Queries++;
        WaitUntil(plan, order, journal.Now + plan.Terms.OrderDeadlineNanos);
        gateway.Query(id, journal.Now);
    }

    private void WaitUntil(Plan plan, PlanOrder order, long time)
    {
        if (order.Due is { } before)
        {
            deadlines.Clear(before);
        }

        order.Due = deadlines.Set(time, plan.Number, order.Id.Value);
    }
}
