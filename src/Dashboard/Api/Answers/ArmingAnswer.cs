using Parallax.Domain;
using Parallax.Reporting.Sessions;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>Whether a session with real orders may send them.</summary>
/// <param name="WhyDisarmed">never-armed, operator, expired or loss; null while it is armed.</param>
/// <param name="Until">When it disarms by itself; null while it is not armed.</param>
/// <param name="LossMax">In the reporting asset; null while it is not armed.</param>
/// <param name="Loss">Of plans since arming, in the reporting asset; negative is a profit; null while it is not armed or cannot be valued.</param>
public sealed record ArmingAnswer(bool Armed, string? WhyDisarmed, UtcNanos? Until, decimal? LossMax, decimal? Loss)
{
    internal static ArmingAnswer Of(ArmingView view) => view.IsArmed
        ? new ArmingAnswer(true, null, new UtcNanos(view.UntilTime), view.LossMax, view.Loss)
        : new ArmingAnswer(false, view.WhyDisarmed, null, null, null);
}

/// <param name="Real">Whether orders of this session are real; if not there is nothing to arm.</param>
public sealed record ChecklistAnswer(bool Real, IReadOnlyList<CheckAnswer> Checks);

/// <param name="Sentence">What was found; of a check that failed also what to do.</param>
public sealed record CheckAnswer(string Name, bool Passed, string Sentence)
{
    internal static CheckAnswer Of(ArmingCheck check) => new(check.Name, check.IsPassed, check.Sentence);
}

/// <param name="ForSeconds">60 to 86400.</param>
/// <param name="LossMax">Positive, in the reporting asset.</param>
/// <param name="Confirmation">The words that arm, typed by the operator: arm VENUE to lose up to AMOUNT ASSET.</param>
/// <param name="Reason">Why, in one line of 1 to 200 characters. It goes into the journal.</param>
/// <param name="By">As of every control.</param>
public sealed record ArmRequest(int ForSeconds, decimal LossMax, string? Confirmation, string? Reason, string? By = null);
