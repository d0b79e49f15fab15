using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Journal.Tapes;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Cli.Tape;

public static class InfoVerb
{
    public static Command Create()
    {
        var path = TapeOptions.Tape();
        var json = TapeOptions.Json("Print it as JSON.");
        return Verb.Create(
            "info",
            "Says what a tape holds: its span, its records by kind, and its instruments.",
            "parallax tape info gemini.tape",
            [path, json],
            async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var contents = Read(InputFile.Existing(parsed.GetRequiredValue(path)), console.Error, cancellation);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(console.Output, ToJson(contents));
                }
                else
                {
                    Write(contents, console.Output);
                }

                return ExitCodes.Done;
            });
    }

    private static TapeContents Read(string path, TextWriter error, CancellationToken cancellation)
    {
        var progress = new ProgressLine<double>(error, (done, _) => $"reading {done:P0}");
        try
        {
            using var tape = TapeFile.Open(path);
            return TapeContents.Of(tape, progress, cancellation);
        }
        finally
        {
            progress.Clear();
        }
    }

    private static void Write(TapeContents contents, TextWriter output)
    {
        var records = contents.Records;
        output.WriteLine($"{contents.Path}: tape of format version {TapeFile.FormatVersion}, {contents.Size:N0} bytes");
        output.WriteLine($"{records.Total:N0} records: {ContentsText.Sentence(records)}");
        if (records.FirstReceivedTime is not null)
        {
            output.WriteLine($"{ContentsText.Seconds(records)} s, from {ContentsText.Time(records.FirstReceivedTime)} to {ContentsText.Time(records.LastReceivedTime)}");
        }

        output.WriteLine($"{Decimals.Plain(Overhead(contents))} bytes of overhead a record, 16 bytes a level, {records.Levels:N0} levels");
        if (contents.TornTail is { } torn)
        {
            output.WriteLine($"torn tail: {torn} (tape verify --cut removes it)");
        }

        var table = Terminal.Table(">#", "instrument", "symbol", ">tick", ">lot", ">depth", ">snapshots", ">deltas", ">levels", ">trades", ">quotes");
        foreach (var (number, instrument, counts) in contents.Instruments)
        {
            table.AddPlainRow(
                $"{number}",
                instrument.Id.ToString(),
                instrument.Symbol,
                Decimals.Plain(instrument.TickSize),
                Decimals.Plain(instrument.LotSize),
                instrument.BookDepth == 0 ? "all" : $"{instrument.BookDepth}",
                $"{counts.BookSnapshots:N0}",
                $"{counts.BookDeltas:N0}",
                $"{counts.Levels:N0}",
                $"{counts.Trades:N0}",
                $"{counts.BestQuotes:N0}");
        }

        Terminal.On(output).Write(table);
    }

    private static JsonObject ToJson(TapeContents contents) => new()
    {
        ["tape"] = contents.Path,
        ["format_version"] = TapeFile.FormatVersion,
        ["bytes"] = contents.Size,
        ["records"] = contents.Records.Total,
        ["kinds"] = ContentsText.Kinds(contents.Records),
        ["levels"] = contents.Records.Levels,
        ["overhead_bytes_per_record"] = Overhead(contents),
        ["first_time"] = ContentsText.Time(contents.Records.FirstReceivedTime),
        ["last_time"] = ContentsText.Time(contents.Records.LastReceivedTime),
        ["span_seconds"] = ContentsText.SpanSeconds(contents.Records),
        ["torn_tail"] = contents.TornTail?.ToString(),
        ["instruments"] = new JsonArray([.. contents.Instruments.Select(one => (JsonNode)ToJson(one))]),
    };

    private static JsonObject ToJson(InstrumentContents one) => new()
    {
        ["number"] = one.Number,
        ["venue"] = one.Instrument.Id.Venue.Name,
        ["pair"] = one.Instrument.Id.Pair,
        ["symbol"] = one.Instrument.Symbol,
        ["tick"] = Decimals.Plain(one.Instrument.TickSize),
        ["lot"] = Decimals.Plain(one.Instrument.LotSize),
        ["min_qty"] = Decimals.Plain(one.Instrument.QuantityMin),
        ["min_notional"] = Decimals.Plain(one.Instrument.NotionalMin),
        ["contract_multiplier"] = Decimals.Plain(one.Instrument.ContractMultiplier),
        ["book_depth"] = one.Instrument.BookDepth,
        ["records"] = one.Records.Total,
        ["kinds"] = ContentsText.Kinds(one.Records),
        ["levels"] = one.Records.Levels,
        ["first_time"] = ContentsText.Time(one.Records.FirstReceivedTime),
        ["last_time"] = ContentsText.Time(one.Records.LastReceivedTime),
    };

    private static decimal Overhead(TapeContents contents) =>
        contents.Records.Total == 0 ? 0m : decimal.Round((decimal)contents.OverheadBytes / contents.Records.Total, 2);
}
