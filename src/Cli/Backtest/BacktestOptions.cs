using System.CommandLine;
using Parallax.Cli.Config;
using Parallax.Cli.Options;
using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Trading.Engine;
using Parallax.Trading.Execution;
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

    /// <exception cref="UserErrorException">A setting is missing, out of range or contradicts another.</exception>
    public BacktestSettings Read(ParseResult parsed)
    {
        var file = parsed.GetValue(_config) is { } path ? ConfigFile.Read(path) : ConfigFile.None;
        var capital = Capital(parsed, file);
        if (capital.Values.All(amount => amount == 0m))
        {
            throw new UserErrorException("A backtest needs capital to start with; every amount given is zero.", ExitCodes.WrongUsage);
        }

        var startAssets = StartAssets(parsed, file, capital);
        var legsInFile = file.Whole("legs-max", 3, 3, 5, "legs");
        var latencyMs = Either(parsed.GetValue(_latency), file.Decimal("simulation.latency-ms", 20m, 0m, 60_000m, "ms"));
        var responseMs = file.Decimal("simulation.response-latency-ms", latencyMs, 0m, 60_000m, "ms");
        var seed = file.Whole("simulation.seed", 1, 0, long.MaxValue, "seed");
        var entry = Quantiles(file, "simulation.entry-quantiles-ms", latencyMs);
        var response = Quantiles(file, "simulation.response-quantiles-ms", responseMs);
        var rejectRate = file.Decimal("simulation.reject-rate", 0m, 0m, 1m, "share of orders");
        var refillMs = file.Whole("simulation.refill-ms", 1_000, 0, 3_600_000, "ms");
        var settings = new BacktestSettings
        {
            Entry = entry,
            Response = response,
            Seed = (ulong)seed,
            Faults = new OrderFaultRates { Reject = (double)rejectRate },
            Venue = new SimulatedVenueTerms
            {
                Fills = new TakerFillTerms { RefillNanos = refillMs * UtcNanos.PerMillisecond },
            },
            Engine = new EngineSettings
            {
                Mode = "backtest",
                Surroundings = new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["simulation.entry"] = entry.ToString(),
                    ["simulation.response"] = response.ToString(),
                    ["simulation.refill-ms"] = refillMs.ToString(),
                    ["simulation.reject-rate"] = Decimals.Plain(rejectRate),
                    ["simulation.seed"] = seed.ToString(),
                },
                Capital = capital,
                StartAssets = startAssets,
                LegsMax = (int)(parsed.GetValue(_legs) ?? legsInFile),
                Fees = Fees(parsed, file),
                Limits = Limits(parsed, file, capital.GetValueOrDefault(startAssets[0])),
                Execution = new ExecutionSettings
                {
                    ContinueLossBpsMax = file.Decimal("execution.continue-loss-bps", 10m, 0m, 1_000m, "bps"),
                    OrdersMax = (int)file.Whole("execution.orders-max", 12, 3, 1_000, "orders"),
                },
            },
        };
        file.RequireAllRead();
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
    /// quiet markets may be seconds old. Live keeps the conservative defaults of <see cref="RiskLimits"/>.
    /// </summary>
    private RiskLimits Limits(ParseResult parsed, ConfigFile file, decimal capital) => new()
    {
        BookAgeMillisMax = file.Whole("limits.book-age-ms", 5_000, 0, 86_400_000, "ms"),
        LegCoherenceMillisMax = file.Whole("limits.leg-coherence-ms", 5_000, 0, 86_400_000, "ms"),
        ClockSkewMillisMax = file.Whole("limits.clock-skew-ms", 86_400_000, 0, 86_400_000, "ms"),
        NetEdgeBpsMin = Either(parsed.GetValue(_minEdge), file.Decimal("limits.min-edge-bps", 1m, 0m, 10_000m, "bps")),
        NotionalMax = file.Decimal("limits.notional-max", capital > 0m ? capital : 1_000m, 0.00000001m, 1_000_000_000_000m, "reporting currency"),
        NotionalMin = file.Decimal("limits.notional-min", 0m, 0m, 1_000_000_000_000m, "reporting currency"),
        ReserveFraction = file.Decimal("limits.reserve-fraction", 0m, 0m, 1m, "share of the balance"),
        OpenPlansMax = (int)file.Whole("limits.open-plans", 4, 0, 1_000, "plans"),
    };

    private FeeTable Fees(ParseResult parsed, ConfigFile file)
    {
        var modeInFile = Mode(file, "fees.mode", FeeMode.Receive);
        var common = new FeeTerms(
            Either(parsed.GetValue(_feeBps), file.Decimal("fees.bps", 26m, -100m, 1_000m, "bps")) / 10_000m,
            parsed.GetValue(_feeMode) ?? modeInFile,
            file.Has("fees.step") ? file.Decimal("fees.step", 0m, 0.000000000000000001m, 1m, "fee asset") : null);
        var pairs = new SortedDictionary<string, FeeTerms>(StringComparer.Ordinal);
        foreach (var pair in file.Below("fees.pairs").ToList())
        {
            pairs[pair] = new FeeTerms(
                file.Decimal($"fees.pairs.{pair}.bps", common.Rate * 10_000m, -100m, 1_000m, "bps") / 10_000m,
                Mode(file, $"fees.pairs.{pair}.mode", common.Mode),
                common.Step);
        }

        return new FeeTable(common, pairs);
    }

    private IReadOnlyDictionary<Asset, decimal> Capital(ParseResult parsed, ConfigFile file)
    {
        var capital = new OrderedDictionary<Asset, decimal>();
        foreach (var name in file.Below("capital").ToList())
        {
            var amount = file.Decimal($"capital.{name}", 0m, 0m, 1_000_000_000_000m, "amount");
            capital[Asset.IsCode(name) ? new Asset(name) : throw file.Wrong($"capital.{name}", "an asset code as its name")] = amount;
        }

        return parsed.GetValue(_capital) is { Count: > 0 } given ? given
            : capital.Count > 0 ? capital
            : throw new UserErrorException("A backtest needs capital to start with: --capital USD=10000, or 'capital:' in the --config file.", ExitCodes.WrongUsage);
    }

    private IReadOnlyList<Asset> StartAssets(ParseResult parsed, ConfigFile file, IReadOnlyDictionary<Asset, decimal> capital)
    {
        var inFile = file.Text("start-assets");
        if (parsed.GetValue(_startAssets) is { Count: > 0 } given)
        {
            return given;
        }

        var names = inFile?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return names.All(Asset.IsCode)
            ? names.Length > 0 ? [.. names.Select(name => new Asset(name)).Distinct()] : [.. capital.Keys]
            : throw file.Wrong("start-assets", "a list of asset codes");
    }

    /// <summary>A fee in a third asset needs prices of that asset, which no setting gives.</summary>
    private static FeeMode Mode(ConfigFile file, string key, FeeMode fallback) => file.OneOf(key, fallback) is var mode and not FeeMode.Third
        ? mode
        : throw file.Wrong(key, "one of receive, quote, base, spend");

    /// <summary>The command line wins; the file's value is read all the same, so that it is known, and refused when it is wrong.</summary>
    private static decimal Either(decimal? given, decimal inFile) => given ?? inFile;

    /// <summary>Latencies at evenly spaced shares of all messages, the smallest first and the largest last; one value for all without the key.</summary>
    private static LatencyQuantiles Quantiles(ConfigFile file, string key, decimal constantMs)
    {
        if (file.Text(key) is not { } list)
        {
            return LatencyQuantiles.Always(Nanos(constantMs));
        }

        var points = new List<(int PerMillion, long Nanos)>();
        var parts = list.Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts.Length < 2 || !Parse.TryDecimal(parts[i], out var millis) || millis is < 0m or > 60_000m || (i > 0 && Nanos(millis) < points[^1].Nanos))
            {
                throw file.Wrong(key, "two or more numbers from 0 to 60000 (ms), none smaller than the one before");
            }

            points.Add(((int)(1_000_000L * i / (parts.Length - 1)), Nanos(millis)));
        }

        return new LatencyQuantiles([.. points]);
    }

    private static long Nanos(decimal millis) => (long)(millis * UtcNanos.PerMillisecond);

    private static T? Wrong<T>(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError($"{sentence}; found '{result.Tokens[0].Value}'.");
        return default;
    }
}
