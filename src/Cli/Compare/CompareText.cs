using System.Text.Json.Nodes;
using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Reporting.Divergence;

namespace Parallax.Cli.Compare;

/// <summary>A divergence report as a person reads it: the answer first, then where the two sides part and what came of it.</summary>
internal static class CompareText
{
    private const int RowsMax = 20;

    public static async Task WriteAsync(TextWriter output, DivergenceReport report)
    {
        var session = report.Session;
        await output.WriteLineAsync(
            $"Session {session.Session} ({session.Mode}): {report.Records:N0} records, {Counted(report.Plans, "plan")}{(session.HasEnded ? "" : "; cut off, compared as far as tape and journal reach")}");
        if (report.First is not { } first)
        {
            await output.WriteLineAsync("No difference: the replay writes the same records, to the byte.");
            await WritePnlAsync(output, report);
            return;
        }

        await output.WriteLineAsync($"The replay differs from record {first.Record:N0} of the session on:");
        await WriteSideAsync(output, "live", first.Live);
        await WriteSideAsync(output, "replay", first.Replay);
        WriteKinds(output, report);
        WritePlans(output, report);
        await WritePnlAsync(output, report);
        var only = report.Kinds.Sum(kind => kind.OnlyLive + kind.OnlyReplay);
        await output.WriteLineAsync($"{Counted(only, "record")} of one side without an equal on the other; {Counted(report.PlanDifferences.Count, "figure")} of plans differ{(report.PlanDifferences.Count == 1 ? "s" : "")}.");
    }

    public static JsonObject ToJson(DivergenceReport report) => new()
    {
        ["session"] = report.Session.Session,
        ["mode"] = report.Session.Mode,
        ["ended_in_order"] = report.Session.HasEnded,
        ["same"] = report.IsSame,
        ["records"] = report.Records,
        ["plans"] = report.Plans,
        ["first_difference"] = report.First is not { } first ? null : new JsonObject
        {
            ["record"] = first.Record,
            ["live"] = ToJson(first.Live),
            ["replay"] = ToJson(first.Replay),
        },
        ["kinds"] = new JsonArray([.. report.Kinds.Select(kind => (JsonNode)new JsonObject
        {
            ["record"] = kind.Name,
            ["live"] = kind.Live,
            ["replay"] = kind.Replay,
            ["only_live"] = kind.OnlyLive,
            ["only_replay"] = kind.OnlyReplay,
        })]),
        ["plan_differences"] = new JsonArray([.. report.PlanDifferences.Select(found => (JsonNode)new JsonObject
        {
            ["plan"] = found.Plan,
            ["what"] = found.What,
            ["live"] = found.Live,
            ["replay"] = found.Replay,
            ["by"] = found.By is { } by ? Decimals.Plain(by) : null,
        })]),
        ["pnl"] = new JsonArray([.. report.Pnl.Select(pnl => (JsonNode)new JsonObject
        {
            ["asset"] = pnl.Asset.Code,
            ["live"] = Decimals.Plain(pnl.Live),
            ["replay"] = Decimals.Plain(pnl.Replay),
        })]),
    };

    private static JsonObject? ToJson(ToldRecord? told) => told is null ? null : new JsonObject
    {
        ["sequence"] = told.Sequence,
        ["time"] = new UtcNanos(told.Time).ToString(),
        ["record"] = told.Name,
        ["says"] = told.Line,
    };

    private static async Task WriteSideAsync(TextWriter output, string side, ToldRecord? told)
    {
        await output.WriteLineAsync(told is null
            ? $"  {side,-6}  nothing more"
            : $"  {side,-6}  {told.Name} at {new UtcNanos(told.Time)}");
        if (told is not null)
        {
            await output.WriteLineAsync($"          {told.Line}");
        }
    }

    private static void WriteKinds(TextWriter output, DivergenceReport report)
    {
        var table = Terminal.Table("record", ">live", ">replay", ">only live", ">only replay");
        foreach (var kind in report.Kinds.Where(kind => kind.OnlyLive + kind.OnlyReplay > 0))
        {
            table.AddPlainRow(kind.Name, $"{kind.Live:N0}", $"{kind.Replay:N0}", $"{kind.OnlyLive:N0}", $"{kind.OnlyReplay:N0}");
        }

        Terminal.On(output).Write(table);
    }

    private static void WritePlans(TextWriter output, DivergenceReport report)
    {
        if (report.PlanDifferences.Count == 0)
        {
            return;
        }

        var table = Terminal.Table(">plan", "figure", ">live", ">replay", ">by");
        foreach (var found in report.PlanDifferences.Take(RowsMax))
        {
            table.AddPlainRow(found.Plan.ToString(), found.What, Short(found.Live), Short(found.Replay), found.By is { } by ? Signed(by) : "");
        }

        Terminal.On(output).Write(table);
        if (report.PlanDifferences.Count > RowsMax)
        {
            output.WriteLine($"… and {report.PlanDifferences.Count - RowsMax:N0} more; --json has them all.");
        }
    }

    private static async Task WritePnlAsync(TextWriter output, DivergenceReport report)
    {
        foreach (var pnl in report.Pnl)
        {
            var by = pnl.Replay - pnl.Live;
            await output.WriteLineAsync($"PnL {Signed(pnl.Live)} {pnl.Asset} live, {Signed(pnl.Replay)} replayed{(by == 0m ? "" : $": {Signed(by)}")}");
        }
    }

    /// <summary>For reading; every digit is in the JSON.</summary>
    private static string Short(string? text) =>
        text is null ? "none" : decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? Decimals.Plain(Decimals.Down(number, 8)) : text;

    private static string Signed(decimal value) => (value > 0m ? "+" : "") + Decimals.Plain(Decimals.Down(value, 8));

    private static string Counted(long count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";
}
