using Parallax.Cli.Output;
using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Decisions;

namespace Parallax.Cli.Sessions;

/// <summary>A session as a person reads it in a terminal: while it runs one line, at its end the answer first.</summary>
internal static class SessionText
{
    public static string Progress(SessionSnapshot now, TimeSpan elapsed)
    {
        var live = now.Books.Count(book => book.State == MarketData.Books.BookState.Live);
        var state = now.State == TradingState.Running ? "" : $" · {now.State.ToString().ToUpperInvariant()}";
        return $"{elapsed:hh\\:mm\\:ss}{state} · {live}/{now.Books.Count} books · {now.Venues.Sum(venue => venue.Messages):N0} messages · "
            + $"{now.Opportunities:N0} opportunities · {now.Fills:N0} fills";
    }

    public static async Task WriteAsync(TextWriter output, SessionReport report)
    {
        var last = report.Last;
        await output.WriteLineAsync();
        await output.WriteLineAsync(Answer(report));
        await output.WriteLineAsync();
        var table = Terminal.Table("stage", ">count");
        table.AddPlainRow("messages", last.Venues.Sum(venue => venue.Messages).ToString("N0"));
        table.AddPlainRow("opportunities", last.Opportunities.ToString("N0"));
        foreach (var (reason, count) in last.Refused)
        {
            table.AddPlainRow($"  refused: {reason}", count.ToString("N0"));
        }

        foreach (var outcome in new[] { PlanOutcome.Completed, PlanOutcome.Unwound, PlanOutcome.Residual, PlanOutcome.Missed })
        {
            table.AddPlainRow($"plans {outcome.ToString().ToLowerInvariant()}", report.Plans.GetValueOrDefault(outcome).ToString("N0"));
        }

        table.AddPlainRow("fills", last.Fills.ToString("N0"));
        Terminal.On(output).Write(table);
        if (last.Latencies.FirstOrDefault(latency => latency.Stage == "decision") is { Count: > 0 } decision)
        {
            await output.WriteLineAsync($"Frame to decision: {Micros(decision.Quantile(0.5))} at the median, {Micros(decision.Quantile(0.99))} at the 99th percentile.");
        }

        if (report.VenueBalances is { } balances)
        {
            await output.WriteLineAsync(balances.AreEqual
                ? "The venue's own balances equal the ledger's, to the last unit."
                : $"The venue's own balances are not the ledger's: {balances}.");
        }

        await WriteTroubleAsync(output, report);
        await output.WriteLineAsync($"journal {last.Journal}");
        if (report.Tape is { } tape)
        {
            await output.WriteLineAsync($"tape    {tape}");
        }

        await output.WriteLineAsync($"hash    {report.SessionHash ?? "none: the session did not end in order"}");
        if (report is { Tape: { } played, SessionHash: not null })
        {
            await output.WriteLineAsync($"Played again, the tape gives the same hash: parallax backtest {played}");
        }
    }

    private static string Answer(SessionReport report)
    {
        var plans = report.Plans.Values.Sum();
        var sign = report.Accounts.Realised > 0m ? "+" : "";
        var span = $"{report.Uptime.TotalSeconds:F0} s";
        return plans == 0
            ? $"Session {report.Last.Session} ended after {span}: no plan."
            : $"Session {report.Last.Session} ended after {span}: PnL {sign}{Decimals.Plain(Decimals.Down(report.Accounts.Realised, 8))} {report.Last.ReportingAsset} realised in {plans} plans.";
    }

    private static async Task WriteTroubleAsync(TextWriter output, SessionReport report)
    {
        var last = report.Last;
        if (report.Fault is { } fault)
        {
            await output.WriteLineAsync($"The session was ended by a fault: {fault}");
        }
        else if (last.State is TradingState.Halted or TradingState.Killed)
        {
            await output.WriteLineAsync($"Trading was {last.State.ToString().ToLowerInvariant()} at the end: {last.StateReason}.");
        }

        var (reconnects, failures) = (last.Venues.Sum(venue => venue.Reconnects), last.Venues.Sum(venue => venue.ChecksumFailures));
        if (reconnects + failures + last.Overflows > 0)
        {
            await output.WriteLineAsync($"{reconnects:N0} reconnects, {failures:N0} checksum failures, {last.Overflows:N0} records that did not fit; each book was started afresh.");
        }
    }

    private static string Micros(long? nanos) => nanos is { } value ? $"{value / 1_000m:0.#} µs" : "longer than can be told";
}
