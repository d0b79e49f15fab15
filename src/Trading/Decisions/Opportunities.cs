using Parallax.Domain;
using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>A cycle began to pay at the top of the book, fees included.</summary>
/// <param name="Number">Counts opportunities of this session from 1.</param>
/// <param name="Cycle">The path, <c>USD>BTC>ETH>USD</c>.</param>
/// <param name="TopNetBps">Top-of-book rate after fees minus one, bps, rounded down to 1e-6.</param>
public readonly record struct OpportunityOpened(long Number, string Cycle, decimal TopNetBps) : IDecision<OpportunityOpened>
{
    public static DecisionKind Kind => DecisionKind.OpportunityOpened;

    public void Write(PayloadWriter writer) => writer.Int64(Number).Text(Cycle).Decimal(TopNetBps);

    public static OpportunityOpened Read(ref PayloadReader reader) => new(reader.Int64(), reader.Text(), reader.Decimal());
}

/// <summary>An opportunity was looked at and not taken. Written once for each opportunity and reason; repeats are counted at its end.</summary>
/// <param name="Reason">A stable code: <c>net-edge</c>, <c>book-age</c>, …</param>
/// <param name="Value">What was found, in the limit's unit.</param>
/// <param name="Threshold">What the limit allows, same unit.</param>
/// <param name="Input">Start asset the plan would have spent; zero when it was not sized.</param>
/// <param name="Profit">Start asset it would have earned; zero when it was not sized.</param>
/// <param name="StartAsset">What it would have begun and ended with, which need not be the first of its cycle's name; absent in older journals.</param>
public readonly record struct OpportunityRefused(
    long Number, string Reason, decimal Value, decimal Threshold, decimal Input, decimal Profit, Asset StartAsset = default)
    : IDecision<OpportunityRefused>
{
    public static DecisionKind Kind => DecisionKind.OpportunityRefused;

    public void Write(PayloadWriter writer) =>
        writer.Int64(Number).Text(Reason).Decimal(Value).Decimal(Threshold).Decimal(Input).Decimal(Profit).Text(StartAsset == default ? "" : StartAsset.Code);

    public static OpportunityRefused Read(ref PayloadReader reader) =>
        new(
        reader.Int64(), reader.Text(), reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.Decimal(), reader.HasMore ? reader.AssetOrNone() : default);
}

/// <summary>An opportunity is over.</summary>
/// <param name="BestNetBps">Highest top-of-book net edge during its life, bps.</param>
/// <param name="BestProfit">Highest exact profit it was sized to, start asset; zero when it never could be sized.</param>
/// <param name="Why"><c>edge-gone</c>, <c>book-lost</c>, <c>session-ended</c>.</param>
/// <param name="Plan">The plan that was made of it; zero when none was.</param>
/// <param name="Refusals">How many times it was refused.</param>
public readonly record struct OpportunityClosed(
    long Number, long OpenedTime, decimal BestNetBps, decimal BestProfit, string Why, int Plan, int Refusals)
    : IDecision<OpportunityClosed>
{
    public static DecisionKind Kind => DecisionKind.OpportunityClosed;

    public void Write(PayloadWriter writer) =>
        writer.Int64(Number).Int64(OpenedTime).Decimal(BestNetBps).Decimal(BestProfit).Text(Why).Int32(Plan).Int32(Refusals);

    public static OpportunityClosed Read(ref PayloadReader reader) =>
        new(reader.Int64(), reader.Int64(), reader.Decimal(), reader.Decimal(), reader.Text(), reader.Int32(), reader.Int32());
}
