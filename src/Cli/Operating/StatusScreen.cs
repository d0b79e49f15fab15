using System.Globalization;
using Parallax.Trading.Engine.Live;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parallax.Cli.Operating;

/// <summary>A session on one calm screen of 80 columns.</summary>
public static class StatusScreen
{
    private const int PlansShown = 5;
    private const int RefusalsShown = 4;
    private const int LimitsShown = 3;

    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Warn = new(Color.Yellow);
    private static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);

    public static IRenderable Of(SessionStatus status)
    {
        var rows = new List<IRenderable> { Title(status) };
        if (status.StateReason is { Length: > 0 } reason)
        {
            rows.Add(new Text($"  {reason}", StyleOf(status.State)));
        }

        rows.Add(Text.Empty);
        rows.Add(Figures(status));
        rows.Add(Venues(status));
        if (status.OpenPlans.Count > 0)
        {
            rows.Add(Plans(status));
        }

        return new Rows(rows);
    }

    /// <summary>The same in one line, for a log: what changed since yesterday is found with grep.</summary>
    public static string Line(SessionStatus status) => string.Join(" · ", ((string?[])[
        $"{status.Time.ToString()[..19]}Z {status.Mode} {status.State}{(status.StateReason is { } reason ? $" ({reason})" : "")}",
        status.Today is { } today ? $"PnL today {Words.Signed(today.Realised)} {status.ReportingAsset}" : null,
        status.ThisSession is { } session ? $"{Words.Count(session.Plans)} plans" : null,
        $"{status.OpenPlans.Count} open",
        $"{status.BooksLive} of {status.Instruments} books live",
        .. status.Venues.Select(venue => $"{venue.Name} {venue.State}"),
    ]).OfType<string>());

    public static Style StyleOf(string state) => state switch
    {
        "running" or "online" => Good,
        "killed" or "halted" or "offline" => Bad,
        _ => Warn,
    };

    private static Paragraph Title(SessionStatus status) => new Paragraph()
        .Append("Parallax ")
        .Append(status.Mode, new Style(decoration: Decoration.Bold))
        .Append(" · ", Dim)
        .Append(status.State, StyleOf(status.State))
        .Append($" · session {status.Session} · up {Words.Span(status.Time.Value - status.Started.Value)}{(status.Version is { } version ? $" · {version}" : "")}", Dim);

    private static Grid Figures(SessionStatus status)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 3, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        Money("today", status.Today);
        Money("session", status.ThisSession);
        var refused = status.Refused.Where(one => one.Value > 0).OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).ToList();
        Row("found", $"{Words.Count(status.Opportunities)} opportunities, {Words.Count(status.Fills)} fills; "
            + (refused.Count == 0 ? "none refused"
                : "refused " + string.Join(", ", refused.Take(RefusalsShown).Select(one => $"{Words.Count(one.Value)} {one.Key}")) + (refused.Count > RefusalsShown ? ", …" : "")));
        Row("books", $"{status.BooksLive} of {status.Instruments} live, {Words.Count(status.Cycles)} cycles, {Words.Count(status.Records)} records"
            + (status.Overflows > 0 ? $", {Words.Count(status.Overflows)} did not fit" : ""));
        if (status.Limits.Count > 0)
        {
            // Those that are nearest to refusing; of equal ones the more important first.
            Row("limits", $"{status.RiskLevel}; " + string.Join(", ", status.Limits.OrderByDescending(limit => limit.Used).Take(LimitsShown).Select(LimitText)));
        }

        foreach (var differs in status.Differences)
        {
            grid.AddRow(new Text("differs", Bad), new Text(string.Create(
                CultureInfo.InvariantCulture, $"{differs.Asset} at {differs.Venue}: the ledger has {differs.Ledger}, the venue {differs.AtVenue}; parallax accept-balance {differs.Asset}")));
        }

        if (status.Residuals > 0)
        {
            grid.AddRow(new Text("left", Warn), new Text($"{Words.Count(status.Residuals)} residual{(status.Residuals == 1 ? "" : "s")} of plans; parallax residuals"));
        }

        var ofOrders = status.Latencies.ToLookup(stage => stage.Stage.StartsWith(OrderStages.Prefix, StringComparison.Ordinal));
        if (ofOrders[false].Any())
        {
            Row("latency", string.Join("; ", ofOrders[false].Select(Latency)));
        }

        if (ofOrders[true].LastOrDefault() is { Count: > 0 } total)
        {
            Row("to order", $"{Latency(total)} of {Words.Count(total.Count)}; p50 "
                + string.Join(", ", ofOrders[true].SkipLast(1).Select(stage => $"{stage.Stage[OrderStages.Prefix.Length..]} {Words.Span(stage.P50Nanoseconds)}")));
        }

        if (status.Journal is { } journal)
        {
            Row("journal", $"{Words.Count(journal.Sequence)} records" + (status.Store switch
            {
                { Trouble: { Length: > 0 } trouble } => $"; the store does not answer: {trouble}",
                { Behind: { } behind } => behind == 0 ? "; the store has them all" : $"; the store is {Words.Count(behind)} behind",
                _ => "",
            }));
        }

        return grid;

        static string Latency(SessionStatus.Latency stage) =>
            $"{stage.Stage.Replace(OrderStages.Prefix, "", StringComparison.Ordinal)} p50 {Words.Span(stage.P50Nanoseconds)}, p99 {Words.Span(stage.P99Nanoseconds)}";

        void Row(string name, string text) => grid.AddRow(new Text(name, Dim), new Text(text));

        void Money(string name, SessionStatus.Figures? figures)
        {
            if (figures is null)
            {
                Row(name, "the store has not answered yet");
                return;
            }

            grid.AddRow(new Text(name, Dim), new Paragraph()
                .Append($"{Words.Signed(figures.Realised)} {status.ReportingAsset}", figures.Realised switch { > 0m => Good, < 0m => Bad, _ => Style.Plain })
                .Append($" in {Words.Count(figures.Plans)} plan{(figures.Plans == 1 ? "" : "s")}")
                .Append(figures.Plans > figures.Open
                    ? $"; won {Words.Share(figures.WinRate)}, completed {Words.Share(figures.CompletedShare)}, mean {Words.Span(figures.MeanDurationNanoseconds)}"
                    : ""));
        }
    }

    private static string LimitText(SessionStatus.Limit limit) =>
        $"{(limit.Owner == "account" ? "" : $"{limit.Owner} ")}{limit.Name} {(limit.State.Length > 0 ? limit.State : $"{limit.Value:#,##0.####} of {limit.Threshold:#,##0.####}")}";

    private static Grid Venues(SessionStatus status)
    {
        var grid = Columns("venue", "state", ">frame", ">trip", ">clock", ">messages", ">reconnects", ">bad sums");
        foreach (var venue in status.Venues)
        {
            grid.AddRow(
                new Text(venue.Name),
                new Text(venue.State, StyleOf(venue.State)),
                new Text(venue.LastFrame is { } last ? Words.Span(Math.Max(0, status.Time.Value - last.Value)) : Words.Unknown),
                new Text(Words.Span(venue.RoundTripNanoseconds)),
                new Text(Words.SignedSpan(venue.ClockOffsetNanoseconds)),
                new Text(Words.Count(venue.Messages)),
                new Text(Words.Count(venue.Reconnects)),
                new Text(Words.Count(venue.ChecksumFailures)));
        }

        return grid;
    }

    private static Grid Plans(SessionStatus status)
    {
        var grid = Columns("open plan", "cycle", ">spends", ">expects", ">legs", ">for");
        grid.Columns[1].NoWrap = false;
        foreach (var plan in status.OpenPlans.Take(PlansShown))
        {
            grid.AddRow(
                new Text(plan.Id),
                new Text(plan.Cycle),
                new Text($"{plan.Input:#,##0.##} {plan.StartAsset}"),
                new Text(Words.Signed(plan.ExpectedProfit)),
                new Text($"{plan.LegsDone} of {plan.Legs}"),
                new Text(Words.Span(Math.Max(0, status.Time.Value - plan.Opened.Value))));
        }

        if (status.OpenPlans.Count > PlansShown)
        {
            grid.AddRow(new Text($"and {status.OpenPlans.Count - PlansShown} more", Dim));
        }

        return grid;
    }

    /// <summary>An empty line and a head; what follows has no lines around it, only space.</summary>
    private static Grid Columns(params ReadOnlySpan<string> names)
    {
        var grid = new Grid();
        var head = new List<IRenderable>();
        foreach (var name in names)
        {
            // A leading '>' asks for right alignment, as in Terminal.Table.
            var isFigure = name.StartsWith('>');
            grid.AddColumn(new GridColumn
            {
                NoWrap = true,
                Alignment = isFigure ? Justify.Right : Justify.Left,
                Padding = new Padding(head.Count == 0 ? 2 : 0, 0, 2, 0),
            });
            head.Add(new Text(isFigure ? name[1..] : name, Dim));
        }

        grid.AddEmptyRow();
        grid.AddRow([.. head]);
        return grid;
    }
}
