using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Parallax.Cli.Instance;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Journal.Files;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Simulator;

/// <summary>A venue on this machine, for any client that speaks its protocol.</summary>
public static class SimulatorVerb
{
    private const string Key = "simulator";
    private const int SecretBytes = 64;
    private static readonly string DefaultSecretFile = Path.Combine(RunningInstance.Root, "simulator", "kraken.secret");
    private static readonly KrakenServerOptions Default = new();

    public static Command Create()
    {
        var venue = new Option<string>("--venue") { Description = "Whose protocol it speaks: kraken.", DefaultValueFactory = _ => "kraken", HelpName = "venue" };
        venue.AcceptOnlyFromAmong("kraken");
        var port = Number("--port", "Where it listens on 127.0.0.1; 0 for any free port.", 8080, 0, 65_535, "a port");
        var seed = Number("--seed", "Chooses the market: the same seed makes the same quotes.", (long)Default.Seed, 0, long.MaxValue, "a seed");
        var instruments = Number("--instruments", "How many markets the seed makes.", Default.Instruments, 1, 2_000, "a number of markets");
        var rate = Number("--rate", "Market records a second, all markets together.", Default.MarketRate, 1, 100_000, "a rate");
        var tape = new Option<string?>("--tape") { Description = "Replay this tape instead of a seeded market.", HelpName = "FILE" };
        var speed = new Option<decimal>("--speed")
        {
            Description = "How many times faster than recorded the tape runs.",
            DefaultValueFactory = _ => Default.Speed,
            HelpName = "times",
            CustomParser = result => Parse.Decimal(result, 0.001m, 10_000m, "times"),
        };
        var faults = new Option<FaultTerms>("--faults")
        {
            Description = "What goes wrong on purpose, each with its probability: disconnect, checksum, drop, duplicate, truncate, delay, reject, lost-ack, maintenance; or maintenance@30s..40s at a time.",
            DefaultValueFactory = _ => FaultTerms.None,
            HelpName = "checksum=0.0005,drop=0.001",
            CustomParser = result =>
            {
                try
                {
                    return FaultTerms.Parse(result.Tokens[0].Value);
                }
                catch (FormatException wrong)
                {
                    result.AddError(wrong.Message);
                    return FaultTerms.None;
                }
            },
        };
        var faultSeed = Number("--fault-seed", "Chooses which messages the faults befall.", (long)Default.FaultSeed, 0, long.MaxValue, "a seed");
        var balances = new Option<IReadOnlyDictionary<Asset, decimal>>("--balances")
        {
            Description = "What the account starts with.",
            DefaultValueFactory = _ => new Dictionary<Asset, decimal> { [new Asset("USD")] = 100_000m, [new Asset("USDT")] = 100_000m, [new Asset("EUR")] = 100_000m },
            HelpName = "USD=100000,BTC=1",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = Parse.Amounts,
        };
        var secretFile = new Option<string>("--secret-file")
        {
            Description = "Where the account's API secret is kept; made when it is not there.",
            DefaultValueFactory = _ => DefaultSecretFile,
            HelpName = "FILE",
        };
        var showSecret = new Option<bool>("--show-secret") { Description = "Print the API secret." };
        return Verb.Create(
            "simulator",
            "Runs a venue on this machine: REST and WebSocket in Kraken's protocol, a market that moves, orders that match.",
            "parallax simulator --venue kraken --port 8080 --faults checksum=0.0005,disconnect=0.0001",
            [venue, port, seed, instruments, rate, tape, speed, faults, faultSeed, balances, secretFile, showSecret],
            (parsed, cancellation) =>
            {
                if (parsed.GetValue(tape) is not null && (parsed.GetResult(seed) is { Implicit: false } || parsed.GetResult(instruments) is { Implicit: false }))
                {
                    throw new UserErrorException("--tape replays a recorded market; --seed and --instruments make one. Give one or the other.", ExitCodes.WrongUsage);
                }

                var path = parsed.GetRequiredValue(secretFile);
                var options = new KrakenServerOptions
                {
                    Port = (int)parsed.GetValue(port),
                    Seed = (ulong)parsed.GetValue(seed),
                    Instruments = (int)parsed.GetValue(instruments),
                    MarketRate = (int)parsed.GetValue(rate),
                    Tape = parsed.GetValue(tape) is { } file ? InputFile.Existing(file) : null,
                    Speed = parsed.GetValue(speed),
                    Faults = parsed.GetRequiredValue(faults),
                    FaultSeed = (ulong)parsed.GetValue(faultSeed),
                    Accounts = [new KrakenAccount(Key, Secret(path), KrakenPermissions.Trading, parsed.GetRequiredValue(balances))],
                };
                return RunAsync(options, path, parsed.GetValue(showSecret), TimeProvider.System, parsed.InvocationConfiguration, cancellation);
            });
    }

