using System.Globalization;
using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine;

/// <summary>Reads the canonical text of <see cref="EngineSettings"/>, line by line; a line with a name of its own belongs to the surroundings.</summary>
internal sealed class CanonicalSettings
{
    private static readonly ExecutionSettings Usual = new();

    private readonly SortedDictionary<string, string> _lines = new(StringComparer.Ordinal);

    public CanonicalSettings(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1 || !_lines.TryAdd(line[..sign], line[(sign + 1)..]))
            {
                throw new FormatException($"Settings are lines of key=value, each key once; found '{line}'.");
            }
        }
    }

    public EngineSettings Read() => new()
    {
        Mode = Take("mode"),
        Session = Whole("session"),
        StartAssets = [.. Take("start-assets").Split(',').Select(code => new Asset(code))],
        LegsMax = Whole("legs-max"),
        Limits = Limits(),
        Execution = new ExecutionSettings
        {
            ContinueLossBpsMax = Amount("execution.continue-loss-bps"),
            OrdersMax = Whole("execution.orders-max"),
            QueryPauseNanos = Long("execution.query-pause-ns"),
            LookPauseNanos = Long("execution.look-pause-ns"),
            ResidualNanosMax = Long("execution.residual-ns"),
            NotFoundAnswers = Whole("execution.not-found-answers"),
            NotFoundNanosMin = Long("execution.not-found-ns", Usual.NotFoundNanosMin),
            KillPolicy = (KillPolicy)Long("execution.kill-policy", (long)Usual.KillPolicy),
            OrderDeadlineNanos = Long("execution.order-deadline-ns", Usual.OrderDeadlineNanos),
            SurveyEveryNanos = Long("execution.survey-every-ns", Usual.SurveyEveryNanos),
            AlternativeRoutes = Long("execution.alternative-routes", Usual.AlternativeRoutes ? 1 : 0) == 1,
            HistoryEveryNanos = Long("execution.history-every-ns", Usual.HistoryEveryNanos),
            ResidualLookNanos = Long("execution.residual-look-ns", Usual.ResidualLookNanos),
            PolicyChoosing = (PolicyChoosing)Long("execution.policy-choosing", (long)Usual.PolicyChoosing),
            ExpectedValueBpsMin = _lines.ContainsKey("execution.expected-value-bps") ? Amount("execution.expected-value-bps") : Usual.ExpectedValueBpsMin,
            SurveyPauseNanos = Long("execution.survey-pause-ns", Usual.SurveyPauseNanos),
        },
        NeedsArming = Is("needs-arming"),
        Reconciles = Is("reconciles"),
        FollowsRefusals = Is("follow-ups"),
        Fees = new FeeTable(Terms(Take("fees.default")), TakeAll("fees.", Terms)),
        Capital = TakeAll("capital.", amount => Amount("capital", amount)).ToDictionary(held => new Asset(held.Key), held => held.Value),
        // Last: whatever no reader above has taken.
        Surroundings = TakeAll("", value => value),
    };

    private RiskLimits Limits() => LimitCatalog.All.Aggregate(
        new RiskLimits
        {
            BookAgeMillisMax = Long("limits.book-age-ms"),
            LegCoherenceMillisMax = Long("limits.leg-coherence-ms"),
            ClockSkewMillisMax = Long("limits.clock-skew-ms"),
            NetEdgeBpsMin = Amount("limits.net-edge-bps"),
            NotionalMax = Amount("limits.notional-max"),
            NotionalMin = Amount("limits.notional-min"),
            ReserveFraction = Amount("limits.reserve-fraction"),
            OpenPlansMax = Whole("limits.open-plans"),
            StableCoins = StableCoins.TryParse(Take("limits.stable-coins"), out var coins) ? coins : throw new FormatException("The setting 'limits.stable-coins' is a list of assets."),
            QuietHours = QuietHours.TryParse(Take("limits.quiet-hours"), out var hours) ? hours : throw new FormatException("The setting 'limits.quiet-hours' is a list of HH:mm-HH:mm."),
        },
        (limits, term) => term.With(limits, Amount($"limits.{term.Key}")));

    private string Take(string key) =>
        _lines.Remove(key, out var value) ? value : throw new FormatException($"The settings have no line '{key}'.");

    private SortedDictionary<string, T> TakeAll<T>(string prefix, Func<string, T> read)
    {
        var found = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var key in _lines.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToList())
        {
            found[key[prefix.Length..]] = read(Take(key));
        }

        return found;
    }

    /// <summary>A line that stands there only where it is true.</summary>
    private bool Is(string key) =>
        _lines.Remove(key, out var value) && (value == "true" ? true : throw new FormatException($"The setting '{key}' is true where it stands; found '{value}'."));

    private int Whole(string key) => Number(key, Take(key), NumberStyles.AllowLeadingSign, int.TryParse, out int value) ? value : 0;

    private long Long(string key) => Number(key, Take(key), NumberStyles.AllowLeadingSign, long.TryParse, out long value) ? value : 0;

    /// <summary>One that is written only where it differs from the usual.</summary>
    private long Long(string key, long usual) => _lines.ContainsKey(key) ? Long(key) : usual;

    private decimal Amount(string key) => Amount(key, Take(key));

    private static decimal Amount(string key, string text) =>
        Number(key, text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, decimal.TryParse, out decimal value) ? value : 0m;

    private static FeeTerms Terms(string text) =>
        text.Split(' ') is [var rate, var mode, var step] && Enum.TryParse<FeeMode>(mode, out var known)
            ? new FeeTerms(Amount("fees", rate), known, step == "exact" ? null : Amount("fees", step))
            : throw new FormatException($"A fee is a rate, a mode and a step; found '{text}'.");

    private delegate bool Parser<T>(string text, NumberStyles styles, IFormatProvider culture, out T value);

    private static bool Number<T>(string key, string text, NumberStyles styles, Parser<T> parse, out T value) =>
        parse(text, styles, CultureInfo.InvariantCulture, out value) ? true : throw new FormatException($"The setting '{key}' is a number; found '{text}'.");
}
