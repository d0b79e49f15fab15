using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Journal.Tapes;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Cli.Tape;

public static class CutVerb
{
    public static Command Create()
    {
        var path = TapeOptions.Tape();
        var from = Time("--from", "Keep what was received from here on; the books as they stood come first. Default: the start.");
        var to = Time("--to", "Keep what was received before this. Default: the end.");
        var instruments = new Option<string?>("--instruments") { Description = "Keep these: BTC/USD,ETH/USD@kraken or the venue's symbols. Default: all.", HelpName = "A,B" };
        var output = TapeOptions.Output("The tape to write.");
        var overwrite = TapeOptions.Overwrite();
        var json = TapeOptions.Json("Print what was kept as JSON.");
        return Verb.Create(
            "cut",
            "Copies a part of a tape, by time and instruments, so that it stands alone.",
            "parallax tape cut gemini.tape --from 2021-04-17T16:45:50Z --instruments BTC/USD,ETH/USD,ETH/BTC --out part.tape",
            [path, from, to, instruments, output, overwrite, json],
            async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var target = TapeOptions.RequireOther(parsed.GetRequiredValue(output), parsed.GetRequiredValue(path));
                var options = new TapeCutOptions
                {
                    From = parsed.GetValue(from)?.Value,
                    To = parsed.GetValue(to)?.Value,
                    Instruments = parsed.GetValue(instruments)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                };
                var counts = Cut(InputFile.Existing(parsed.GetRequiredValue(path)), options, target, parsed.GetValue(overwrite), console.Error, cancellation);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(console.Output, new JsonObject
                    {
                        ["tape"] = target,
                        ["records"] = counts.Total,
                        ["kinds"] = ContentsText.Kinds(counts),
                        ["first_time"] = ContentsText.Time(counts.FirstReceivedTime),
                        ["last_time"] = ContentsText.Time(counts.LastReceivedTime),
                    });
                }
                else
                {
                    await console.Output.WriteLineAsync($"{target}: {counts.Total:N0} records: {ContentsText.Sentence(counts)}, {ContentsText.Seconds(counts)} s");
                }

                return ExitCodes.Done;
            });
    }

    private static RecordCounts Cut(string path, TapeCutOptions options, string target, bool overwrite, TextWriter error, CancellationToken cancellation)
    {
        var progress = new ProgressLine<double>(error, (done, _) => $"cutting {done:P0}");
        try
        {
            using var tape = TapeFile.Open(path);
            return NewTape.Write(target, overwrite, sink => TapeCut.Run(tape, options, sink, progress, cancellation));
        }
        finally
        {
            progress.Clear();
        }
    }

    private static Option<UtcNanos?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result => UtcNanos.TryParse(result.Tokens[0].Value, out var time) ? time : Wrong(result, name),
    };

    private static UtcNanos? Wrong(ArgumentResult result, string name)
    {
        result.AddError($"{name} takes a time as 2021-04-17T16:45:50Z or in nanoseconds since 1970; found '{result.Tokens[0].Value}'.");
        return null;
    }
}
