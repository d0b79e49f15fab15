using Parallax.Cli.Output;
using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Reporting.Backtests;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Cli.Backtest;

/// <summary>The report of a backtest as a person reads it: the answer first, then where it comes from.</summary>
internal static class BacktestText
{
    public static string Progress(BacktestProgress done, TimeSpan elapsed)
    {
        var rate = elapsed.TotalSeconds > 0 ? done.Records / elapsed.TotalSeconds : 0;
        var left = rate > 0 ? TimeSpan.FromSeconds((done.Total - done.Records) / rate) : TimeSpan.Zero;
        return $"{done.Records:N0} of {done.Total:N0} records, {rate / 1e6:F2} million/s, {left:mm\\:ss} left";
    }

    /// <param name="venue">How the venue answered: <c>latency 20 ms there and 20 ms back</c>, <c>played as recorded</c>.</param>
    public static async Task WriteAsync(TextWriter output, BacktestReport report, EngineSettings settings, string venue)
    {
        var fees = settings.Fees.Default;
        await output.WriteLineAsync(
            $"{report.Tape}: {report.Records:N0} records over {Span(report.Span)}, {report.Instruments} instruments, {report.Cycles} directed cycles");
        await output.WriteLineAsync(
            $"fee {Decimals.Plain(fees.Rate * 10_000m)} bps ({fees.Mode.ToString().ToLowerInvariant()}), {venue}, "
            + $"edge of at least {Decimals.Plain(settings.Limits.NetEdgeBpsMin)} bps; played in {report.Elapsed.TotalSeconds:F2} s, {report.RecordsPerSecond / 1e6:F2} million records/s");
        await output.WriteLineAsync();
        await output.WriteLineAsync(Answer(report));
        await output.WriteLineAsync();
        WriteFunnel(output, report);
        WriteBalances(output, report, settings);
        WriteMisses(output, report);
        if (report.HaltReason is { } reason)
        {
            await output.WriteLineAsync($"The engine stopped opening plans: {reason}.");
        }

        foreach (var note in report.Notes)
        {
            await output.WriteLineAsync(note);
        }

        if (report.TornTail is { } torn)
        {
            await output.WriteLineAsync($"Not played: {torn}");
        }

        if (report.BooksInvalidated > 0)
        {
            await output.WriteLineAsync($"{report.BooksInvalidated} times a book could not be trusted until its next snapshot.");
        }

        await output.WriteLineAsync($"journal {report.Journal ?? "not kept (--journal FOLDER keeps it)"}");
        await output.WriteLineAsync($"hash    {report.JournalHash}");
    }

    private static string Answer(BacktestReport report)
    {
        var plans = report.Plans.Values.Sum();
        if (plans == 0)
        {
            return report.Opportunities == 0
                ? "No trade: no cycle paid after fees at any moment."
                : $"No trade: {report.Opportunities:N0} opportunities, every one refused.";
        }

        var sign = report.Pnl > 0m ? "+" : "";
        return $"PnL {sign}{Decimals.Plain(report.Pnl)} {report.ReportingAsset} realised in {plans} plans.";
    }

    private static void WriteFunnel(TextWriter output, BacktestReport report)
    {
        var table = Terminal.Table("stage", ">count");
        table.AddPlainRow("opportunities", report.Opportunities.ToString("N0"));
        foreach (var (reason, count) in report.Refused)
        {
            table.AddPlainRow($"  refused: {reason}", count.ToString("N0"));
        }

        foreach (var outcome in new[] { PlanOutcome.Completed, PlanOutcome.Unwound, PlanOutcome.Residual, PlanOutcome.Missed })
        {
            table.AddPlainRow($"plans {outcome.ToString().ToLowerInvariant()}", report.Plans.GetValueOrDefault(outcome).ToString("N0"));
        }

        table.AddPlainRow("fills", report.Fills.ToString("N0"));
        Terminal.On(output).Write(table);
    }

    private static void WriteBalances(TextWriter output, BacktestReport report, EngineSettings settings)
    {
        var table = Terminal.Table("asset", ">start", ">end", ">change");
        foreach (var (asset, balance) in report.Balances)
        {
            var start = settings.Capital.GetValueOrDefault(asset);
            var change = balance - start;
            table.AddPlainRow(asset.Code, Decimals.Plain(start), Decimals.Plain(balance), (change > 0m ? "+" : "") + Decimals.Plain(change));
        }

        Terminal.On(output).Write(table);
        if (report.Inventory is { } inventory && inventory != 0m)
        {
            output.WriteLine($"What was left in other assets is worth {Decimals.Plain(Decimals.Down(inventory, 8))} {report.ReportingAsset} at the last prices; the PnL counts it as nothing.");
        }
    }

    private static void WriteMisses(TextWriter output, BacktestReport report)
    {
        if (report.NearestMisses.Count == 0)
        {
            return;
        }

        output.WriteLine("Nearest misses: each cycle's best moment at the top of the books");
        var table = Terminal.Table("cycle", ">gross bps", ">net bps", "at", "why not");
        foreach (var miss in report.NearestMisses)
        {
            table.AddPlainRow(miss.Cycle, Signed(miss.GrossBps), Signed(miss.NetBps), new UtcNanos(miss.Time).ToString()[11..23], miss.Why);
        }

        Terminal.On(output).Write(table);
    }

    private static string Signed(double bps) => bps.ToString("+0.000;-0.000");

    private static string Span(TimeSpan span) => span.TotalMinutes < 2 ? $"{span.TotalSeconds:F1} s" : span.TotalHours < 2 ? $"{span.TotalMinutes:F1} min" : $"{span.TotalHours:F1} h";
}
