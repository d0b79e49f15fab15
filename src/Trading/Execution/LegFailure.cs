namespace Parallax.Trading.Execution;

/// <summary>What to do with what a plan holds after a failed or partial leg. The numbers stand in the journal: never reuse one.</summary>
public enum LegFailureChoice : byte
{
    /// <summary>Nothing can be filled: keep it as a declared residual and alert.</summary>
    Hold = 0,

    /// <summary>Convert it through the remaining legs.</summary>
    Continue = 1,

    /// <summary>Convert it straight back to the start asset.</summary>
    Unwind = 2,

    /// <summary>Sell the exposure elsewhere.</summary>
    Hedge = 3,
}

/// <summary>The choice and what every way out was worth, in the start asset.</summary>
/// <param name="Continue">Proceeds net of fees; <see langword="null"/> when there is no such way or a book is too thin.</param>
/// <param name="Hedge">Fixed costs subtracted.</param>
/// <param name="ExpectedPnl">Value of the choice minus what was spent; <see langword="null"/> on hold.</param>
public readonly record struct LegFailureDecision(
    LegFailureChoice Choice, decimal? Continue, decimal? Unwind, decimal? Hedge, decimal? ExpectedPnl);

/// <summary>Decides how a plan whose leg failed goes on. Source: strategies/risk.md section 5.</summary>
public static class LegFailure
{
    /// <summary>
    /// Continue while that loses no more than allowed and is no worse than unwinding; else the way that returns the most, of equal ones
    /// the first of unwind, hedge, continue.
    /// </summary>
    /// <param name="spent">Start asset spent on what is held now.</param>
    /// <param name="continuing">What each way returns on current books, net of fees: see <see cref="BookConversion"/>.</param>
    /// <param name="hedgeFixed">Costs of hedging that do not depend on the amount.</param>
    /// <param name="continueLossBpsMax">Of <paramref name="spent"/>; a loss equal to it is allowed.</param>
    public static LegFailureDecision Decide(
        decimal spent, decimal? continuing, decimal? unwinding, decimal? hedging, decimal hedgeFixed, decimal continueLossBpsMax)
    {
        var hedge = hedging - hedgeFixed;
        var (choice, value) = Choose(spent, continuing, unwinding, hedge, continueLossBpsMax);
        return new LegFailureDecision(choice, continuing, unwinding, hedge, value - spent);
    }

    private static (LegFailureChoice Choice, decimal? Value) Choose(
        decimal spent, decimal? continuing, decimal? unwinding, decimal? hedge, decimal continueLossBpsMax)
    {
        if (continuing is { } kept && spent - kept <= spent * continueLossBpsMax / 10_000m && !(unwinding > kept))
        {
            return (LegFailureChoice.Continue, kept);
        }

        var best = unwinding is null ? (LegFailureChoice.Hold, null) : (LegFailureChoice.Unwind, unwinding);
        best = IsBetter(hedge, best) ? (LegFailureChoice.Hedge, hedge) : best;
        return IsBetter(continuing, best) ? (LegFailureChoice.Continue, continuing) : best;
    }

    private static bool IsBetter(decimal? value, (LegFailureChoice Choice, decimal? Value) best) =>
        value is not null && (best.Value is null || value > best.Value);
}
