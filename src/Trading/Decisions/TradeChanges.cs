using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Trading.Ledger;

namespace Parallax.Trading.Decisions;

/// <summary>A plan that had ended came to something else after all, because its venue restated a trade of it.</summary>
/// <param name="Session">Of the plan, which may be an earlier one.</param>
/// <param name="Before">What it had realised until now, start asset.</param>
/// <param name="After">What it has realised now; what else changed is worth <paramref name="Worth"/>.</param>
/// <param name="Worth">What all of the change is worth in the start asset at the prices of now; <see langword="null"/> when something has none.</param>
public readonly record struct PlanRestated(
    int Session, int Plan, ClientOrderId Order, ulong TradeId, decimal Before, decimal After, decimal? Worth, string Why)
    : IDecision<PlanRestated>
{
    public static DecisionKind Kind => DecisionKind.PlanRestated;

    public void Write(PayloadWriter writer) => writer
        .Int32(Session).Int32(Plan).UInt64(Order.Value).UInt64(TradeId).Decimal(Before).Decimal(After)
        .Bool(Worth.HasValue).Decimal(Worth ?? 0m).Text(Why);

    public static PlanRestated Read(ref PayloadReader reader)
    {
        var (session, plan, order, trade) = (reader.Int32(), reader.Int32(), new ClientOrderId(reader.UInt64()), reader.UInt64());
        var (before, after, hasWorth, worth) = (reader.Decimal(), reader.Decimal(), reader.Bool(), reader.Decimal());
        return new PlanRestated(session, plan, order, trade, before, after, hasWorth ? worth : null, reader.Text());
    }
}

/// <summary>A venue took a trade of ours back; its postings are reversed. Somebody has to be told.</summary>
/// <param name="Session">Of the plan behind it.</param>
/// <param name="Plan">Zero where there is none.</param>
/// <param name="Spent">What came back.</param>
/// <param name="Received">What went.</param>
public readonly record struct TradeReversed(
    ClientOrderId Order, ulong TradeId, int Session, int Plan, Holding Spent, decimal SpentAmount, Holding Received, decimal ReceivedAmount, string Reason)
    : IDecision<TradeReversed>
{
    public static DecisionKind Kind => DecisionKind.TradeReversed;

    public void Write(PayloadWriter writer) => writer
        .UInt64(Order.Value).UInt64(TradeId).Int32(Session).Int32(Plan)
        .Holding(Spent).Decimal(SpentAmount).Holding(Received).Decimal(ReceivedAmount).Text(Reason);

    public static TradeReversed Read(ref PayloadReader reader) => new(
        new ClientOrderId(reader.UInt64()), reader.UInt64(), reader.Int32(), reader.Int32(),
        reader.Holding(), reader.Decimal(), reader.Holding(), reader.Decimal(), reader.Text());
}
