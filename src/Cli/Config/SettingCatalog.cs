using System.Net;
using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution;
using Parallax.Trading.Execution.Estimates;
using Parallax.Trading.Risk;
using Parallax.Venues.Kraken.Live;
using static Parallax.Cli.Config.SettingKinds;

namespace Parallax.Cli.Config;

/// <summary>Every setting there is. Nothing is validated, shown or documented that does not stand here.</summary>
/// <remarks>
/// To add one: a field here, in its place in <see cref="All"/>, and its use in <see cref="ParallaxSettings"/>. The defaults are those of a session
/// that trades; a backtest has its own (docs/concepts/backtest.md).
/// </remarks>
public static class SettingCatalog
{
    private const decimal Trillion = 1_000_000_000_000m;
    private const long DayMillis = 86_400_000;

    public static readonly Setting<decimal> Capital = Number(
        $"capital.{SettingName.AssetPlaceholder}", 0m, 0m, Trillion, "the asset", "What is owned at the start, by asset; simulated fills trade it.");

    public static readonly Setting<IReadOnlyList<Asset>> StartAssets = Assets(
        "start-assets", "those of the capital", "Assets in which plans begin and end; the first is the reporting currency.");

    public static readonly Setting<long> LegsMax = Whole("legs-max", 3, 3, 5, "legs", "Longest cycle.");

    public static readonly Setting<decimal> FeeBps = Number("fees.bps", 26m, -100m, 1_000m, "bps", "Taker fee of every market; negative is a rebate.");

    public static readonly Setting<FeeMode> FeeMode = Choice(
        "fees.mode", Domain.FeeMode.Receive, null, "Which asset pays the fee.", FeeModes);

    public static readonly Setting<decimal?> FeeStep = OptionalNumber(
        "fees.step", 0.000000000000000001m, 1m, "fee asset", "exact", "Fees are rounded up to a multiple of this.");

    public static readonly Setting<decimal?> PairFeeBps = OptionalNumber(
        $"fees.pairs.{SettingName.PairPlaceholder}.bps", -100m, 1_000m, "bps", "`fees.bps`", "Taker fee of one market.");

    public static readonly Setting<FeeMode> PairFeeMode = Choice(
        $"fees.pairs.{SettingName.PairPlaceholder}.mode", Domain.FeeMode.Receive, "`fees.mode`", "Which asset pays the fee of one market.", FeeModes);

    public static readonly Setting<long> BookAgeMillisMax = Whole(
        "limits.book-age-ms", 500, 0, DayMillis, "ms", "Oldest book that a leg may stand on.", "risk.book-age-millis-max");

    public static readonly Setting<long> LegCoherenceMillisMax = Whole(
        "limits.leg-coherence-ms", 250, 0, DayMillis, "ms", "How far apart in time the books of a plan's legs may be.", "risk.leg-coherence-millis-max");

    public static readonly Setting<long> ClockSkewMillisMax = Whole(
        "limits.clock-skew-ms", 250, 0, DayMillis, "ms", "Largest difference between a book's venue time and its received time.", "risk.clock-skew-millis-max");

    public static readonly Setting<decimal> NetEdgeBpsMin = Number(
        "limits.min-edge-bps", 5m, 0m, 10_000m, "bps", "Least profit after fees and rounding, of what is spent.", "risk.net-edge-bps-min");

    public static readonly Setting<decimal> NotionalMax = Number(
        "limits.notional-max", 1_000m, 0.00000001m, Trillion, "reporting currency", "Most that one plan spends; larger ones are cut to it.", "risk.notional-max");

    public static readonly Setting<decimal> NotionalMin = Number(
        "limits.notional-min", 10m, 0m, Trillion, "reporting currency", "Least that is worth a plan; at most `limits.notional-max`.", "risk.notional-min");

    public static readonly Setting<decimal> ReserveFraction = Number(
        "limits.reserve-fraction", 0.05m, 0m, 1m, "share of the balance", "Share of the start asset's balance that is never spent.", "risk.reserve-fraction");

    public static readonly Setting<long> OpenPlansMax = Whole(
        "limits.open-plans", 4, 0, 1_000, "plans", "Plans open at one time; 0 starts none.", "risk.open-plans-max");

