using Parallax.Domain;
using Parallax.Journal.Framing;

namespace Parallax.Trading.Decisions;

/// <summary>Something that a plan had left behind came to something: it is home, or kept, or there is less of it.</summary>
/// <param name="Session">Of the plan, which may be an earlier one.</param>
/// <param name="Outcome">Of the plan as it stands now: residual while something is open, and where it was kept as inventory in the end.</param>
/// <param name="Change">What its result changes by besides the results of the plans that belong to it; its start asset.</param>
/// <param name="Open">Residuals of it that are listed or on their way home; at zero its result is final.</param>
public readonly record struct PlanSettled(int Session, int Plan, PlanOutcome Outcome, Asset StartAsset, decimal Change, int Open) : IDecision<PlanSettled>
{
    public static DecisionKind Kind => DecisionKind.PlanSettled;

    public void Write(PayloadWriter writer) => writer.Int32(Session).Int32(Plan).Byte((byte)Outcome).Text(StartAsset.Code).Decimal(Change).Int32(Open);

    public static PlanSettled Read(ref PayloadReader reader) =>
        new(reader.Int32(), reader.Int32(), (PlanOutcome)reader.Byte(), reader.Asset(), reader.Decimal(), reader.Int32());
}
