using System.Text.Json.Nodes;
using Parallax.Domain;
using Parallax.Venues.Recordings.Import;

namespace Parallax.Cli.Tape;

/// <summary>What an import did, for people and as JSON.</summary>
internal static class ImportText
{
    private const int SymbolsShown = 8;

    public static JsonObject ToJson(ImportReport report, string tape) => new()
    {
        ["tape"] = tape,
        ["format"] = report.Format,
        ["files"] = new JsonArray([.. report.Files.Select(file => (JsonNode)file)]),
        ["lines"] = report.Lines,
        ["records"] = report.Records.Total,
        ["kinds"] = ContentsText.Kinds(report.Records),
        ["levels"] = report.Records.Levels,
        ["first_time"] = ContentsText.Time(report.Records.FirstReceivedTime),
        ["last_time"] = ContentsText.Time(report.Records.LastReceivedTime),
        ["instruments"] = new JsonArray([.. report.Instruments.Select(instrument => (JsonNode)instrument.Id.ToString())]),
        ["bad_lines"] = report.BadLines,
        ["first_bad_lines"] = Remarks(report.FirstBadLines),
        ["repeated_lines"] = report.RepeatedLines,
        ["first_repeated_lines"] = Remarks(report.FirstRepeatedLines),
        ["ignored"] = new JsonObject(report.Ignored.Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)kind.Value))),
        ["notes"] = new JsonArray([.. report.Notes.Select(note => (JsonNode)note)]),
    };

    public static async Task WriteAsync(ImportReport report, string tape, TextWriter output, TextWriter error)
    {
        var records = report.Records;
        await output.WriteLineAsync(
            $"{tape}: {records.Total:N0} records from {report.Lines:N0} lines: {ContentsText.Sentence(records)}, {ContentsText.Seconds(records)} s");
        await output.WriteLineAsync($"{report.Instruments.Count:N0} instruments: {Names(report.Instruments)}");
        if (report.Ignored.Count > 0)
        {
            await output.WriteLineAsync($"passed over: {string.Join(", ", report.Ignored.Select(kind => $"{kind.Value:N0} × {kind.Key}"))}");
        }

        await WriteRemarksAsync(error, report.BadLines, "bad lines left out", report.FirstBadLines);
        await WriteRemarksAsync(error, report.RepeatedLines, "repeated lines left out", report.FirstRepeatedLines);
        foreach (var note in report.Notes)
        {
            await error.WriteLineAsync($"note: {note}");
        }
    }

    private static async Task WriteRemarksAsync(TextWriter error, long count, string what, IReadOnlyList<LineRemark> first)
    {
        if (count > 0)
        {
            await error.WriteLineAsync($"note: {count:N0} {what}{(count > first.Count ? $", the first {first.Count}" : "")}:");
            foreach (var remark in first)
            {
                await error.WriteLineAsync($"  {remark}");
            }
        }
    }

    private static string Names(IReadOnlyList<Instrument> instruments) =>
        string.Join(", ", instruments.Take(SymbolsShown).Select(instrument => instrument.Id.ToString()))
        + (instruments.Count > SymbolsShown ? $" and {instruments.Count - SymbolsShown} more" : "");

    private static JsonArray Remarks(IReadOnlyList<LineRemark> remarks) => new([.. remarks.Select(remark => (JsonNode)new JsonObject
    {
        ["file"] = remark.File,
        ["line"] = remark.Line,
        ["text"] = remark.Text,
    })]);
}