    public static readonly Setting<StableCoins> StableCoins = CoinList(
        "limits.stable-coins", Trading.Risk.StableCoins.Usual, "Assets that promise to be worth one USD; the peg of each is watched on its markets against USD.");

    public static readonly Setting<QuietHours> QuietHours = DayTimes(
        "limits.quiet-hours", "Times of the UTC day at which no plan is opened.");

    /// <summary>The other limits, each made of its term.</summary>
    public static readonly IReadOnlyList<(LimitTerm Term, Setting<decimal> Setting)> Limits = [.. LimitCatalog.All.Select(term => (term, Limit(term)))];

    public static readonly Setting<RiskProfile> RiskProfile = Choice(
        "risk.profile",
        Config.RiskProfile.Moderate,
        null,
        "Which defaults the limits have; each can still be set by itself.",
        ("conservative", Config.RiskProfile.Conservative),
        ("moderate", Config.RiskProfile.Moderate),
        ("aggressive", Config.RiskProfile.Aggressive));

    public static readonly Setting<decimal> ContinueLossBpsMax = Number(
        "execution.continue-loss-bps", 10m, 0m, 1_000m, "bps", "What going on after a failed leg may lose, of what was spent.");

    public static readonly Setting<bool> AlternativeRoutes = Switch(
        "execution.alternative-routes", true, "Whether what a plan holds after a failed leg, or a residual, may go home over other markets of its venue, at most two, where that brings more than going back.");

    public static readonly Setting<long> OrdersMax = Whole(
        "execution.orders-max", 12, 3, 1_000, "orders", "Orders that one plan may send, re-quotes and unwinding included.");

    public static readonly Setting<decimal> QueryPauseMillis = Number(
        "execution.query-pause-ms", 1_000m, 1m, 60_000m, "ms", "Pause before an order of unknown outcome is asked for again.");

    public static readonly Setting<long> NotFoundAnswers = Whole(
        "execution.not-found-answers", 3, 1, 100, "answers", "How often a venue must not know an order before it counts as never placed.");

    public static readonly Setting<decimal> NotFoundMillisMin = Number(
        "execution.not-found-ms", 5_000m, 0m, 600_000m, "ms", "And between the first and the last of these answers lies at least this: how long a venue may take to list an order.");

    public static readonly Setting<decimal> LookPauseMillis = Number(
        "execution.look-pause-ms", 250m, 1m, 60_000m, "ms", "Pause before money that no book takes is looked at again.");

    public static readonly Setting<decimal> ResidualMillisMax = Number(
        "execution.residual-ms", 5_000m, 0m, 3_600_000m, "ms", "How long such money waits before it is declared a residual; 0 declares it at once.");

    public static readonly Setting<decimal> OrderDeadlineMillis = Number(
        "execution.order-deadline-ms", 15_000m, 1m, 600_000m, "ms", "How long an order may go without an answer before its outcome counts as unknown.");

    public static readonly Setting<decimal> ResidualLookMillis = Number(
        "execution.residual-look-ms", 0m, 0m, 3_600_000m, "ms", "How often a residual is looked at, whether its book pays what it cost by now; 0 leaves it to an operator.");

    public static readonly Setting<KillPolicy> KillPolicy = Choice(
        "execution.kill-policy",
        Trading.Execution.KillPolicy.Finish,
        null,
        "What a kill does with plans that have money out: `finish` sends their legs and their way home, `hold` sends nothing and lists what they hold.",
        ("finish", Trading.Execution.KillPolicy.Finish),
        ("hold", Trading.Execution.KillPolicy.Hold));

    public static readonly Setting<PolicyChoosing> PolicyChoosing = Choice(
        "execution.policy",
        Trading.Execution.Estimates.PolicyChoosing.Sequential,
        null,
        "How a plan's legs are sent: always one after the other, or in whatever order has the highest expected value.",
        Policies);

    public static readonly Setting<decimal> ExpectedValueBpsMin = Number(
        "execution.expected-value-bps", 0m, -10_000m, 10_000m, "bps", "Least expected value of a plan, of its input, where it is estimated.");

    public static readonly Setting<string?> Practice = Folder(
        "execution.practice",
        "the paper session's, where there is one",
        "Journal of simulated sessions: what a live session expects of a route before it has tried it.");

    public static readonly Setting<decimal> SurveyEveryMillis = Number(
        "execution.survey-every-ms", 60_000m, 1_000m, 86_400_000m, "ms", "How often the venue's account is compared with the ledger.");

