using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Exposure;
using Parallax.Trading.Risk.Losses;

namespace Parallax.Trading.Decisions;

/// <summary>The trading state changed. Holds everything about losses that a later session needs.</summary>
/// <param name="Why"><c>daily-loss</c>, <c>drawdown</c>, <c>loss-streak</c>, <c>calm</c>, <c>reset</c>.</param>
public readonly record struct RiskLevelChanged(RiskLevel From, RiskLevel To, string Why, LossMemory Memory) : IDecision<RiskLevelChanged>
{
    public static DecisionKind Kind => DecisionKind.RiskLevelChanged;

    public void Write(PayloadWriter writer) => Memory.Write(writer.Byte((byte)From).Byte((byte)To).Text(Why));

    public static RiskLevelChanged Read(ref PayloadReader reader) =>
        new((RiskLevel)reader.Byte(), (RiskLevel)reader.Byte(), reader.Text(), LossMemory.Read(ref reader));
}

/// <summary>A breaker opened, began to probe, or closed.</summary>
/// <param name="Scope"><c>global</c>, <c>strategy:cycles</c>, <c>venue:kraken</c>.</param>
/// <param name="Why"><c>consecutive</c>, <c>error-rate</c>, <c>probe</c>, <c>plan-loss</c>, <c>manual</c>.</param>
/// <param name="UntilNanos">When an open breaker admits a probe; zero otherwise.</param>
/// <param name="PauseNanos">How long this or the next opening lasts.</param>
public readonly record struct BreakerChanged(string Scope, BreakerState State, string Why, long UntilNanos, long PauseNanos) : IDecision<BreakerChanged>
{
    public static DecisionKind Kind => DecisionKind.BreakerChanged;

    public void Write(PayloadWriter writer) => writer.Text(Scope).Byte((byte)State).Text(Why).Int64(UntilNanos).Int64(PauseNanos);

    public static BreakerChanged Read(ref PayloadReader reader)
    {
        var (scope, state) = (reader.Text(), (BreakerState)reader.Byte());
        return state > BreakerState.Open
            ? throw new MalformedRecordException($"A breaker's state is 0 to {(int)BreakerState.Open}; found {(int)state}.")
            : new BreakerChanged(scope, state, reader.Text(), reader.Int64(), reader.Int64());
    }
}

/// <summary>What a plan came to, as risk counts it, and where that leaves the account.</summary>
/// <param name="Plan">Zero where something left behind was worked off.</param>
/// <param name="Profit">Reporting currency, what was left behind at its worth of that moment.</param>
public readonly record struct LossRecorded(int Plan, decimal Profit, LossMemory Memory) : IDecision<LossRecorded>
{
    public static DecisionKind Kind => DecisionKind.LossRecorded;

    public void Write(PayloadWriter writer) => Memory.Write(writer.Int32(Plan).Decimal(Profit));

    public static LossRecorded Read(ref PayloadReader reader) => new(reader.Int32(), reader.Decimal(), LossMemory.Read(ref reader));
}

/// <summary>What is left behind of an asset changed; an amount of zero ends it.</summary>
/// <param name="Cost">What it was worth when it was left, reporting currency.</param>
public readonly record struct ResidualRecorded(Asset Asset, decimal Amount, decimal Cost) : IDecision<ResidualRecorded>
{
    public static DecisionKind Kind => DecisionKind.ResidualRecorded;

    public void Write(PayloadWriter writer) => writer.Text(Asset.Code).Decimal(Amount).Decimal(Cost);

    public static ResidualRecorded Read(ref PayloadReader reader) => new(reader.Asset(), reader.Decimal(), reader.Decimal());

    public Residual Residual => new(Asset, Amount, Cost);
}
