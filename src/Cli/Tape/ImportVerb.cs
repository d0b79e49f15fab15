using System.CommandLine;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Venues.Recordings.Import;
using Parallax.Venues.Recordings.Tapes;

namespace Parallax.Cli.Tape;

public static class ImportVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("file") { Description = "Recordings, packed with gzip or not; several are merged by received time.", Arity = ArgumentArity.OneOrMore };
        var import = new ImportOptions(isRequired: true);
        var output = TapeOptions.Output("The tape to write.");
        var overwrite = TapeOptions.Overwrite();
        var json = TapeOptions.Json("Print what was imported as JSON.");
        return Verb.Create(
            "import",
            "Turns recordings into a tape: CSV of tardis.dev, frames of Kraken and Binance, captured sessions.",
            "parallax tape import --format tardis-l2 incremental_book_L2.csv.gz --out gemini.tape",
            [files, .. import.All, output, overwrite, json],
            async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var tape = TapeOptions.RequireOther(parsed.GetRequiredValue(output), parsed.GetRequiredValue(files));
                var options = import.For(parsed, parsed.GetRequiredValue(import.Format)!, parsed.GetRequiredValue(files));
                var report = Import(options, tape, parsed.GetValue(overwrite), console.Error, cancellation);
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(console.Output, ImportText.ToJson(report, tape));
                }
                else
                {
                    await ImportText.WriteAsync(report, tape, console.Output, console.Error);
                }

                return ExitCodes.Done;
            });
    }

    private static ImportReport Import(RecordingImportOptions options, string tape, bool overwrite, TextWriter error, CancellationToken cancellation)
    {
        var progress = new ProgressLine<double>(error, (done, _) => $"importing {done:P0}");
        try
        {
            return NewTape.Write(tape, overwrite, sink => RecordingImport.Run(options, sink, progress, cancellation));
        }
        finally
        {
            progress.Clear();
        }
    }
}
