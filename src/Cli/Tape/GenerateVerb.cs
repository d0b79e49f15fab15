using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Simulation.SeededMarket;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Cli.Tape;

public static class GenerateVerb
{
    public static Command Create()
    {
        var seed = Number("--seed", "Chooses the market: the same seed and sizes give the same tape, byte for byte.", 1, 0, long.MaxValue, "a seed");
        var instruments = Number("--instruments", "How many markets.", 30, 1, 2_000, "a number of markets");
        var minutes = new Option<decimal>("--minutes")
        {
            Description = "How long, market time.",
            DefaultValueFactory = _ => 10m,
            HelpName = "minutes",
            CustomParser = result => Parse.Decimal(result, 0.01m, 10_000m, "minutes"),
        };
        var rate = Number("--events-per-second", "Events of all markets together; 0 for 25 a market.", 0, 0, 10_000_000, "a rate");
        var mispricings = Number("--mispricings-per-minute", "True mispricings planted.", 6, 0, 600, "a number");
        var fee = Number("--mispricing-fee-bps", "The fee a leg they still pay after.", 26, 0, 200, "bps");
        var checksums = new Option<bool>("--checksums") { Description = "Give every book record the checksum that Kraken would send." };
        var output = new Option<string>("--out") { Description = "The tape to write.", Required = true, HelpName = "FILE" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an existing file." };
        var json = new Option<bool>("--json") { Description = "Print what was made, with every planted mispricing, as JSON." };
        return Verb.Create(
            "generate",
            "Makes a market from a seed: consistent prices, realistic books, and a few true mispricings, some of which vanish quickly.",
            "parallax tape generate --seed 7 --instruments 30 --minutes 10 --out seeded.tape",
            [seed, instruments, minutes, rate, mispricings, fee, checksums, output, overwrite, json],
            (parsed, cancellation) => RunAsync(
                new MarketTerms
                {
                    Seed = (ulong)parsed.GetValue(seed),
                    Instruments = (int)parsed.GetValue(instruments),
                    EventsPerSecond = (int)parsed.GetValue(rate),
                    MispricingsPerMinute = (int)parsed.GetValue(mispricings),
                    MispricingFeeBps = (int)parsed.GetValue(fee),
                    HasChecksums = parsed.GetValue(checksums),
                },
                (long)(parsed.GetValue(minutes) * 60 * UtcNanos.PerSecond),
                parsed.GetRequiredValue(output),
                parsed.GetValue(overwrite),
                parsed.GetValue(json),
                parsed.InvocationConfiguration,
                cancellation));
    }

    private static async Task<int> RunAsync(
        MarketTerms terms, long lengthNanos, string path, bool overwrite, bool asJson, InvocationConfiguration console, CancellationToken cancellation)
    {
        var planted = new List<Mispricing>();
        var market = new MarketGenerator(terms.Validated());
        var progress = new ProgressLine<double>(console.Error, (done, _) => $"generating {done:P0}");
        var records = NewTape.Write(path, overwrite, tape =>
        {
            // A second of market at a time, so that Ctrl-C and progress are never far.
            var made = 0L;
            for (var at = 0L; at < lengthNanos;)
            {
                cancellation.ThrowIfCancellationRequested();
                at = Math.Min(lengthNanos, at + UtcNanos.PerSecond);
                made += market.WriteUntil(terms.StartTime + at, tape, planted);
                progress.Report((double)at / lengthNanos);
            }

            return made;
        });
        progress.Clear();
        if (asJson)
        {
            await Json.WriteAsync(console.Output, Describe(terms, path, records, planted, market.Instruments));
        }
        else
        {
            await console.Output.WriteLineAsync(
                $"{path}: {records:N0} records of {terms.Instruments} markets over {lengthNanos / 60e9:0.##} min, seed {terms.Seed}; "
                + $"{planted.Count} mispricings planted that pay after {terms.MispricingFeeBps} bps a leg");
        }

        return ExitCodes.Done;
    }

    private static JsonObject Describe(MarketTerms terms, string path, long records, List<Mispricing> planted, IReadOnlyList<Instrument> instruments) => new()
    {
        ["tape"] = path,
        ["seed"] = terms.Seed,
        ["records"] = records,
        ["instruments"] = terms.Instruments,
        ["mispricings"] = new JsonArray([.. planted.Select(one => (JsonNode)new JsonObject
        {
            ["time"] = new UtcNanos(one.ReceivedTime).ToString(),
            ["legs"] = new JsonArray([.. one.Legs.Select(leg => (JsonNode)$"{leg.Side.ToString().ToLowerInvariant()} {instruments[leg.Instrument].Id.Pair}")]),
            ["net_margin_bps"] = Decimals.Plain(one.NetMarginBps),
            ["life_ms"] = one.LifeNanos / 1e6,
        })]),
    };

    private static Option<long> Number(string name, string description, long fallback, long min, long max, string what) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        HelpName = "n",
        CustomParser = result => Parse.Whole(result, min, max, what),
    };
}
