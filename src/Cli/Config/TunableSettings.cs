using System.Globalization;
using Parallax.Domain;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Config;

/// <summary>The settings that may change while a session runs: how each is read off the engine's, as it would stand in parallax.yaml.</summary>
internal static class TunableSettings
{
    /// <param name="Owner">What the setting holds for.</param>
    /// <param name="Read">Its value as text that the setting takes.</param>
    internal sealed record Tunable(Setting Setting, string Owner, Func<EngineSettings, string> Read);

    /// <summary>In the catalog's order.</summary>
    public static IReadOnlyList<Tunable> All { get; } =
    [
        Limit(SettingCatalog.BookAgeMillisMax, limits => limits.BookAgeMillisMax),
        Limit(SettingCatalog.LegCoherenceMillisMax, limits => limits.LegCoherenceMillisMax),
        Limit(SettingCatalog.ClockSkewMillisMax, limits => limits.ClockSkewMillisMax),
        Limit(SettingCatalog.NetEdgeBpsMin, limits => limits.NetEdgeBpsMin),
        Limit(SettingCatalog.NotionalMax, limits => limits.NotionalMax),
        Limit(SettingCatalog.NotionalMin, limits => limits.NotionalMin),
        Limit(SettingCatalog.ReserveFraction, limits => limits.ReserveFraction),
        Limit(SettingCatalog.OpenPlansMax, limits => limits.OpenPlansMax),
        .. SettingCatalog.Limits.Select(one => Limit(one.Setting, one.Term.Read)),
        Words(SettingCatalog.StableCoins, settings => OrNone(settings.Limits.StableCoins.ToString())),
        Words(SettingCatalog.QuietHours, settings => OrNone(settings.Limits.QuietHours.ToString())),
        Execution(SettingCatalog.ContinueLossBpsMax, execution => execution.ContinueLossBpsMax),
        Execution(SettingCatalog.OrdersMax, execution => execution.OrdersMax),
        Execution(SettingCatalog.QueryPauseMillis, execution => Millis(execution.QueryPauseNanos)),
        Execution(SettingCatalog.NotFoundAnswers, execution => execution.NotFoundAnswers),
        Execution(SettingCatalog.NotFoundMillisMin, execution => Millis(execution.NotFoundNanosMin)),
        Execution(SettingCatalog.OrderDeadlineMillis, execution => Millis(execution.OrderDeadlineNanos)),
        Execution(SettingCatalog.LookPauseMillis, execution => Millis(execution.LookPauseNanos)),
        Execution(SettingCatalog.ResidualMillisMax, execution => Millis(execution.ResidualNanosMax)),
        Execution(SettingCatalog.ResidualLookMillis, execution => Millis(execution.ResidualLookNanos)),
        Words(SettingCatalog.PolicyChoosing, settings => SettingCatalog.WordOf(settings.Execution.PolicyChoosing)),
        Execution(SettingCatalog.ExpectedValueBpsMin, execution => execution.ExpectedValueBpsMin),
    ];

    /// <summary>The values of now as if a mode had set them, so that what is changed is judged beside them.</summary>
    public static IReadOnlyDictionary<string, string> Values(EngineSettings settings) => All.ToDictionary(one => one.Setting.Key, one => one.Read(settings));

    private static Tunable Limit(Setting setting, Func<RiskLimits, decimal> read) => new(setting, OwnerOf(setting), settings => Plain(read(settings.Limits)));

    private static Tunable Execution(Setting setting, Func<ExecutionSettings, decimal> read) => new(setting, OwnerOf(setting), settings => Plain(read(settings.Execution)));

    private static Tunable Words(Setting setting, Func<EngineSettings, string> read) => new(setting, OwnerOf(setting), read);

    private static string OwnerOf(Setting setting) => SettingOwners.Of(setting.Key);

    private static string OrNone(string list) => list.Length == 0 ? "none" : list;

    private static decimal Millis(long nanos) => (decimal)nanos / UtcNanos.PerMillisecond;

    private static string Plain(decimal value) => Decimals.Plain(Decimals.Trim(value)).ToString(CultureInfo.InvariantCulture);
}
