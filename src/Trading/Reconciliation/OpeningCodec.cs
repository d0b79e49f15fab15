using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Reconciliation;

/// <content>The bytes.</content>
public abstract partial record Opening
{
    // The flags of the record.
    private const byte BalanceType = 1, PlanType = 2, OrderType = 3, ResidualType = 4, KnownType = 5, BookedType = 6, RouteType = 7,
        TradeType = 8, EndedPlanType = 9, HistoryType = 10, PracticeType = 11;

    private const byte NotFilled = byte.MaxValue;

    public RecordHeader Header(long timeNanos) => new() { Kind = RecordKind, Flags = Type, VenueTime = timeNanos, ReceivedTime = timeNanos };

    public ReadOnlySpan<byte> Write(PayloadWriter writer)
    {
        writer.Restart();
        return (this switch
        {
            Balance balance => writer.Holding(balance.Holding).Decimal(balance.Amount),
            RunningPlan plan => Write(writer, plan),
            Order order => Write(writer, order),
            Residual residual => Write(writer, residual),
            Known known => writer.Text(known.Venue.Name).Int64(known.Time),
            Booked booked => writer.Text(booked.Venue.Name).Text(booked.Reference).Int64(booked.Time),
            Route route => Write(writer, route),
            Practice practice => Write(writer, practice.Learned),
            Trade trade => Write(writer, trade.Entry),
            EndedPlan plan => writer.Int32(plan.Session).Int32(plan.Number).Text(plan.StartAsset.Code).Decimal(plan.Realised),
            HistoryKept history => writer.Int64(history.SinceTime),
            _ => throw new ArgumentOutOfRangeException(nameof(writer), GetType().Name, "No such item."),
        }).Written;
    }

    /// <exception cref="MalformedRecordException">The record is nothing that was left open.</exception>
    public static Opening Read(Record record) => Read(record.Header, record.Payload);

    /// <exception cref="MalformedRecordException">The record is nothing that was left open.</exception>
    public static Opening Read(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        return header.Flags switch
        {
            BalanceType => new Balance(reader.Holding(), reader.Decimal()),
            PlanType => ReadPlan(ref reader),
            OrderType => ReadOrder(ref reader),
            ResidualType => ReadResidual(ref reader),
            KnownType => new Known(reader.Venue(), reader.Int64()),
            BookedType => new Booked(reader.Venue(), reader.Text(), reader.Int64()),
            RouteType => ReadRoute(ref reader),
            PracticeType => new Practice(ReadRoute(ref reader)),
            TradeType => ReadTrade(ref reader),
            EndedPlanType => new EndedPlan(reader.Int32(), reader.Int32(), reader.Asset(), reader.Decimal()),
            HistoryType => new HistoryKept(reader.Int64()),
            var other => throw new MalformedRecordException($"Nothing left open has type {other}."),
        };
    }

    private byte Type => this switch
    {
        Balance => BalanceType,
        RunningPlan => PlanType,
        Order => OrderType,
        Residual => ResidualType,
        Known => KnownType,
        Booked => BookedType,
        Trade => TradeType,
        EndedPlan => EndedPlanType,
        HistoryKept => HistoryType,
        Practice => PracticeType,
        _ => RouteType,
    };

    private static PayloadWriter Write(PayloadWriter writer, Route route) =>
        writer.Text(route.Name).Int32(route.Attempts).Int32(route.Fills).Decimal(route.FailureCostBps);

    private static Route ReadRoute(ref PayloadReader reader) => new(reader.Text(), reader.Int32(), reader.Int32(), reader.Decimal());

    private static PayloadWriter Write(PayloadWriter writer, RunningPlan plan)
    {
        var planned = plan.Planned;
        writer.Int32(plan.Session).Int32(plan.Number).Int64(planned.Opportunity).Text(planned.Cycle)
            .Decimal(planned.Input).Decimal(planned.GrossProfit).Decimal(planned.Fees).Decimal(planned.Rounding).Decimal(planned.ExpectedProfit)
            .Int64(plan.OpenedTime).Bool(plan.IsUnwinding).Byte((byte)planned.Legs.Count);
        for (var i = 0; i < planned.Legs.Count; i++)
        {
            var (leg, node) = (planned.Legs[i], plan.Nodes[i]);
            writer.Instrument(leg.Instrument).Byte((byte)leg.Side).Decimal(leg.Quantity).Decimal(leg.Limit)
                .Int32(node.Misses).Byte(node.Filled is { } purpose ? (byte)purpose : NotFilled);
        }

        writer.UInt16((ushort)plan.Changes.Count);
        foreach (var change in plan.Changes)
        {
            writer.Holding(change.Holding).Decimal(change.Amount);
        }

        if (plan.Policy is { } policy)
        {
            var estimate = policy.Estimate;
            writer.Bool(true).Byte((byte)estimate.Policy).Decimal(estimate.EdgeBps).Decimal(estimate.FillProbability).Decimal(estimate.FailureCostBps)
                .Decimals([.. policy.LegInputs]).Byte(policy.FirstLeg).Decimal(policy.FirstFilled).Int32(policy.OrdersSent);
        }

        if (plan.TakesHome is { } residual)
        {
            Write((plan.Policy is null ? writer.Bool(false) : writer).Bool(true), residual);
        }

        return writer;
    }

