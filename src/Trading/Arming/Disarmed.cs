using Parallax.Journal.Framing;
using Parallax.Trading.Decisions;

namespace Parallax.Trading.Arming;

/// <summary>The session disarmed itself: its time is over, or what it may lose is lost.</summary>
/// <param name="Code"><c>expired</c> or <c>loss</c>.</param>
/// <param name="Loss">Of plans since arming, in the reporting currency; negative is a profit.</param>
public readonly record struct Disarmed(string Code, decimal Loss, decimal LossMax) : IDecision<Disarmed>
{
    public static DecisionKind Kind => DecisionKind.Disarmed;

    public void Write(PayloadWriter writer) => writer.Text(Code).Decimal(Loss).Decimal(LossMax);

    public static Disarmed Read(ref PayloadReader reader) => new(reader.Text(), reader.Decimal(), reader.Decimal());
}