    public static readonly Setting<decimal> SurveyPauseMillis = Number(
        "execution.survey-pause-ms", 2_000m, 100m, 3_600_000m, "ms", "Pause before the account is asked for again when an answer failed or was not whole.");

    public static readonly Setting<decimal> HistoryEveryMillis = Number(
        "execution.history-every-ms", 3_600_000m, 0m, DayMillis, "ms", "How often such a comparison reaches back over the last day's trades, for fees that were corrected and trades that were reversed; 0 never.");

    public static readonly Setting<decimal> EntryMillis = Number(
        "simulation.latency-ms", 20m, 0m, 60_000m, "ms", "From the decision to the simulated venue.");

    public static readonly Setting<decimal?> ResponseMillis = OptionalNumber(
        "simulation.response-latency-ms", 0m, 60_000m, "ms", "`simulation.latency-ms`", "From the simulated venue back to the engine.");

    public static readonly Setting<IReadOnlyList<decimal>> EntryQuantiles = Quantiles(
        "simulation.entry-quantiles-ms", "Latencies to the venue at evenly spaced shares of all orders, smallest first; drawn by the seed.");

    public static readonly Setting<IReadOnlyList<decimal>> ResponseQuantiles = Quantiles(
        "simulation.response-quantiles-ms", "The same for the way back.");

    public static readonly Setting<long> RefillMillis = Whole(
        "simulation.refill-ms", 1_000, 0, 3_600_000, "ms", "How long a level we took from stays taken while it does not change.");

    public static readonly Setting<decimal> RejectRate = Number(
        "simulation.reject-rate", 0m, 0m, 1m, "share of orders", "Orders that the simulated venue refuses for no reason of ours.");

    public static readonly Setting<long> Seed = Whole("simulation.seed", 1, 0, long.MaxValue, "", "Of every chance in the simulation.");

    public static readonly Setting<bool> KrakenEnabled = Switch(
        "venues.kraken.enabled", true, "Whether a session may trade there, on paper or for real; one whose strategy would is refused at its start.");

    public static readonly Setting<Uri?> KrakenEndpoint = WebAddress(
        "venues.kraken.endpoint", "Kraken's own", "Where the venue is reached, REST and WebSocket; a loopback server for trials.");

    public static readonly Setting<IReadOnlyList<string>> KrakenSymbols = Pairs(
        "venues.kraken.symbols", "all that cycles use", "Markets to watch.");

    public static readonly Setting<int> KrakenDepth = Choice(
        "venues.kraken.depth", 10, null, "Levels a side of every book.", ("10", 10), ("25", 25), ("100", 100), ("500", 500), ("1000", 1_000));

    public static readonly Setting<KrakenTier> KrakenAccountTier = Choice(
        "venues.kraken.tier",
        KrakenTier.Starter,
        null,
        "The account's verification tier: how often it may ask and order; a fifth of that is kept for cancels and unwinding.",
        [.. KrakenTier.All.Select(tier => (tier.Name, tier))]);

    public static readonly Setting<long> KrakenSurveyMinutes = Whole(
        "venues.kraken.survey-minutes", 30, 1, 1_440, "min", "How long one reading of the account's history may take within what the tier allows to ask; the next one goes on from there.");

    public static readonly Setting<string?> KrakenApiKey = Secret(
        "venues.kraken.api-key", 8, "the vault's", "Key of the account, instead of one in the vault; its secret stands beside it.");

    public static readonly Setting<string?> KrakenApiSecret = Secret(
        "venues.kraken.api-secret", 16, "the vault's", "Secret of that key.");

    public static readonly Setting<string> KrakenKeyName = Name(
        "venues.kraken.key", "kraken", "Name of the account's key in the vault.");

    public static readonly Setting<string?> KeysFile = SettingKinds.File(
        "keys.file", "`parallax/keys.json` in the user's settings folder", "The vault that `keys` seals keys in.");

    public static readonly Setting<string?> KeysPassphrase = Secret(
        "keys.passphrase", 10, "asked for", "Opens the vault where nobody sits to type it.", isPhrase: true);

    public static readonly Setting<long> HttpPort = Whole("http.port", 9090, 0, 65_535, "", "Port of the page and the API; 0 takes any that is free.");

