using Parallax.MarketData.Books;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Bench.Soak;

/// <summary>One thing that a soak has to show.</summary>
/// <param name="Id">Stable, for scripts: <c>memory</c>, <c>recovered</c>, ….</param>
/// <param name="Found">What was found, one sentence.</param>
/// <param name="NeedsTime">Means something only on a calm machine and after minutes, so a short run reports it and does not fail by it.</param>
public sealed record SoakJudgement(string Id, bool Holds, string Found, bool NeedsTime = false)
{
    /// <summary>Megabytes; or a tenth, where that is more. Garbage waits to be collected for that much.</summary>
    private const double MemoryMarginMin = 10;

    private const double MemoryMargin = 0.1;

    private const double CountMargin = 4;
    private const double RateMin = 0.99;

    public static IReadOnlyList<SoakJudgement> Of(SoakResult soak) =>
    [
        Rate(soak),
        Level(soak, "memory", "working set in MB", MemoryMarginMin, MemoryMargin, sample => sample.WorkingSet / 1e6),
        Level(soak, "heap", "heap in MB", MemoryMarginMin, MemoryMargin, sample => sample.Heap / 1e6),
        Level(soak, "handles", "handles", CountMargin, 0, sample => sample.Handles),
        Level(soak, "threads", "threads", CountMargin, 0, sample => sample.Threads),
        Noticed(soak),
        Recovered(soak),
        Causes(soak),
        Wire(soak),
        Inlet(soak),
        Books(soak),
        new("session", soak.Fault is null, soak.Fault ?? "The session ended in order."),
    ];

    private static SoakJudgement Rate(SoakResult soak) => new(
        "rate",
        soak.FramesPerSecond >= RateMin * soak.Terms.Rate,
        $"{soak.FramesPerSecond:N0} frames of market data a second, of {soak.Terms.Rate:N0} wanted.",
        NeedsTime: true);

    /// <summary>
    /// The lowest of the last third against the lowest of the one before: garbage and what a burst took are given back, what leaks is not.
    /// </summary>
    private static SoakJudgement Level(SoakResult soak, string id, string what, double marginMin, double share, Func<SoakSample, double> value)
    {
        var third = soak.Samples.Count / 3;
        var (middle, last) = (soak.Samples.Skip(third).Take(third).Select(value).ToList(), soak.Samples.Skip(2 * third).Select(value).ToList());
        var (floor, floorNow) = (middle.DefaultIfEmpty().Min(), last.DefaultIfEmpty().Min());
        var margin = Math.Max(marginMin, floor * share);
        return new SoakJudgement(
            id,
            floorNow <= floor + margin,
            $"{what}: at least {floor:F0} in the middle third, {floorNow:F0} in the last (allowed {margin:F0} more); medians {Median(middle):F0} and {Median(last):F0}.",
            NeedsTime: true);
    }

    private static SoakJudgement Noticed(SoakResult soak)
    {
        var missed = soak.Faults.Count(fault => fault is { IsNoticed: false, IsOvertaken: false } && SoakFault.MustBeNoticed(fault.Kind));
        var overtaken = soak.Faults.Count(fault => fault is { IsNoticed: false, IsOvertaken: true });
        var kinds = soak.Faults.GroupBy(fault => fault.Kind).OrderBy(group => group.Key)
            .Select(group => $"{group.Key}: {group.Count(fault => fault.IsNoticed)} of {group.Count()}");
        return new SoakJudgement("noticed", missed == 0 && soak.Faults.Count > 0, $"Noticed {string.Join(", ", kinds)}{(overtaken > 0 ? $"; {overtaken} lost in an overflow or with a connection, which were noticed" : "")}.");
    }

    private static SoakJudgement Recovered(SoakResult soak)
    {
        var times = soak.Faults.Where(fault => fault.RecoveredAfter is not null && SoakFault.MustBeNoticed(fault.Kind)).Select(fault => fault.RecoveredAfter!.Value.TotalMilliseconds).ToList();
        return new SoakJudgement(
            "recovered",
            soak.Faults.All(fault => fault.RecoveredAfter is not null),
            $"{soak.Faults.Count(fault => fault.RecoveredAfter is not null)} of {soak.Faults.Count} faults recovered"
            + (times.Count > 0 ? $", after {Median(times):F0} ms in the median and {times.Max():F0} at most." : "."));
    }

    /// <summary>No alarm without a fault behind it.</summary>
    private static SoakJudgement Causes(SoakResult soak)
    {
        int Count(params ReadOnlySpan<FrameFault> kinds)
        {
            var wanted = kinds.ToArray();
            return soak.Faults.Count(fault => wanted.Contains(fault.Kind));
        }

        var (failures, reconnects) = (soak.Feed.ChecksumFailures, soak.Feed.Reconnects);
        var (wrong, cut) = (Count(FrameFault.Checksum, FrameFault.Drop), Count(FrameFault.Disconnect, FrameFault.Truncate));
        return new SoakJudgement(
            "causes",
            failures <= wrong && reconnects >= cut,
            $"{failures} checksum failures with {wrong} wrong or lost messages behind them; {reconnects} new connections, {cut} of them forced"
            + $" ({string.Join("; ", soak.Ends.OrderByDescending(end => end.Value).Select(end => $"{end.Value} × {end.Key.TrimEnd('.')}"))}).");
    }

    /// <summary>What a connection takes with it when it is cut cannot be counted at both ends; on the one that stands every frame arrives.</summary>
    private static SoakJudgement Wire(SoakResult soak)
    {
        var lost = soak.Server.SentOnClosed + soak.Server.SentOnOpen - soak.Feed.Messages;
        return new SoakJudgement(
            "frames",
            soak.Server.SentOnOpen == soak.Feed.ConnectionMessages && lost >= 0 && (lost == 0 || soak.Feed.Reconnects > 0),
            $"{soak.Server.SentOnOpen:N0} frames sent on the last connection, {soak.Feed.ConnectionMessages:N0} received; of all "
            + $"{soak.Server.SentOnClosed + soak.Server.SentOnOpen:N0} frames {lost:N0} went down with {soak.Feed.Reconnects} connections.");
    }

    private static SoakJudgement Inlet(SoakResult soak)
    {
        var lost = soak.BooksOffered - soak.BooksTaken;
        return new SoakJudgement(
            "records",
            lost >= 0 && lost <= soak.Session.Overflows,
            $"{soak.BooksOffered:N0} book records handed to the engine, {soak.BooksTaken:N0} taken, {soak.Session.Overflows:N0} counted as overflows.");
    }

    private static SoakJudgement Books(SoakResult soak)
    {
        var live = soak.Session.Books.Count(book => book.State is not (BookState.AwaitingSnapshot or BookState.Invalid));
        return new SoakJudgement(
            "books",
            live == soak.Instruments && soak.DifferingBooks.Count == 0,
            $"{live} of {soak.Instruments} books live at the end, {soak.Instruments - soak.DifferingBooks.Count} equal to the server's"
            + (soak.DifferingBooks.Count > 0 ? $"; not {string.Join(", ", soak.DifferingBooks)}." : "."));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count > 0 ? sorted[sorted.Count / 2] : 0;
    }
}
