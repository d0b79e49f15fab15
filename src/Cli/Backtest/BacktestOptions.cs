using System.CommandLine;
using Parallax.Cli.Config;
using Parallax.Cli.Options;
using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Backtest;

/// <summary>The settings of a backtest from the command line and a YAML file; the command line wins.</summary>
internal sealed class BacktestOptions
{
    private readonly Option<IReadOnlyDictionary<Asset, decimal>> _capital = new("--capital")
    {
        Description = "What is owned at the start: USD=10000, repeat or separate by commas.",
        HelpName = "ASSET=AMOUNT",
        CustomParser = Parse.Amounts,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<decimal?> _feeBps = new("--fee-bps")
    {
        Description = "Taker fee of every market. Default 26.",
        HelpName = "bps",
        CustomParser = result => Parse.Decimal(result, -100m, 1_000m, "bps"),
    };

    private readonly Option<FeeMode?> _feeMode = new("--fee-mode")
    {
        Description = "Which asset pays the fee: receive, quote, base or spend. Default receive.",
        HelpName = "mode",
        CustomParser = result => Enum.TryParse<FeeMode>(result.Tokens[0].Value, ignoreCase: true, out var mode) && mode is not FeeMode.Third
                && !char.IsAsciiDigit(result.Tokens[0].Value[0])
            ? mode
            : Wrong<FeeMode?>(result, "--fee-mode takes receive, quote, base or spend"),
    };

    private readonly Option<decimal?> _latency = new("--latency-ms")
    {
        Description = "Time an order takes to the venue, and its report back: each way. Default 20.",
        HelpName = "ms",
        CustomParser = result => Parse.Decimal(result, 0m, 60_000m, "ms"),
    };

    private readonly Option<decimal?> _minEdge = new("--min-edge-bps")
    {
        Description = "Least profit after fees and rounding, of what is spent. Default 1.",
        HelpName = "bps",
        CustomParser = result => Parse.Decimal(result, 0m, 10_000m, "bps"),
    };

    private readonly Option<IReadOnlyList<Asset>> _startAssets = new("--start-assets")
    {
        Description = "Assets in which plans begin and end; the first is the reporting currency. Default: those of --capital.",
        HelpName = "A,B",
        CustomParser = Parse.Assets,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<long?> _legs = new("--legs")
    {
        Description = "Longest cycle, 3 to 5 legs. Default 3.",
        HelpName = "n",
        CustomParser = result => Parse.Whole(result, 3, 5, "a number of legs"),
    };

    private readonly Option<string?> _config = new("--config") { Description = "Settings in YAML; see docs/concepts/backtest.md.", HelpName = "FILE" };

    public IEnumerable<Symbol> All => [_capital, _feeBps, _feeMode, _latency, _minEdge, _startAssets, _legs, _config];

    /// <summary>A session's tape holds its settings; others would give another journal.</summary>
    /// <exception cref="UserErrorException">One of these options was given.</exception>
    public void RequireNone(ParseResult parsed, string tape)
    {
        if (All.OfType<Option>().FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UserErrorException($"'{tape}' is a session's tape and is played as recorded, with the settings it holds: leave out {given.Name}.", ExitCodes.WrongUsage);
        }
    }

    /// <exception cref="UserErrorException">A setting is missing, out of range or contradicts another.</exception>
    public BacktestSettings Read(ParseResult parsed)
    {
        // The named file alone: a backtest that an environment or another folder changed would not be the same again.
        var set = SettingSet.Read(new SettingSources { File = parsed.GetValue(_config) is { } path ? ConfigFile.Read(path) : ConfigFile.None });
        set.RequireSound();
        var capital = Capital(parsed, set);
        if (capital.Values.All(amount => amount == 0m))
        {
            throw new UserErrorException("A backtest needs capital to start with; every amount given is zero.", ExitCodes.WrongUsage);
        }

        var startAssets = StartAssets(parsed, set, capital);
        var simulation = SimulationSettings.Of(set, parsed.GetValue(_latency));
        var settings = new BacktestSettings
        {
            Entry = simulation.Entry,
            Response = simulation.Response,
            Seed = simulation.Seed,
            Faults = new OrderFaultRates { Reject = (double)simulation.RejectRate },
            Venue = new SimulatedVenueTerms
            {
                Fills = new TakerFillTerms { RefillNanos = simulation.RefillMillis * UtcNanos.PerMillisecond },
            },
            Engine = new EngineSettings
            {
                Mode = "backtest",
                Surroundings = simulation.Surroundings(),
                Capital = capital,
                StartAssets = startAssets,
                LegsMax = (int)(parsed.GetValue(_legs) ?? set.Get(SettingCatalog.LegsMax)),
                Fees = EngineSettingsReader.Fees(set, parsed.GetValue(_feeBps), parsed.GetValue(_feeMode)),
                Limits = Limits(parsed, set, capital.GetValueOrDefault(startAssets[0])),
                Execution = EngineSettingsReader.Execution(set),
                FollowsRefusals = set.Get(SettingCatalog.FollowUps, false),
            },
        };
        try
        {
            settings.Engine.Validated();
        }
        catch (ArgumentException wrong)
        {
            // Each value alone is in its range; together they contradict.
            throw new UserErrorException(wrong.Message, ExitCodes.WrongUsage, wrong);
        }

        return settings;
    }

    /// <summary>
    /// In a simulation nothing real is at stake and the capital is stated: the whole of it may be used, and books of recordings with
    /// quiet markets may be seconds old. The limits of account, market and pace bind where the file says so. Live keeps the conservative defaults of <see cref="RiskLimits"/>.
    /// </summary>
    private RiskLimits Limits(ParseResult parsed, SettingSet set, decimal capital)
    {
        var limits = EngineSettingsReader.Limits(set, new RiskLimits
        {
            BookAgeMillisMax = 5_000,
            LegCoherenceMillisMax = 5_000,
            ClockSkewMillisMax = 86_400_000,
            NetEdgeBpsMin = 1m,
            NotionalMax = capital > 0m ? capital : 1_000m,
            NotionalMin = 0m,
            ReserveFraction = 0m,
        }.Loosened());
        return parsed.GetValue(_minEdge) is { } bps ? limits with { NetEdgeBpsMin = bps } : limits;
    }

    private IReadOnlyDictionary<Asset, decimal> Capital(ParseResult parsed, SettingSet set)
    {
        var inFile = EngineSettingsReader.Capital(set);
        return parsed.GetValue(_capital) is { Count: > 0 } given ? given
            : inFile.Count > 0 ? inFile
            : throw new UserErrorException("A backtest needs capital to start with: --capital USD=10000, or 'capital:' in the --config file.", ExitCodes.WrongUsage);
    }

    private IReadOnlyList<Asset> StartAssets(ParseResult parsed, SettingSet set, IReadOnlyDictionary<Asset, decimal> capital) =>
        parsed.GetValue(_startAssets) is { Count: > 0 } given ? given
        : set.Get(SettingCatalog.StartAssets) is { Count: > 0 } named ? named
        : [.. capital.Keys];

    private static T? Wrong<T>(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError($"{sentence}; found '{result.Tokens[0].Value}'.");
        return default;
    }
}
