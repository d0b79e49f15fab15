using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Parallax.Domain;
using Parallax.Reporting.Funnel;
using Parallax.Trading.Decisions;
using Parallax.Trading.Execution.Estimates;

namespace Parallax.Cli.Operating;

/// <summary>The funnel and the nearest misses on one calm screen of 80 columns.</summary>
internal static class WhyScreen
{
    private const int BarWidth = 40;
    private const int Width = 80;
    private const int ReasonIndent = 17;

    public static string Of(FunnelReport report)
    {
        var text = new StringBuilder();
        text.AppendLine($"Parallax why · session {report.Session}{(report.Mode.Length > 0 ? $" ({report.Mode})" : "")} · {Clock(report.From)} to {Clock(report.To)} UTC, {Words.Span(report.To - report.From)}");
        text.AppendLine();
        if (report.Detected == 0)
        {
            return text.AppendLine("No opportunity: no cycle paid after fees in this time.").ToString();
        }

        foreach (var (name, count) in Stages(report))
        {
            var bar = (int)Math.Ceiling((decimal)BarWidth * count / report.Detected);
            text.AppendLine($"  {name,-13} {Words.Count(count),8}  {new string('█', bar)}{new string('·', BarWidth - bar)} {Words.Share((decimal)count / report.Detected),6}");
        }

        text.AppendLine();
        AppendReasons(text, report);
        AppendPredictions(text, report.Predicted);
        AppendMisses(text, report);
        return text.ToString();
    }

    public static JsonObject ToJson(FunnelReport report) => new()
    {
        ["session"] = report.Session,
        ["mode"] = report.Mode,
        ["from"] = new UtcNanos(report.From).ToString(),
        ["to"] = new UtcNanos(report.To).ToString(),
        ["detected"] = report.Detected,
        ["net_positive"] = report.NetPositive,
        ["within_risk"] = report.WithinRisk,
        ["sent"] = report.Sent,
        ["filled"] = report.Filled,
        ["refused"] = new JsonObject(report.Reasons.Select(reason => KeyValuePair.Create(reason.Key, (JsonNode?)reason.Value))),
        ["predicted"] = new JsonObject
        {
            ["plans"] = report.Predicted.Count,
            ["brier"] = report.Predicted.Brier is { } brier ? Decimals.Plain(Decimals.Down(brier, 8)) : null,
            ["tenths"] = new JsonArray([.. report.Predicted.Buckets.Where(tenth => tenth.Attempts > 0).Select(tenth => (JsonNode)new JsonObject
            {
                ["plans"] = tenth.Attempts,
                ["predicted"] = Decimals.Plain(Decimals.Down(tenth.Predicted, 8)),
                ["met"] = Decimals.Plain(Decimals.Down(tenth.Met, 8)),
            })]),
        },
        ["nearest"] = new JsonArray([.. report.Nearest.Select(miss => (JsonNode)new JsonObject
        {
            ["session"] = miss.Session,
            ["opportunity"] = miss.Opportunity,
            ["time"] = new UtcNanos(miss.Time).ToString(),
            ["cycle"] = miss.Cycle,
            ["reason"] = miss.Reason,
            ["value"] = Decimals.Plain(miss.Value),
            ["threshold"] = Decimals.Plain(miss.Threshold),
            ["distance"] = miss.Distance is { } distance ? Decimals.Plain(Decimals.Down(distance, 8)) : null,
            ["start_asset"] = miss.Start,
            ["input"] = Decimals.Plain(miss.Input),
            ["profit"] = Decimals.Plain(miss.Profit),
            ["would_have_made"] = new JsonArray([.. miss.Looks.Select(look => (JsonNode)new JsonObject
            {
                ["after_ms"] = look.AfterMillis,
                ["profit"] = look.Profit is { } profit ? Decimals.Plain(profit) : null,
            })]),
        })]),
    };

    private static IEnumerable<(string Name, long Count)> Stages(FunnelReport report) =>
    [
        ("detected", report.Detected),
        ("net positive", report.NetPositive),
        ("within risk", report.WithinRisk),
        ("sent", report.Sent),
        ("filled", report.Filled),
    ];

    private static void AppendReasons(StringBuilder text, FunnelReport report)
    {
        if (report.Reasons.Count == 0)
        {
            text.AppendLine("  refused        none");
            return;
        }

        var line = "  refused".PadRight(ReasonIndent);
        foreach (var (at, reason) in report.Reasons.Select((reason, at) => (at, reason)))
        {
            var part = $"{Words.Count(reason.Value)} {reason.Key}{(at < report.Reasons.Count - 1 ? ", " : "")}";
            if (line.Length + part.TrimEnd().Length > Width)
            {
                text.AppendLine(line.TrimEnd());
                line = new string(' ', ReasonIndent);
            }

            line += part;
        }

        text.AppendLine(line);
    }

    /// <summary>A line a tenth that was predicted at all: what is said and what came stand side by side.</summary>
    private static void AppendPredictions(StringBuilder text, Calibration predicted)
    {
        if (predicted.Brier is not { } brier)
        {
            return;
        }

        text.AppendLine().AppendLine($"  All legs fill: predicted and met, {Words.Count(predicted.Count)} plan{(predicted.Count == 1 ? "" : "s")}, Brier score {Short(brier)} (0 is perfect, 0.25 a coin)");
        foreach (var tenth in predicted.Buckets.Where(tenth => tenth.Attempts > 0))
        {
            text.AppendLine($"  said {Words.Share(tenth.Predicted),5}  came {Words.Share(tenth.Met),5}  of {Words.Count(tenth.Attempts)}");
        }
    }

    private static void AppendMisses(StringBuilder text, FunnelReport report)
    {
        if (report.Nearest.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("  Nearest misses");
        foreach (var miss in report.Nearest)
        {
            text.AppendLine($"  {Clock(miss.Time)}  {miss.Cycle}, {miss.Reason}{Numbers(miss)}");
            text.AppendLine($"      {Would(miss)}");
        }
    }

    private static string Numbers(RefusedMiss miss) => miss.Distance is { } distance
        ? $" {Short(miss.Value)} against {Short(miss.Threshold)}, {Words.Share(distance)} off"
        : "";

    private static string Would(RefusedMiss miss)
    {
        var asset = miss.Start;
        var then = miss.Profit != 0m ? $"{Words.Signed(miss.Profit)} {asset} expected" : "not sized then";
        return miss.Looks.Count == 0
            ? $"{then}; not followed up"
            : $"{then}; after {string.Join(", ", miss.Looks.Select(Look))}{(miss.Profit == 0m ? $" {asset}" : "")}";
    }

    private static string Look(FollowUp look) =>
        $"{Words.Span(look.AfterMillis * UtcNanos.PerMillisecond)} {(look.Profit is { } profit ? Words.Signed(profit) : "no price")}";

    private static string Short(decimal value) => value.ToString("#,##0.####", CultureInfo.InvariantCulture);

    private static string Clock(long nanos) => new UtcNanos(nanos).ToString()[11..19];
}
