using System.Globalization;
using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine;

/// <summary>Everything besides its input that shapes what the engine decides. Immutable; written into the journal when a session starts.</summary>
public sealed record EngineSettings
{
    /// <summary>How the session is fed and filled: <c>backtest</c>, <c>paper</c>, …: for readers, not for decisions.</summary>
    public required string Mode { get; init; }

    /// <summary>What is owned at the start, by asset.</summary>
    public required IReadOnlyDictionary<Asset, decimal> Capital { get; init; }

    /// <summary>Assets in which plans begin and end; the first is the reporting currency.</summary>
    public required IReadOnlyList<Asset> StartAssets { get; init; }

    public required FeeTable Fees { get; init; }

    public RiskLimits Limits { get; init; } = new();

    public ExecutionSettings Execution { get; init; } = new();

    /// <summary>Longest cycle, 3 to 5 legs.</summary>
    public int LegsMax { get; init; } = 3;

    /// <summary>Counts sessions of one journal from 1; part of every client order id.</summary>
    public int Session { get; init; } = 1;

    /// <summary>Whether orders are real: then nothing is sent before an operator arms the session.</summary>
    public bool NeedsArming { get; init; }

    /// <summary>
    /// Whether the venues keep accounts that are compared with the ledger: nothing is traded before they were, and plans that a session does not
    /// finish are left to the next. Not so in a backtest.
    /// </summary>
    public bool Reconciles { get; init; }

    /// <summary>Whether refused opportunities are looked at again, to learn what they would have made. Nothing is decided by it.</summary>
    public bool FollowsRefusals { get; init; }

    /// <summary>What else shaped the session, such as the assumptions of a simulated venue: for the journal's readers, not for decisions.</summary>
    public IReadOnlyDictionary<string, string> Surroundings { get; init; } = new Dictionary<string, string>();

    private static ExecutionSettings Usual { get; } = new();

    public Asset ReportingAsset => StartAssets[0];

    /// <exception cref="ArgumentException">Says which setting is off and what was found.</exception>
    public EngineSettings Validated()
    {
        Limits.Validated();
        Execution.Validated();
        if (StartAssets.Count == 0)
        {
            throw new ArgumentException("At least one start asset is needed; found none.");
        }

        if (LegsMax is < 3 or > 5)
        {
            throw new ArgumentException($"A cycle has 3 to 5 legs; found a maximum of {LegsMax}.");
        }

        foreach (var (asset, amount) in Capital)
        {
            if (amount < 0m)
            {
                throw new ArgumentException($"Capital is zero or more; found {amount} {asset}.");
            }
        }

        return this;
    }

    /// <summary>The settings that <see cref="Canonical"/> wrote: <c>FromCanonical(text).Canonical()</c> is the same text.</summary>
    /// <exception cref="FormatException">Names the line that is missing or not what it should be.</exception>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static EngineSettings FromCanonical(string text) => new CanonicalSettings(text).Read().Validated();

    /// <summary>Every setting as sorted <c>key=value</c> lines: equal settings give equal text on any machine.</summary>
    public string Canonical()
    {
        var lines = new List<string>
        {
            Line("mode", Mode),
            Line("session", Session),
            Line("start-assets", string.Join(',', StartAssets)),
            Line("legs-max", LegsMax),
            Line("limits.book-age-ms", Limits.BookAgeMillisMax),
            Line("limits.leg-coherence-ms", Limits.LegCoherenceMillisMax),
            Line("limits.clock-skew-ms", Limits.ClockSkewMillisMax),
            Line("limits.net-edge-bps", Limits.NetEdgeBpsMin),
            Line("limits.notional-max", Limits.NotionalMax),
            Line("limits.notional-min", Limits.NotionalMin),
            Line("limits.reserve-fraction", Limits.ReserveFraction),
            Line("limits.open-plans", Limits.OpenPlansMax),
            Line("limits.stable-coins", Limits.StableCoins),
            Line("limits.quiet-hours", Limits.QuietHours),
            Line("execution.continue-loss-bps", Execution.ContinueLossBpsMax),
            Line("execution.orders-max", Execution.OrdersMax),
            Line("execution.query-pause-ns", Execution.QueryPauseNanos),
            Line("execution.look-pause-ns", Execution.LookPauseNanos),
            Line("execution.residual-ns", Execution.ResidualNanosMax),
            Line("execution.not-found-answers", Execution.NotFoundAnswers),
            Line("fees.default", Text(Fees.Default)),
        };
        if (NeedsArming)
        {
            lines.Add(Line("needs-arming", "true"));
        }

        lines.AddRange(LimitCatalog.All.Select(term => Line($"limits.{term.Key}", term.Read(Limits))));

        // Later settings stand only where they differ from what every session before them did.
        if (Reconciles)
        {
            lines.Add(Line("reconciles", "true"));
        }

        if (FollowsRefusals)
        {
            lines.Add(Line("follow-ups", "true"));
        }

        AddUnless((byte)Execution.KillPolicy, (byte)Usual.KillPolicy, "execution.kill-policy");
        AddUnless(Execution.NotFoundNanosMin, Usual.NotFoundNanosMin, "execution.not-found-ns");
        AddUnless(Execution.OrderDeadlineNanos, Usual.OrderDeadlineNanos, "execution.order-deadline-ns");
        AddUnless(Execution.SurveyEveryNanos, Usual.SurveyEveryNanos, "execution.survey-every-ns");
        AddUnless(Execution.AlternativeRoutes ? 1 : 0, Usual.AlternativeRoutes ? 1 : 0, "execution.alternative-routes");
        AddUnless(Execution.HistoryEveryNanos, Usual.HistoryEveryNanos, "execution.history-every-ns");
        AddUnless(Execution.ResidualLookNanos, Usual.ResidualLookNanos, "execution.residual-look-ns");
        AddUnless((byte)Execution.PolicyChoosing, (byte)Usual.PolicyChoosing, "execution.policy-choosing");
        AddUnless(Execution.ExpectedValueBpsMin, Usual.ExpectedValueBpsMin, "execution.expected-value-bps");
        AddUnless(Execution.SurveyPauseNanos, Usual.SurveyPauseNanos, "execution.survey-pause-ns");
        lines.AddRange(Capital.Select(held => Line($"capital.{held.Key}", held.Value)));
        lines.AddRange(Surroundings.Select(one => Line(one.Key, one.Value)));
        lines.AddRange(Fees.ByPair.Select(pair => Line($"fees.{pair.Key}", Text(pair.Value))));
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);

        void AddUnless<T>(T value, T usual, string key)
            where T : struct, IEquatable<T>
        {
            if (!value.Equals(usual))
            {
                lines.Add(Line(key, value));
            }
        }

        static string Line(string key, object value) => string.Create(CultureInfo.InvariantCulture, $"{key}={Plain(value)}");

        // 1 and 1.00 are the same setting.
        static object Plain(object value) => value is decimal number ? Decimals.Trim(number) : value;

        static string Text(FeeTerms terms) => string.Create(
            CultureInfo.InvariantCulture, $"{Plain(terms.Rate)} {terms.Mode} {(terms.Step is { } step ? Plain(step) : "exact")}");
    }
}
