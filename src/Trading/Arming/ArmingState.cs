using Parallax.Trading.Risk;

namespace Parallax.Trading.Arming;

/// <summary>Whether plans may be opened: always where no money is at stake; else only while an operator has armed the session.</summary>
/// <remarks>
/// A session that needs arming begins disarmed, whatever the one before was, and no setting changes that. Disarmed it sizes and judges as
/// ever and sends nothing: each plan it would have opened is refused as <see cref="RefusalReason.Disarmed"/>, with its numbers. Plans that
/// are open when it disarms are finished. Engine thread only; time and results come from the engine's records.
/// </remarks>
public sealed class ArmingState
{
    private readonly Func<decimal?> _result;
    private decimal _resultBefore;

    /// <param name="result">What all plans of the session have earned so far, in the reporting currency; <see langword="null"/> while it cannot be valued.</param>
    internal ArmingState(bool isRequired, Func<decimal?> result) => (IsRequired, _result) = (isRequired, result);

    /// <summary>Whether orders of this session are real.</summary>
    public bool IsRequired { get; }

    public bool IsArmed { get; private set; }

    /// <summary>UTC nanoseconds; of the last arming.</summary>
    public long UntilTime { get; private set; }

    /// <summary>Reporting currency; of the last arming.</summary>
    public decimal LossMax { get; private set; }

    /// <summary>Why it is disarmed: <c>never-armed</c>, <c>operator</c>, <c>expired</c>, <c>loss</c>; <see langword="null"/> while it is armed or need not be.</summary>
    public string? WhyDisarmed => IsArmed || !IsRequired ? null : _why;

    private string _why = "never-armed";

    /// <summary>What plans have lost since arming, in the reporting currency: negative is a profit, <see langword="null"/> while it cannot be valued.</summary>
    public decimal? Loss => _resultBefore - _result();

    /// <returns>False when it does not need arming, or the results so far cannot be valued: then nothing has changed.</returns>
    internal bool TryArm(in ArmCommand command)
    {
        if (!IsRequired || _result() is not { } result)
        {
            return false;
        }

        (IsArmed, UntilTime, LossMax, _resultBefore) = (true, command.UntilTime, command.LossMax, result);
        return true;
    }

    internal void Disarm(string why) => (IsArmed, _why) = (false, why);

    /// <summary>Whether the arming ends now, by time or by loss.</summary>
    internal bool TryEnd(long now, out Disarmed disarmed)
    {
        disarmed = default;
        if (!IsArmed)
        {
            return false;
        }

        var loss = Loss;
        if (now < UntilTime && !(loss >= LossMax))
        {
            return false;
        }

        disarmed = new Disarmed(now >= UntilTime ? "expired" : "loss", loss ?? 0m, LossMax);
        Disarm(disarmed.Code);
        return true;
    }

    /// <summary>The last of the limits: everything else has approved the plan.</summary>
    internal bool Refuses(out Refused refused)
    {
        refused = default;
        if (!IsRequired)
        {
            return false;
        }

        var loss = Loss;
        refused = !IsArmed ? new Refused(RefusalReason.Disarmed, 0m, 0m) : new Refused(RefusalReason.NoReportingPrice, 0m, 0m);
        return !IsArmed || loss is null;
    }
}
