using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Records;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Cli.Market;

public static class RecordVerb
{
    public static Command Create()
    {
        var feed = new FeedOptions();
        var output = new Option<string>("--out") { Description = "The tape to write.", Required = true, HelpName = "FILE" };
        var length = new Option<TimeSpan?>("--for")
        {
            Description = "How long: 30s, 10m, 2h. Default: until Ctrl-C, which ends the tape in order.",
            HelpName = "time",
            CustomParser = Parse.Duration,
        };
        var trades = new Option<bool>("--trades") { Description = "Record public trades as well." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an existing file." };
        var json = new Option<bool>("--json") { Description = "Print what was recorded as JSON." };
        return Verb.Create(
            "record",
            "Records a venue's public books to a tape, as they come, with every checksum verified on the way.",
            "parallax record --venue kraken --symbols BTC/USD,ETH/USD,ETH/BTC --out kraken.tape --for 10m",
            [.. feed.All, output, length, trades, overwrite, json],
            async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var instruments = await feed.InstrumentsAsync(parsed, cancellation);
                var path = parsed.GetRequiredValue(output);
                var options = new KrakenFeedOptions { WithTrades = parsed.GetValue(trades) };
                var (records, health) = Record(
                    path, parsed.GetValue(overwrite), instruments, feed.Endpoints(parsed), options, parsed.GetValue(length), console.Error, cancellation);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(console.Output, ToJson(path, records, instruments.Count, health));
                }
                else
                {
                    await console.Output.WriteLineAsync(
                        $"{path}: {records:N0} records of {instruments.Count} markets; {health.ChecksumFailures} checksum failures, "
                        + $"{health.Resynchronisations} books started afresh, {health.Reconnects} reconnects");
                }

                return ExitCodes.Done;
            });
    }

    private static (long Records, FeedHealth Health) Record(
        string path, bool overwrite, IReadOnlyList<Instrument> instruments, KrakenEndpoints endpoints, KrakenFeedOptions options, TimeSpan? length, TextWriter error, CancellationToken cancellation)
    {
        var progress = new ProgressLine<string>(error, (line, _) => line);
        try
        {
            return NewTape.Write(path, overwrite, tape =>
            {
                var clock = new UtcClock(TimeProvider.System);
                Define(instruments, tape, clock.NowNanos);
                var books = new WatchedBooks(instruments, new FlushedTape(tape));
                using var feed = new KrakenFeed(endpoints.PublicFeed, instruments, books, options, FeedOptions.Reconnects(), clock);
                books.Repair = feed;
                FeedRun.For(length, feed, elapsed => progress.Report(FeedRun.Describe(feed, instruments.Count, elapsed)), cancellation);
                var updates = 0L;
                books.Look((_, _, counts) => updates += counts.Updates);
                return updates > 0
                    ? ((long)tape.Records, feed.Health)
                    : throw new UserErrorException($"No book came, so there is no tape: {feed.Health.LastEnd ?? "the venue sent nothing"}");
            });
        }
        finally
        {
            progress.Clear();
        }
    }

    private static void Define(IReadOnlyList<Instrument> instruments, TapeWriter tape, long now)
    {
        var payload = new PayloadWriter();
        for (ushort number = 0; number < instruments.Count; number++)
        {
            tape.Append(InstrumentRecord.Header(number, now), InstrumentRecord.Write(payload, instruments[number]));
        }
    }

    private static JsonObject ToJson(string path, long records, int instruments, FeedHealth health) => new()
    {
        ["tape"] = path,
        ["records"] = records,
        ["instruments"] = instruments,
        ["messages"] = health.Messages,
        ["checksum_failures"] = health.ChecksumFailures,
        ["resynchronisations"] = health.Resynchronisations,
        ["reconnects"] = health.Reconnects,
        ["rejected"] = health.Rejected,
        ["given_up"] = new JsonArray([.. health.GivenUp.Select(one => (JsonNode)one)]),
    };

    /// <summary>A tape that reaches the operating system once a second: a crash costs no more than that.</summary>
    private sealed class FlushedTape(TapeWriter tape) : IRecordSink
    {
        private long _flushed;

        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            tape.Append(header, payload);
            if (header.ReceivedTime - _flushed > UtcNanos.PerSecond)
            {
                _flushed = header.ReceivedTime;
                tape.Flush();
            }
        }
    }
}