    public static readonly Setting<IPAddress> HttpBind = NetworkAddress(
        "http.bind", IPAddress.Loopback, "Network address that the page and the API listen on.");

    public static readonly Setting<string?> HttpToken = Secret(
        "http.token", 16, "made anew at every start", "What a request must carry to change anything; `kill` and `resume` find it by themselves.");

    public static readonly Setting<string?> Store = SettingKinds.Store(
        "store.address", "`parallax.db` in the data folder", "Where the tables are kept.");

    public static readonly Setting<decimal> StoreLagMillisMax = Number(
        "store.lag-ms", 5_000m, 100m, 3_600_000m, "ms", "How far the tables may be behind the journal before no plan is opened.");

    public static readonly Setting<string?> StorePassword = Secret(
        "store.password", 1, "none", "Password of the store's user, so that it need not stand in the address.");

    public static readonly Setting<string?> DataFolder = Folder(
        "data.folder", "`parallax-data/MODE`", "Where journal, recording, tables and the running instance's file are kept.");

    public static readonly Setting<string?> HeartbeatFile = SettingKinds.File(
        "heartbeat.file", "no heartbeat", "A file that somebody outside touches as long as all is well: trading is killed when it falls silent.");

    public static readonly Setting<decimal> HeartbeatSeconds = Number(
        "heartbeat.max-s", 60m, 2m, 86_400m, "s", "How long that file may stay untouched.");

    public static readonly Setting<FlushPolicy> JournalFlush = Choice(
        "journal.flush",
        FlushPolicy.Disk,
        null,
        "How far an order's intent gets before the order leaves: `disk` survives a loss of power, `os` the end of the process only.",
        ("disk", FlushPolicy.Disk),
        ("os", FlushPolicy.Os));

    public static readonly Setting<bool> Recording = Switch(
        "recording.enabled", true, "Whether everything the engine is told is kept as a tape, so that the session can be replayed.");

    public static readonly Setting<bool> FollowUps = Switch(
        "follow-ups.enabled", true, "Whether refused opportunities are looked at again after 50, 250 and 1,000 ms, to learn what they would have made. Off in a backtest unless set.");

    public static readonly Setting<Weight> AlertsLevel = Choice(
        "alerts.level", Weight.Warning, null, "What is told by the channels below; the page shows all of it.",
        ("notice", Weight.Notice), ("warning", Weight.Warning), ("critical", Weight.Critical));

    public static readonly Setting<string?> TelegramToken = Secret(
        "alerts.telegram.token", 20, "no Telegram", "Token of the bot that tells alerts.");

    public static readonly Setting<long> TelegramChat = Whole(
        "alerts.telegram.chat", 0, -4_503_599_627_370_495, 4_503_599_627_370_495, "", "Number of the chat it writes to, and the only one it listens to; negative for a group.");

    public static readonly Setting<bool> TelegramCommands = Switch(
        "alerts.telegram.commands", false, "Whether `/status` and `/kill` from that chat are obeyed.");

    public static readonly Setting<Uri?> TelegramEndpoint = WebAddress(
        "alerts.telegram.endpoint", "https://api.telegram.org", "Where the bot's interface is.");

    public static readonly Setting<string?> DiscordWebhook = Secret(
        "alerts.discord.webhook", 20, "no Discord", "Address of a Discord channel's webhook, as Discord shows it.");

    public static readonly Setting<DnsEndPoint?> EmailServer = AlertKinds.Server(
        "alerts.email.server", "no e-mail", "Host and port that e-mail is handed in at.");

    public static readonly Setting<bool> EmailTls = Switch("alerts.email.tls", true, "Whether STARTTLS comes before anything is said to that host.");

    public static readonly Setting<string?> EmailFrom = AlertKinds.Mailbox("alerts.email.from", "needed for e-mail", "Sender of the e-mail.");

    public static readonly Setting<IReadOnlyList<string>> EmailTo = AlertKinds.Mailboxes("alerts.email.to", "needed for e-mail", "Who gets it.");

    public static readonly Setting<string?> EmailUser = Secret("alerts.email.user", 1, "none", "Name to sign in with.");

