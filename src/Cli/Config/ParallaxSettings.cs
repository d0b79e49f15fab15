using System.Net;
using Parallax.Cli.Alerts;
using Parallax.Cli.Keys;
using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.Simulation.Latency;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Config;

/// <summary>What a session is told at its start: every setting with its type, from parallax.yaml, the environment and the command line.</summary>
/// <remarks>Read once and checked as a whole; immutable. The meaning of each stands in <see cref="SettingCatalog"/>.</remarks>
public sealed record ParallaxSettings
{
    /// <summary>In the order given; empty when nobody said what is owned.</summary>
    public required IReadOnlyDictionary<Asset, decimal> Capital { get; init; }

    /// <summary>Those of the capital when nobody named any; empty when there is none.</summary>
    public required IReadOnlyList<Asset> StartAssets { get; init; }

    public required int LegsMax { get; init; }

    public required FeeTable Fees { get; init; }

    public required RiskLimits Limits { get; init; }

    public required ExecutionSettings Execution { get; init; }

    public required SimulationSettings Simulation { get; init; }

    public required VenueSettings Kraken { get; init; }

    public required KeySettings Keys { get; init; }

    public required HttpSettings Http { get; init; }

    public required StoreSettings Store { get; init; }

    /// <summary>Null without one: then it is <c>parallax-data/MODE</c>, see <see cref="DataFolderOf"/>.</summary>
    public required string? DataFolder { get; init; }

    /// <summary>Null without one.</summary>
    public required Instance.Heartbeat? Heartbeat { get; init; }

    /// <summary>How far an order's intent gets before the order leaves.</summary>
    public required FlushPolicy JournalFlush { get; init; }

    /// <summary>Journal of simulated sessions; null for the paper session's, where there is one.</summary>
    public required string? Practice { get; init; }

    public required bool IsRecording { get; init; }

    /// <summary>See <see cref="EngineSettings.FollowsRefusals"/>.</summary>
    public required bool FollowsRefusals { get; init; }

    public required AlertSettings Alerts { get; init; }

    /// <summary>The file that some of them stand in, as it was read.</summary>
    public ConfigFile File { get; init; } = ConfigFile.None;

    /// <summary>What works and should be mended; one sentence each. Nothing secret is in them.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="UserErrorException">Lists every mistake: file, line, key, what is allowed and what was found.</exception>
    public static ParallaxSettings Load(SettingSources sources) => Of(SettingSet.Read(sources)) with { File = sources.File };

    /// <exception cref="UserErrorException">Lists every mistake.</exception>
    public static ParallaxSettings Of(SettingSet set)
    {
        CheckTogether(set);
        set.RequireSound();
        var capital = EngineSettingsReader.Capital(set);
        return new ParallaxSettings
        {
            Capital = capital,
            StartAssets = set.Get(SettingCatalog.StartAssets) is { Count: > 0 } named ? named : [.. capital.Keys],
            LegsMax = (int)set.Get(SettingCatalog.LegsMax),
            Fees = EngineSettingsReader.Fees(set),
            Limits = EngineSettingsReader.Limits(set, new RiskLimits()),
            Execution = EngineSettingsReader.Execution(set),
            Simulation = SimulationSettings.Of(set),
            Kraken = new VenueSettings(set.Get(SettingCatalog.KrakenEndpoint), set.Get(SettingCatalog.KrakenSymbols), set.Get(SettingCatalog.KrakenDepth), set.Get(SettingCatalog.KrakenAccountTier))
            {
                IsEnabled = set.Get(SettingCatalog.KrakenEnabled),
                SurveyMinutes = (int)set.Get(SettingCatalog.KrakenSurveyMinutes),
            },
            Keys = KeySettings.Of(set),
            Http = new HttpSettings(set.Get(SettingCatalog.HttpBind), (int)set.Get(SettingCatalog.HttpPort), set.Get(SettingCatalog.HttpToken)),
            Store = StoreSettings.Of(set),
            DataFolder = set.Get(SettingCatalog.DataFolder),
            Heartbeat = set.Get(SettingCatalog.HeartbeatFile) is { } file ? new Instance.Heartbeat(file, TimeSpan.FromSeconds((double)set.Get(SettingCatalog.HeartbeatSeconds))) : null,
            JournalFlush = set.Get(SettingCatalog.JournalFlush),
            Practice = set.Get(SettingCatalog.Practice),
            IsRecording = set.Get(SettingCatalog.Recording),
            FollowsRefusals = set.Get(SettingCatalog.FollowUps),
            Alerts = AlertSettings.Of(set),
            Notes = [.. set.Notes],
        };
    }

