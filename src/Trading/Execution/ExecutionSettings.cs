using Parallax.Domain;
using Parallax.Trading.Execution.Estimates;

namespace Parallax.Trading.Execution;

/// <summary>What a kill does with plans that have money out. It never sends an order of its own.</summary>
public enum KillPolicy : byte
{
    /// <summary>Running plans are finished: their legs and their way home may still be sent.</summary>
    Finish = 0,

    /// <summary>Nothing is sent any more. Orders that are out come to their end, and what a plan holds then is a residual.</summary>
    Hold = 1,
}

/// <summary>How plans are executed. Every value is explicit; there is no "unlimited".</summary>
public sealed record ExecutionSettings
{
    /// <summary>Going on after a failed leg may lose at most this much of what was spent, bps (risk.md section 5).</summary>
    public decimal ContinueLossBpsMax { get; init; } = 10m;

    /// <summary>Orders one plan may send, legs, re-quotes and unwinding together; what is left then is a residual.</summary>
    public int OrdersMax { get; init; } = 12;

    /// <summary>Pause before an order of unknown outcome is asked for again.</summary>
    public long QueryPauseNanos { get; init; } = UtcNanos.PerSecond;

    /// <summary>An order counts as never placed after this many answers that the venue does not know it, and not before <see cref="NotFoundNanosMin"/>.</summary>
    public int NotFoundAnswers { get; init; } = 3;

    /// <summary>
    /// And between the first and the last of them lies at least this long: the time that a venue may take to list an order it has taken. 5 s is more than
    /// twice the 2 s after which a venue does not match an order of ours any more.
    /// </summary>
    public long NotFoundNanosMin { get; init; } = 5 * UtcNanos.PerSecond;

    /// <summary>Pause before money that no book takes is looked at again.</summary>
    public long LookPauseNanos { get; init; } = 250 * UtcNanos.PerMillisecond;

    /// <summary>How long such money waits before it is declared a residual: 5 s (risk.md section 5); 0 declares at once.</summary>
    public long ResidualNanosMax { get; init; } = 5 * UtcNanos.PerSecond;

    /// <summary>
    /// How long an order, or a question about one, may go without an answer before its outcome is unknown. Longer than a gateway waits on its
    /// own: this is for one that says nothing at all.
    /// </summary>
    public long OrderDeadlineNanos { get; init; } = 15 * UtcNanos.PerSecond;

    /// <summary>What a kill does with plans that have money out.</summary>
    public KillPolicy KillPolicy { get; init; } = KillPolicy.Finish;

    /// <summary>How often the account is compared with the ledger while the session runs.</summary>
    public long SurveyEveryNanos { get; init; } = 60 * UtcNanos.PerSecond;

    /// <summary>Pause before the account is asked for again when a statement failed, or could not be compared in full.</summary>
    public long SurveyPauseNanos { get; init; } = 2 * UtcNanos.PerSecond;

    /// <summary>
    /// Whether what a plan or a residual holds may go home over other markets of its venue, at most two, where that brings more than going back (strategies/risk.md
    /// section 5: hedge).
    /// </summary>
    public bool AlternativeRoutes { get; init; } = true;

    /// <summary>How often a survey reaches back over all trades that may still be restated; 0 never.</summary>
    public long HistoryEveryNanos { get; init; } = 3_600 * UtcNanos.PerSecond;

    /// <summary>Whether plans are always sequential, or sent as the expected value says.</summary>
    public PolicyChoosing PolicyChoosing { get; init; }

    /// <summary>Least expected value of a plan, bps of its input, where it is estimated.</summary>
    public decimal ExpectedValueBpsMin { get; init; }

    /// <summary>How often residuals are looked at, whether a book pays for them by now; 0 leaves them to an operator.</summary>
    public long ResidualLookNanos { get; init; }

    /// <exception cref="ArgumentException">Says which setting is off and what was found.</exception>
    public ExecutionSettings Validated()
    {
        Require(ContinueLossBpsMax is >= 0m and <= 1_000m, "the loss allowed when going on is 0 to 1000 bps", ContinueLossBpsMax);
        Require(OrdersMax is >= 3 and <= 1_000, "a plan may send 3 to 1000 orders", OrdersMax);
        Require(QueryPauseNanos is > 0 and <= 60 * UtcNanos.PerSecond, "the pause between queries is up to 60 s", QueryPauseNanos);
        Require(LookPauseNanos is > 0 and <= 60 * UtcNanos.PerSecond, "the pause between looks is up to 60 s", LookPauseNanos);
        Require(ResidualNanosMax is >= 0 and <= 3_600 * UtcNanos.PerSecond, "a residual waits up to an hour", ResidualNanosMax);
        Require(NotFoundAnswers is >= 1 and <= 100, "1 to 100 negative answers are needed", NotFoundAnswers);
        Require(NotFoundNanosMin is >= 0 and <= 600 * UtcNanos.PerSecond, "negative answers are collected over 0 to 600 s", NotFoundNanosMin);
        Require(OrderDeadlineNanos is > 0 and <= 600 * UtcNanos.PerSecond, "an order is waited for up to 600 s", OrderDeadlineNanos);
        Require(SurveyEveryNanos is > 0 and <= 86_400 * UtcNanos.PerSecond, "the account is compared at least once a day", SurveyEveryNanos);
        Require(SurveyPauseNanos is > 0 and <= 3_600 * UtcNanos.PerSecond, "the pause between two surveys is up to an hour", SurveyPauseNanos);
        Require(HistoryEveryNanos is >= 0 and <= 86_400 * UtcNanos.PerSecond, "the history of trades is read at least once a day, or never", HistoryEveryNanos);
        Require(ExpectedValueBpsMin is >= -10_000m and <= 10_000m, "the least expected value is -10000 to 10000 bps", ExpectedValueBpsMin);
        Require(ResidualLookNanos is >= 0 and <= 3_600 * UtcNanos.PerSecond, "residuals are looked at within an hour, or never", ResidualLookNanos);
        return this;

        static void Require(bool holds, string rule, decimal found)
        {
            if (!holds)
            {
                throw new ArgumentException($"Execution settings: {rule}; found {found}.");
            }
        }
    }
}