    private static RunningPlan ReadPlan(ref PayloadReader reader)
    {
        var (session, number, opportunity, cycle) = (reader.Int32(), reader.Int32(), reader.Int64(), reader.Text());
        var (input, gross, fees, rounding, expected) = (reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.Decimal());
        var (opened, isUnwinding) = (reader.Int64(), reader.Bool());
        var legs = new LegLeft[reader.Byte()];
        var nodes = new NodeLeft[legs.Length];
        for (var i = 0; i < legs.Length; i++)
        {
            legs[i] = new LegLeft(reader.Instrument(), reader.Side(), reader.Decimal(), reader.Decimal());
            var (misses, filled) = (reader.Int32(), reader.Byte());
            nodes[i] = new NodeLeft(misses, filled == NotFilled ? null : (OrderPurpose)filled);
        }

        var changes = new List<HoldingChange>();
        for (var left = reader.UInt16(); left > 0; left--)
        {
            changes.Add(new HoldingChange(reader.Holding(), reader.Decimal()));
        }

        return new RunningPlan(
            session, number, new PlanLeft(opportunity, cycle, legs, input, gross, fees, rounding, expected), opened, isUnwinding, nodes, changes,
            reader.HasMore && reader.Bool() ? ReadPolicy(ref reader) : null,
            reader.HasMore && reader.Bool() ? ReadResidual(ref reader) : null);
    }

    private static PolicyLeft ReadPolicy(ref PayloadReader reader)
    {
        var policy = (ExecutionPolicy)reader.Byte();
        return policy <= ExecutionPolicy.Simultaneous
            ? new PolicyLeft(
                new PolicyEstimate(policy, reader.Decimal(), reader.Decimal(), reader.Decimal()),
                reader.Decimals(), reader.Byte(), reader.Decimal(), reader.Int32())
            : throw new MalformedRecordException($"No execution policy has number {(byte)policy}.");
    }

    private static PayloadWriter Write(PayloadWriter writer, Order order)
    {
        writer.UInt64(order.Id.Value).Int32(order.Plan).Byte(order.Node).Byte((byte)order.Purpose).Instrument(order.Instrument).Byte((byte)order.Side)
            .Decimal(order.Quantity).Decimal(order.Limit).Bool(order.HasEnded).UInt16((ushort)order.Trades.Count);
        foreach (var trade in order.Trades)
        {
            writer.UInt64(trade.TradeId).Decimal(trade.Quantity);
        }

        return writer;
    }

    private static Order ReadOrder(ref PayloadReader reader)
    {
        var (id, plan, node, purpose) = (new ClientOrderId(reader.UInt64()), reader.Int32(), reader.Byte(), (OrderPurpose)reader.Byte());
        var (instrument, side, quantity, limit, hasEnded) = (reader.Instrument(), reader.Side(), reader.Decimal(), reader.Decimal(), reader.Bool());
        var trades = new List<TradeLeft>();
        for (var left = reader.UInt16(); left > 0; left--)
        {
            trades.Add(new TradeLeft(reader.UInt64(), reader.Decimal()));
        }

        return new Order(id, plan, node, purpose, instrument, side, quantity, limit, hasEnded, trades);
    }

    private static PayloadWriter Write(PayloadWriter writer, BookedTrade trade) => writer
        .UInt64(trade.Order.Value).UInt64(trade.TradeId)
        .Holding(trade.Spent).Decimal(trade.SpentAmount).Holding(trade.Received).Decimal(trade.ReceivedAmount)
        .AssetOrNone(trade.FeeAsset).Decimal(trade.Fee).Int32(trade.Session).Int32(trade.Plan).Int64(trade.Time);

    private static Trade ReadTrade(ref PayloadReader reader) => new(new BookedTrade(
        new ClientOrderId(reader.UInt64()), reader.UInt64(), reader.Holding(), reader.Decimal(), reader.Holding(), reader.Decimal(),
        reader.AssetOrNone(), reader.Decimal(), reader.Int32(), reader.Int32(), reader.Int64()));

    private static PayloadWriter Write(PayloadWriter writer, Residual residual) => writer
        .Int32(residual.Number).Holding(residual.Holding).Decimal(residual.Amount).Text(residual.StartAsset.Code).Decimal(residual.Cost)
        .Bool(residual.Mark.HasValue).Decimal(residual.Mark ?? 0m).Int32(residual.Session).Int32(residual.Plan).Int64(residual.DeclaredTime);

    private static Residual ReadResidual(ref PayloadReader reader)
    {
        var (number, holding, amount, start, cost) = (reader.Int32(), reader.Holding(), reader.Decimal(), reader.Asset(), reader.Decimal());
        var (hasMark, mark) = (reader.Bool(), reader.Decimal());
        return new Residual(number, holding, amount, start, cost, hasMark ? mark : null, reader.Int32(), reader.Int32(), reader.Int64());
    }
}