    /// <summary>Mistakes that two values make together are added to those of each alone.</summary>
    public static void CheckTogether(SettingSet set)
    {
        var notionalMax = set.Get(SettingCatalog.NotionalMax);
        if (set.Get(SettingCatalog.NotionalMin) > notionalMax)
        {
            var both = $"at most limits.notional-max, which is {Decimals.Plain(notionalMax)}";
            if (set.Has(SettingCatalog.NotionalMin))
            {
                set.Contradict(SettingCatalog.NotionalMin, both);
            }
            else
            {
                set.Contradict(SettingCatalog.NotionalMax, $"at least limits.notional-min, which is {Decimals.Plain(SettingCatalog.NotionalMin.Default)}");
            }
        }

        NoteLimitsAboveTheCapital(set);
        if (set.Get(SettingCatalog.ResponseQuantiles).Count > 0 && set.Has(SettingCatalog.ResponseMillis))
        {
            set.Note("simulation.response-latency-ms means nothing beside simulation.response-quantiles-ms.");
        }

        KeySettings.CheckTogether(set);
        AlertSettings.CheckTogether(set);
        if (!IPAddress.IsLoopback(set.Get(SettingCatalog.HttpBind)))
        {
            set.Note("http.bind lets other machines look at the page: whoever reaches it sees balances and plans.");
        }
    }

    /// <summary>A loss limit that the whole capital does not reach protects nothing, and nobody means it.</summary>
    private static void NoteLimitsAboveTheCapital(SettingSet set)
    {
        var reporting = set.Get(SettingCatalog.StartAssets) is [var first, ..] ? first.Code : null;
        var (_, capital) = set.Each(SettingCatalog.Capital).FirstOrDefault(one => reporting is null || one.Name == reporting);
        foreach (var (term, setting) in SettingCatalog.Limits.Where(one => one.Term.Key is "plan-loss" or "hourly-loss" or "daily-loss"))
        {
            if (capital > 0m && set.Has(setting) && set.Get(setting) >= capital)
            {
                set.Note($"limits.{term.Key} is not below the capital: it would stop trading when nothing is left to trade with.");
            }
        }
    }

    /// <summary>Where a session of this mode keeps what it writes.</summary>
    public string DataFolderOf(string mode) => DataFolder ?? Path.Combine(Instance.RunningInstance.Root, mode);

    /// <summary>What the engine is told.</summary>
    /// <param name="session">Counts sessions of one journal from 1.</param>
    /// <param name="surroundings">What else shaped the session, for the journal's readers.</param>
    public EngineSettings Engine(string mode, int session, IReadOnlyDictionary<string, string>? surroundings = null) => new()
    {
        Mode = mode,
        Session = session,
        Capital = Capital,
        StartAssets = StartAssets,
        LegsMax = LegsMax,
        Fees = Fees,
        Limits = Limits,
        Execution = Execution,
        FollowsRefusals = FollowsRefusals,
        Surroundings = surroundings ?? new Dictionary<string, string>(),
    };
}

