using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Market;

public static class FitnessVerb
{
    public static Command Create()
    {
        var feed = new FeedOptions();
        var seconds = new Option<long>("--secs")
        {
            Description = "How long to watch, seconds.",
            HelpName = "n",
            DefaultValueFactory = _ => 20,
            CustomParser = result => Parse.Whole(result, 1, 86_400, "a number of seconds"),
        };
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON." };
        return Verb.Create(
            "fitness",
            "Watches a venue's books and says how fit they are to be traded: spread, depth, update rate, age, checksum failures. Sends no orders.",
            "parallax fitness --venue kraken --secs 20",
            [.. feed.All, seconds, json],
            async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var instruments = await feed.InstrumentsAsync(parsed, cancellation);
                var length = TimeSpan.FromSeconds(parsed.GetValue(seconds));
                var (rows, health) = Watch(instruments, feed.Endpoints(parsed), length, console.Error, cancellation);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(console.Output, ToJson(feed.Venue(parsed), rows, health));
                }
                else
                {
                    Write(console.Output, feed.Venue(parsed), rows, health);
                }

                return rows.Any(row => row.LiveShare > 0m)
                    ? ExitCodes.Done
                    : throw new UserErrorException($"No book of {feed.Venue(parsed)} was ever live: {health.LastEnd ?? "the venue sent none"}");
            });
    }

    private static (IReadOnlyList<BookFitness> Rows, FeedHealth Health) Watch(
        IReadOnlyList<Instrument> instruments, KrakenEndpoints endpoints, TimeSpan length, TextWriter error, CancellationToken cancellation)
    {
        var clock = new UtcClock(TimeProvider.System);
        var books = new WatchedBooks(instruments, next: null);
        var samples = instruments.Select(one => new FitnessSamples(one)).ToArray();
        var progress = new ProgressLine<string>(error, (line, _) => line);
        using var feed = new KrakenFeed(endpoints.PublicFeed, instruments, books, new KrakenFeedOptions(), FeedOptions.Reconnects(), clock);
        books.Repair = feed;
        var watched = TimeSpan.Zero;
        var health = feed.Health;
        FeedRun.For(
            length,
            feed,
            elapsed =>
            {
                watched = elapsed;
                health = feed.Health;
                var now = clock.NowNanos;
                books.Look((number, book, _) => samples[number].Add(book, now));
                progress.Report(FeedRun.Describe(feed, instruments.Count, elapsed));
            },
            cancellation);
        progress.Clear();
        var rows = new List<BookFitness>();
        books.Look((number, _, counts) => rows.Add(samples[number].Sum(counts, watched)));
        return (rows, health);
    }

    private static void Write(TextWriter output, string venue, IReadOnlyList<BookFitness> rows, FeedHealth health)
    {
        var console = Terminal.On(output);
        console.Profile.Width = Math.Min(console.Profile.Width, 80);
        var table = Terminal.Table("symbol", ">spread bps", ">depth 10 bps", ">updates/s", ">age ms", ">live %", ">crc");
        foreach (var row in rows)
        {
            table.AddPlainRow(
                row.Instrument.Symbol,
                Text(row.SpreadBps, "0.00"),
                row.DepthQuote is { } depth ? $"{Short(depth)} {row.Instrument.Quote}" : "-",
                Text(row.UpdatesPerSecond, "0.0"),
                Text(row.AgeMillis, "0"),
                Text(row.LiveShare * 100m, "0"),
                row.ChecksumFailures.ToString(CultureInfo.InvariantCulture));
        }

        console.Write(table);
        output.WriteLine(
            $"{venue}: {health.State}, {health.Messages:N0} messages, {health.Reconnects} reconnects, "
            + $"round trip {Millis(health.RoundTrip)}, clock {Millis(health.ClockOffset)}");
        foreach (var given in health.GivenUp)
        {
            output.WriteLine($"given up: {given}");
        }

        output.WriteLine("Medians of ten looks a second at live books. Depth is the thinner side within");
        output.WriteLine("10 bps of the middle; crc counts checksums that failed.");
    }

    private static JsonObject ToJson(string venue, IReadOnlyList<BookFitness> rows, FeedHealth health) => new()
    {
        ["venue"] = venue,
        ["messages"] = health.Messages,
        ["reconnects"] = health.Reconnects,
        ["round_trip_ms"] = health.RoundTrip / 1e6,
        ["clock_offset_ms"] = health.ClockOffset / 1e6,
        ["given_up"] = new JsonArray([.. health.GivenUp.Select(one => (JsonNode)one)]),
        ["symbols"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
        {
            ["symbol"] = row.Instrument.Symbol,
            ["spread_bps"] = Number(row.SpreadBps),
            ["depth_10bps_quote"] = Number(row.DepthQuote),
            ["updates_per_second"] = Number(row.UpdatesPerSecond),
            ["age_ms"] = Number(row.AgeMillis),
            ["live_share"] = Number(row.LiveShare),
            ["checksum_failures"] = row.ChecksumFailures,
        })]),
    };

    private static JsonNode? Number(decimal? value) => value is { } number ? JsonNode.Parse(Decimals.Plain(decimal.Round(number, 6))) : null;

    private static string Text(decimal? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Millis(long? nanos) => nanos is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.0} ms") : "unknown";

    private static string Short(decimal value) => value switch
    {
        >= 1_000_000m => Text(value / 1_000_000m, "0.0") + "M",
        >= 1_000m => Text(value / 1_000m, "0.0") + "k",
        >= 1m => Text(value, "0.0"),
        _ => Text(value, "0.000"),
    };
}
