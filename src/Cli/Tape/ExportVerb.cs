using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Journal.Tapes;
using Parallax.Venues.Recordings.Tapes;
using Parallax.Venues.Recordings.Tardis;

namespace Parallax.Cli.Tape;

public static class ExportVerb
{
    public static Command Create()
    {
        var path = TapeOptions.Tape();
        var format = new Option<string>("--format")
        {
            Description = "What to write: tardis-l2.",
            HelpName = "format",
            DefaultValueFactory = _ => "tardis-l2",
            CustomParser = result =>
            {
                if (result.Tokens[0].Value != "tardis-l2")
                {
                    result.AddError($"--format takes tardis-l2; found '{result.Tokens[0].Value}'.");
                }

                return result.Tokens[0].Value;
            },
        };
        var output = TapeOptions.Output("The file to write; packed when its name ends in .gz.");
        var overwrite = TapeOptions.Overwrite();
        var json = TapeOptions.Json("Print what was written as JSON.");
        return Verb.Create(
            "export",
            "Writes a tape's books as tardis.dev incremental_book_L2 CSV; importing it again gives the same data.",
            "parallax tape export gemini.tape --format tardis-l2 --out gemini.csv.gz",
            [path, format, output, overwrite, json],
            async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var target = TapeOptions.RequireOther(parsed.GetRequiredValue(output), parsed.GetRequiredValue(path));
                var report = Export(InputFile.Existing(parsed.GetRequiredValue(path)), target, parsed.GetValue(overwrite), console.Error, cancellation);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(console.Output, ToJson(report, target));
                }
                else
                {
                    await WriteAsync(report, target, console.Output, console.Error);
                }

                return ExitCodes.Done;
            });
    }

    private static TardisExportReport Export(string path, string target, bool overwrite, TextWriter error, CancellationToken cancellation)
    {
        var progress = new ProgressLine<double>(error, (done, _) => $"exporting {done:P0}");
        try
        {
            using var tape = TapeFile.Open(path);
            return ExportFile.Write(target, overwrite, stream => TardisBookExport.Run(tape, stream, progress, cancellation));
        }
        finally
        {
            progress.Clear();
        }
    }

    private static async Task WriteAsync(TardisExportReport report, string target, TextWriter output, TextWriter error)
    {
        await output.WriteLineAsync($"{target}: {report.Rows:N0} rows of {report.Messages:N0} book messages");
        if (report.RoundedTimes > 0)
        {
            await error.WriteLineAsync($"note: {report.RoundedTimes:N0} messages have times finer than the layout's microseconds; they were rounded down.");
        }

        if (report.OtherRecords + report.EmptyMessages > 0)
        {
            await error.WriteLineAsync($"note: the layout has no room for {report.OtherRecords:N0} records that are no books and {report.EmptyMessages:N0} books without levels.");
        }
    }

    private static JsonObject ToJson(TardisExportReport report, string target) => new()
    {
        ["file"] = target,
        ["rows"] = report.Rows,
        ["messages"] = report.Messages,
        ["rounded_times"] = report.RoundedTimes,
        ["other_records"] = report.OtherRecords,
        ["empty_messages"] = report.EmptyMessages,
    };
}