/// <param name="Endpoint">Null for the venue's own.</param>
/// <param name="Symbols">Pairs, base before quote; empty for every market that a cycle uses.</param>
/// <param name="Depth">Levels a side.</param>
/// <param name="Tier">What the account may ask.</param>
public sealed record VenueSettings(Uri? Endpoint, IReadOnlyList<string> Symbols, int Depth, KrakenTier Tier)
{
    /// <summary>Whether a session may trade there.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How long one reading of the account's history may take.</summary>
    public int SurveyMinutes { get; init; } = 30;
}

/// <param name="Port">0 takes any that is free.</param>
/// <param name="Token">Null for one that is made at the start.</param>
public sealed record HttpSettings(IPAddress Bind, int Port, string? Token)
{
    /// <summary>Without the token: a record's own text would hold it.</summary>
    public override string ToString() => $"{Bind} port {Port}, token {(Token is null ? "made at the start" : Setting.Mask)}";
}

/// <param name="Address">With the password, if it has one; null for <c>parallax.db</c> in the data folder.</param>
/// <param name="LagMax">How far the tables may be behind the journal before no plan is opened.</param>
public sealed record StoreSettings(string? Address, TimeSpan LagMax)
{
    /// <summary>The address as it may be printed.</summary>
    public string? Shown => Address is null ? null : StoreAddress.WithoutPassword(Address);

    /// <inheritdoc/>
    public override string ToString() => Shown ?? "parallax.db in the data folder";

    internal static StoreSettings Of(SettingSet set) =>
        new(set.Get(SettingCatalog.Store) is { } address && set.Get(SettingCatalog.StorePassword) is { } password
            ? StoreAddress.WithPassword(address, password)
            : set.Get(SettingCatalog.Store),
            TimeSpan.FromMilliseconds((double)set.Get(SettingCatalog.StoreLagMillisMax)));
}

/// <summary>What a simulated venue assumes.</summary>
public sealed record SimulationSettings
{
    /// <summary>From the engine's decision to the order's arrival at the venue.</summary>
    public required LatencyQuantiles Entry { get; init; }

    /// <summary>From the venue's matching to the engine's knowledge of it.</summary>
    public required LatencyQuantiles Response { get; init; }

    public required long RefillMillis { get; init; }

    /// <summary>Share of orders.</summary>
    public required decimal RejectRate { get; init; }

    public required ulong Seed { get; init; }

    /// <param name="entryMillis">Constant latency that the command line asked for; null without.</param>
    public static SimulationSettings Of(SettingSet set, decimal? entryMillis = null)
    {
        var entry = entryMillis ?? set.Get(SettingCatalog.EntryMillis);
        return new SimulationSettings
        {
            Entry = Quantiles(set.Get(SettingCatalog.EntryQuantiles), entry),
            Response = Quantiles(set.Get(SettingCatalog.ResponseQuantiles), set.Get(SettingCatalog.ResponseMillis) ?? entry),
            RefillMillis = set.Get(SettingCatalog.RefillMillis),
            RejectRate = set.Get(SettingCatalog.RejectRate),
            Seed = (ulong)set.Get(SettingCatalog.Seed),
        };
    }

    /// <summary>For the journal's readers: what was assumed.</summary>
    public IReadOnlyDictionary<string, string> Surroundings() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["simulation.entry"] = Entry.ToString(),
        ["simulation.response"] = Response.ToString(),
        ["simulation.refill-ms"] = RefillMillis.ToString(),
        ["simulation.reject-rate"] = Decimals.Plain(RejectRate),
        ["simulation.seed"] = Seed.ToString(),
    };

    private static LatencyQuantiles Quantiles(IReadOnlyList<decimal> millis, decimal constantMillis) =>
        millis.Count == 0
            ? LatencyQuantiles.Always(Nanos(constantMillis))
            : new LatencyQuantiles([.. millis.Select((value, i) => ((int)(1_000_000L * i / (millis.Count - 1)), Nanos(value)))]);

    private static long Nanos(decimal millis) => (long)(millis * UtcNanos.PerMillisecond);
}