    public static readonly Setting<string?> EmailPassword = Secret("alerts.email.password", 1, "none", "Password of that user.", isPhrase: true);

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Capital, StartAssets, LegsMax,
        FeeBps, FeeMode, FeeStep, PairFeeBps, PairFeeMode,
        BookAgeMillisMax, LegCoherenceMillisMax, ClockSkewMillisMax, NetEdgeBpsMin, NotionalMax, NotionalMin, ReserveFraction, OpenPlansMax,
        .. Limits.Select(limit => limit.Setting), StableCoins, QuietHours, RiskProfile,
        ContinueLossBpsMax, AlternativeRoutes, OrdersMax, QueryPauseMillis, NotFoundAnswers, NotFoundMillisMin, OrderDeadlineMillis, LookPauseMillis, ResidualMillisMax, ResidualLookMillis,
        KillPolicy, PolicyChoosing, ExpectedValueBpsMin, Practice, SurveyEveryMillis, SurveyPauseMillis, HistoryEveryMillis,
        EntryMillis, ResponseMillis, EntryQuantiles, ResponseQuantiles, RefillMillis, RejectRate, Seed,
        KrakenEnabled, KrakenEndpoint, KrakenSymbols, KrakenDepth, KrakenAccountTier, KrakenSurveyMinutes, KrakenKeyName, KrakenApiKey, KrakenApiSecret, KeysFile, KeysPassphrase,
        HttpPort, HttpBind, HttpToken,
        Store, StorePassword, StoreLagMillisMax, DataFolder, HeartbeatFile, HeartbeatSeconds, JournalFlush, Recording, FollowUps,
        AlertsLevel, TelegramToken, TelegramChat, TelegramCommands, TelegramEndpoint, DiscordWebhook,
        EmailServer, EmailTls, EmailFrom, EmailTo, EmailUser, EmailPassword,
    ];

    /// <summary>A fee in a third asset needs prices of that asset, which no setting gives.</summary>
    private static (string, FeeMode)[] FeeModes =>
        [("receive", Domain.FeeMode.Receive), ("quote", Domain.FeeMode.Quote), ("base", Domain.FeeMode.Base), ("spend", Domain.FeeMode.Spend)];

    private static (string, PolicyChoosing)[] Policies =>
        [("sequential", Trading.Execution.Estimates.PolicyChoosing.Sequential), ("expected-value", Trading.Execution.Estimates.PolicyChoosing.ExpectedValue)];

    /// <summary>As <see cref="PolicyChoosing"/> takes it.</summary>
    internal static string WordOf(PolicyChoosing choosing) => Array.Find(Policies, policy => policy.Item2 == choosing).Item1;

    /// <returns>The setting that a key as it was written means; null when there is none.</returns>
    public static Setting? Find(IReadOnlyList<string> written) =>
        All.FirstOrDefault(setting => SettingName.Matches(setting.Key, written) || (setting.Alias is { } alias && SettingName.Matches(alias, written)));

    /// <summary>What to say about a key that is no setting: what stands in it, or what looks most like it.</summary>
    /// <returns>The rest of a sentence, or nothing.</returns>
    public static string Hint(IReadOnlyList<string> written)
    {
        var inside = All.Where(setting => SettingName.IsSectionOf(setting.Key, written)).Select(setting => setting.Key).ToList();
        if (inside.Count > 0)
        {
            return $"; it holds {string.Join(", ", inside)}";
        }

        var key = string.Join('.', written.Select(SettingName.Folded));
        var (nearest, distance) = All
            .SelectMany(setting => setting.Alias is { } alias ? new[] { setting.Key, alias } : [setting.Key])
            .Select(known => (Key: known, Distance: DistanceTo(known, written, key)))
            .MinBy(one => one.Distance);

        // Further off it is a guess that leads astray.
        return distance <= Math.Max(2, key.Length / 2) ? $"; the nearest is {nearest}" : "";
    }

    private static int DistanceTo(string known, IReadOnlyList<string> written, string key)
    {
        var levels = known.Split('.');
        var name = levels.Length == written.Count
            ? levels.Select((level, i) => SettingName.Folded(SettingName.IsPlaceholder(level) ? written[i] : level))
            : levels.Select(SettingName.Folded);
        var whole = SettingName.Distance(string.Join('.', name), key);

        // The right name in the wrong section is nearer than its letters say.
        return SettingName.Folded(levels[^1]) == SettingName.Folded(written[^1]) ? Math.Min(whole, 1) : whole;
    }
}
