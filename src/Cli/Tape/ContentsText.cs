using System.Globalization;
using System.Text.Json.Nodes;
using Parallax.Domain;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Cli.Tape;

/// <summary>Counts of records as the tape verbs print them.</summary>
internal static class ContentsText
{
    public static JsonObject Kinds(RecordCounts records) => new()
    {
        ["instrument"] = records.Definitions,
        ["book_snapshot"] = records.BookSnapshots,
        ["book_delta"] = records.BookDeltas,
        ["trade"] = records.Trades,
        ["best_quote"] = records.BestQuotes,
        ["feed_state"] = records.FeedStates,
        ["other"] = records.Others,
    };

    /// <summary>The kinds that occur, with their counts.</summary>
    public static string Sentence(RecordCounts records)
    {
        (long Count, string Name)[] kinds =
        [
            (records.Definitions, "definitions"),
            (records.BookSnapshots, "snapshots"),
            (records.BookDeltas, "deltas"),
            (records.Trades, "trades"),
            (records.BestQuotes, "best quotes"),
            (records.FeedStates, "feed states"),
            (records.Others, "others"),
        ];
        return string.Join(", ", kinds.Where(kind => kind.Count > 0).Select(kind => $"{kind.Count:N0} {kind.Name}"));
    }

    public static string? Time(long? nanos) => nanos is { } value ? new UtcNanos(value).ToString() : null;

    /// <summary>From the first to the last record, in seconds with milliseconds.</summary>
    public static string Seconds(RecordCounts records) =>
        SpanSeconds(records).ToString("0.###", CultureInfo.InvariantCulture);

    public static decimal SpanSeconds(RecordCounts records) =>
        records is { FirstReceivedTime: { } first, LastReceivedTime: { } last } ? (last - first) / 1e9m : 0m;
}