    private static async Task<int> RunAsync(
        KrakenServerOptions options, string secretFile, bool isSecretShown, TimeProvider time, InvocationConfiguration console, CancellationToken cancellation)
    {
        await using var server = await StartAsync(options, time, cancellation);
        await console.Output.WriteLineAsync(Introduction(server, options, secretFile, isSecretShown));
        var status = new ProgressLine<string>(console.Error, (line, _) => line);
        var started = time.GetTimestamp();
        try
        {
            using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
            while (await ticks.WaitForNextTickAsync(cancellation) && !server.Ended.IsCompleted)
            {
                status.Report(Status(await server.ActivityAsync(cancellation), server.Faults, time.GetElapsedTime(started)));
            }

            await server.Ended;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how a server ends.
        }

        status.Clear();
        await console.Output.WriteLineAsync($"Stopped after {Status(await server.ActivityAsync(CancellationToken.None), server.Faults, time.GetElapsedTime(started))}.");
        return ExitCodes.Done;
    }

    private static async Task<KrakenServer> StartAsync(KrakenServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await KrakenServer.StartAsync(options, time, cancellation);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new UserErrorException($"Port {options.Port} is taken. Choose another with --port, or 0 for any free one.", ExitCodes.Failed, taken);
        }
        catch (ArgumentException wrong)
        {
            throw new UserErrorException(wrong.Message, ExitCodes.WrongUsage, wrong);
        }
    }

    private static string Introduction(KrakenServer server, KrakenServerOptions options, string secretFile, bool isSecretShown)
    {
        var authority = server.Endpoint.Authority;
        var market = options.Tape is { } tape
            ? $"{tape} at {options.Speed.ToString(CultureInfo.InvariantCulture)} times its speed"
            : $"seed {options.Seed}, about {options.MarketRate:N0} records a second";
        var secret = isSecretShown ? options.Accounts[0].Secret : $"in {secretFile} (only you can read it; --show-secret prints it)";
        return
            $"""
            A venue that speaks Kraken's protocol: {server.Instruments.Count} instruments, {market}.

              REST         {server.Endpoint}0/public/Time
              WebSocket    ws://{authority}/v2 and, with a token, ws://{authority}/v2/private
              API key      {options.Accounts[0].Key}
              API secret   {secret}
              Funds        {string.Join(", ", options.Accounts[0].Balances.Select(balance => $"{Decimals.Plain(balance.Value)} {balance.Key}"))}
              Fees         {Decimals.Plain(options.Fees.Taker * 100)} % taking, {Decimals.Plain(options.Fees.Maker * 100)} % making, in quote
              Faults       {(options.Faults == FaultTerms.None ? "none" : options.Faults)}

            Only this machine can reach it. Ctrl-C ends it.
            """;
    }

    private static string Status(KrakenServerActivity activity, FaultCounts faults, TimeSpan uptime)
    {
        var line = $"{uptime:hh\\:mm\\:ss} · {activity.Connections} connected · {activity.Records:N0} records · {activity.Messages:N0} messages · "
            + $"{activity.OpenOrders + activity.ClosedOrders:N0} orders, {activity.OpenOrders:N0} open · {activity.Fills:N0} fills";
        return faults.Total > 0 ? $"{line} · {faults.Total:N0} faults" : line;
    }

    /// <summary>The secret of an earlier run, so that clients set up once stay set up; otherwise a new one.</summary>
    private static string Secret(string path)
    {
        if (File.Exists(path))
        {
            var kept = File.ReadAllText(path).Trim();
            Span<byte> bytes = stackalloc byte[2 * SecretBytes];
            return Convert.TryFromBase64String(kept, bytes, out var length) && length > 0
                ? kept
                : throw new UserErrorException($"'{path}' holds no API secret in base64. Delete it and a new one is made, or name another with --secret-file.");
        }

        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        WholeFile.Write(path, secret + "\n", isPrivate: true);
        return secret;
    }

    private static Option<long> Number(string name, string description, long standard, long min, long max, string what) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        HelpName = "n",
        CustomParser = result => Parse.Whole(result, min, max, what),
    };
}
