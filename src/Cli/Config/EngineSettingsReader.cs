using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Config;

/// <summary>The parts of the engine's settings, from what was set; a backtest and a session read them alike and differ in their defaults.</summary>
internal static class EngineSettingsReader
{
    public static IReadOnlyDictionary<Asset, decimal> Capital(SettingSet set)
    {
        var capital = new OrderedDictionary<Asset, decimal>();
        foreach (var (asset, amount) in set.Each(SettingCatalog.Capital))
        {
            capital[new Asset(asset)] = amount;
        }

        return capital;
    }

    /// <param name="bps">Taker fee that the command line asked for; null without.</param>
    /// <param name="mode">Likewise.</param>
    public static FeeTable Fees(SettingSet set, decimal? bps = null, FeeMode? mode = null)
    {
        var common = new FeeTerms((bps ?? set.Get(SettingCatalog.FeeBps)) / 10_000m, mode ?? set.Get(SettingCatalog.FeeMode), set.Get(SettingCatalog.FeeStep));
        var pairs = new SortedDictionary<string, FeeTerms>(StringComparer.Ordinal);
        foreach (var (pair, own) in set.Each(SettingCatalog.PairFeeBps))
        {
            pairs[pair] = common with { Rate = (own ?? 0m) / 10_000m };
        }

        foreach (var (pair, own) in set.Each(SettingCatalog.PairFeeMode))
        {
            pairs[pair] = pairs.GetValueOrDefault(pair, common) with { Mode = own };
        }

        return new FeeTable(common, pairs);
    }

    /// <param name="defaults">What holds where nobody set anything.</param>
    public static RiskLimits Limits(SettingSet set, RiskLimits defaults) => SettingCatalog.Limits.Aggregate(OfPlan(set, defaults), (limits, one) =>
        one.Term.With(limits, set.Get(one.Setting, one.Term.Read(defaults))));

    private static RiskLimits OfPlan(SettingSet set, RiskLimits defaults) => defaults with
    {
        BookAgeMillisMax = set.Get(SettingCatalog.BookAgeMillisMax, defaults.BookAgeMillisMax),
        LegCoherenceMillisMax = set.Get(SettingCatalog.LegCoherenceMillisMax, defaults.LegCoherenceMillisMax),
        ClockSkewMillisMax = set.Get(SettingCatalog.ClockSkewMillisMax, defaults.ClockSkewMillisMax),
        NetEdgeBpsMin = set.Get(SettingCatalog.NetEdgeBpsMin, defaults.NetEdgeBpsMin),
        NotionalMax = set.Get(SettingCatalog.NotionalMax, defaults.NotionalMax),
        NotionalMin = set.Get(SettingCatalog.NotionalMin, defaults.NotionalMin),
        ReserveFraction = set.Get(SettingCatalog.ReserveFraction, defaults.ReserveFraction),
        OpenPlansMax = (int)set.Get(SettingCatalog.OpenPlansMax, defaults.OpenPlansMax),
        StableCoins = set.Get(SettingCatalog.StableCoins, defaults.StableCoins),
        QuietHours = set.Get(SettingCatalog.QuietHours, defaults.QuietHours),
    };

    public static ExecutionSettings Execution(SettingSet set) => Execution(set, new ExecutionSettings());

    /// <param name="defaults">What holds where nobody set anything.</param>
    public static ExecutionSettings Execution(SettingSet set, ExecutionSettings defaults) => defaults with
    {
        ContinueLossBpsMax = set.Get(SettingCatalog.ContinueLossBpsMax, defaults.ContinueLossBpsMax),
        AlternativeRoutes = set.Get(SettingCatalog.AlternativeRoutes, defaults.AlternativeRoutes),
        OrdersMax = (int)set.Get(SettingCatalog.OrdersMax, defaults.OrdersMax),
        QueryPauseNanos = Nanos(set, SettingCatalog.QueryPauseMillis, defaults.QueryPauseNanos),
        NotFoundAnswers = (int)set.Get(SettingCatalog.NotFoundAnswers, defaults.NotFoundAnswers),
        NotFoundNanosMin = Nanos(set, SettingCatalog.NotFoundMillisMin, defaults.NotFoundNanosMin),
        OrderDeadlineNanos = Nanos(set, SettingCatalog.OrderDeadlineMillis, defaults.OrderDeadlineNanos),
        LookPauseNanos = Nanos(set, SettingCatalog.LookPauseMillis, defaults.LookPauseNanos),
        ResidualNanosMax = Nanos(set, SettingCatalog.ResidualMillisMax, defaults.ResidualNanosMax),
        ResidualLookNanos = Nanos(set, SettingCatalog.ResidualLookMillis, defaults.ResidualLookNanos),
        KillPolicy = set.Get(SettingCatalog.KillPolicy, defaults.KillPolicy),
        PolicyChoosing = set.Get(SettingCatalog.PolicyChoosing, defaults.PolicyChoosing),
        ExpectedValueBpsMin = set.Get(SettingCatalog.ExpectedValueBpsMin, defaults.ExpectedValueBpsMin),
        SurveyEveryNanos = Nanos(set, SettingCatalog.SurveyEveryMillis, defaults.SurveyEveryNanos),
        SurveyPauseNanos = Nanos(set, SettingCatalog.SurveyPauseMillis, defaults.SurveyPauseNanos),
        HistoryEveryNanos = Nanos(set, SettingCatalog.HistoryEveryMillis, defaults.HistoryEveryNanos),
    };

    private static long Nanos(SettingSet set, Setting<decimal> millis, long defaultNanos) =>
        set.Has(millis) ? (long)(set.Get(millis) * UtcNanos.PerMillisecond) : defaultNanos;
}
