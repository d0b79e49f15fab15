using System.CommandLine;
using System.Text.Json.Nodes;
using Parallax.Cli.Options;
using Parallax.Cli.Output;
using Parallax.Journal.Tapes;

namespace Parallax.Cli.Tape;

public static class VerifyVerb
{
    public static Command Create()
    {
        var path = TapeOptions.Tape();
        var cut = new Option<bool>("--cut") { Description = "Cut off what a crash left half-written at the end. Damage before the end is never cut." };
        var json = TapeOptions.Json("Print the findings as JSON.");
        return Verb.Create(
            "verify",
            "Checks every length, sequence, time and checksum of a tape. Exit code 1 when something is wrong.",
            "parallax tape verify gemini.tape",
            [path, cut, json],
            async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var report = Check(InputFile.Existing(parsed.GetRequiredValue(path)), console.Error, cancellation);
                var isCut = parsed.GetValue(cut) && report.TornTail is not null && TapeFile.CutTornTail(report.Path) is not null;
                if (parsed.GetValue(json))
                {
                    await Json.WriteAsync(console.Output, ToJson(report, isCut));
                }
                else
                {
                    Write(report, isCut, console.Output);
                }

                return report.IsSound || isCut ? ExitCodes.Done : ExitCodes.Failed;
            });
    }

    private static TapeReport Check(string path, TextWriter error, CancellationToken cancellation)
    {
        var progress = new ProgressLine<double>(error, (done, _) => $"verifying {done:P0}");
        try
        {
            using var tape = TapeFile.Open(path);
            return tape.Check(progress, cancellation);
        }
        finally
        {
            progress.Clear();
        }
    }

    private static void Write(TapeReport report, bool isCut, TextWriter output)
    {
        output.WriteLine($"{report.Path}: {report.Records:N0} sound records, {report.SoundSize:N0} of {report.Size:N0} bytes");
        if (report.FirstReceivedTime is not null)
        {
            output.WriteLine($"from {ContentsText.Time(report.FirstReceivedTime)} to {ContentsText.Time(report.LastReceivedTime)}");
        }

        if (report.TornTail is { } torn)
        {
            output.WriteLine(isCut ? $"cut: {torn}" : $"torn tail: {torn} Cut it with --cut.");
        }

        output.WriteLine(report.Damage is { } damage ? $"damaged: {damage.Message}" : report.IsSound || isCut ? "sound" : "not sound");
    }

    private static JsonObject ToJson(TapeReport report, bool isCut) => new()
    {
        ["tape"] = report.Path,
        ["sound"] = report.IsSound || isCut,
        ["bytes"] = report.Size,
        ["sound_bytes"] = report.SoundSize,
        ["records"] = report.Records,
        ["first_time"] = ContentsText.Time(report.FirstReceivedTime),
        ["last_time"] = ContentsText.Time(report.LastReceivedTime),
        ["torn_tail"] = report.TornTail is not { } torn ? null : new JsonObject
        {
            ["offset"] = torn.Offset,
            ["bytes"] = torn.Bytes,
            ["sequence"] = torn.Sequence,
            ["reason"] = torn.Reason,
            ["cut"] = isCut,
        },
        ["damage"] = report.Damage is not { } damage ? null : new JsonObject
        {
            ["offset"] = damage.Offset,
            ["sequence"] = damage.Sequence,
            ["reason"] = damage.Reason,
        },
    };
}
