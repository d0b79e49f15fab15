using System.Text.Json.Nodes;
using Parallax.Cli.Config;
using Parallax.Cli.Systems;
using Parallax.Journal.Chain;
using Parallax.Reporting.Sessions;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Tests.Systems;

/// <summary>Paper sessions against a server on loopback that speaks the venue's protocol: real sockets, real checksums, simulated fills.</summary>
public sealed class PaperSystemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-paper-").FullName;

    [Fact]
    public async Task A_paper_session_replays_in_backtest_to_the_same_session_hash()
    {
        await using var server = await ServerAsync(FaultTerms.None);
        var report = await RunAsync(server, session => UntilAsync(() => session.Current.Fills >= 6));

        Assert.Null(report.Fault);
        Assert.Equal(0, report.Last.Venues.Sum(venue => venue.ChecksumFailures));
        Assert.All(report.Last.Books, book => Assert.True(book.Updates > 0, $"{book.Instrument.Id} was never updated."));
        await AssertReplaysAsync(report);
    }

    [Fact]
    public async Task A_paper_session_with_disconnects_wrong_checksums_a_kill_and_a_resume_replays_to_the_same_session_hash()
    {
        await using var server = await ServerAsync(new FaultTerms { Disconnect = 0.0005, Checksum = 0.002, Drop = 0.001, Truncate = 0.0005 });
        var report = await RunAsync(server, async session =>
        {
            await UntilAsync(() => session.Current.Fills >= 3);
            Assert.True((await session.KillAsync("drill", "test", default)).IsDone);
            var refused = session.Current.Refused.GetValueOrDefault("kill");
            await UntilAsync(() => session.Current.Refused.GetValueOrDefault("kill") > refused);
            Assert.True((await session.ResumeAsync("drill over", "test", default)).IsDone);
            await UntilAsync(() => session.Current.Venues.Sum(venue => venue.Reconnects) >= 1 && session.Current.Venues.Sum(venue => venue.ChecksumFailures) >= 2);
        });

        Assert.Null(report.Fault);
        Assert.True(report.BooksInvalidated > 0);
        await AssertReplaysAsync(report);
    }

    [Fact]
    public async Task The_verb_trades_for_its_time_and_prints_a_summary_that_backtest_confirms()
    {
        await using var server = await ServerAsync(FaultTerms.None);

        var run = await CommandLine.RunAsync("paper", "--endpoint", server.Endpoint.ToString(), "--for", "4s", "--headless", "--json", "--data", _folder);

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        var summary = JsonNode.Parse(run.Output)!;
        Assert.True((double)summary["uptime_seconds"]! >= 4);
        Assert.True((long)summary["messages"]! > 100);
        Assert.True((long)summary["decision_latency_ns"]!["p99"]! >= (long)summary["decision_latency_ns"]!["p50"]!);
        var replayed = await CommandLine.RunAsync("backtest", (string)summary["tape"]!, "--json");
        Assert.Equal((string)summary["session_hash"]!, (string)JsonNode.Parse(replayed.Output)!["journal_hash"]!);
    }

    [Fact]
    public async Task A_venue_that_does_not_answer_is_one_sentence()
    {
        var run = await CommandLine.RunAsync("paper", "--endpoint", "http://127.0.0.1:1", "--headless", "--data", _folder);

        run.IsOneSentence(ExitCodes.Failed, "Kraken");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<KrakenServer> ServerAsync(FaultTerms faults) => KrakenServer.StartAsync(
        new KrakenServerOptions
        {
            Instruments = 12,
            MarketRate = 1_000,
            Faults = faults,
            Market = new KrakenServerOptions().Market with { MispricingsPerMinute = 600, MispricingFeeBps = 26, MispricingMarginBps = (20, 80), BriefPercent = 0 },
            Rivals = new RivalTerms { FirstPercent = 0, AheadPercent = 0, SweepOfNextPercent = 0 },
        },
        TimeProvider.System,
        CancellationToken.None);

    private async Task<SessionReport> RunAsync(KrakenServer server, Func<IOperatedSession, Task> during)
    {
        var settings = ParallaxSettings.Load(new SettingSources
        {
            Mode = PaperSystem.Mode,
            ModeDefaults = PaperSystem.Defaults,
            CommandLine =
            [
                ("--endpoint", SettingCatalog.KrakenEndpoint.Key, server.Endpoint.ToString()),
                ("--data", SettingCatalog.DataFolder.Key, _folder),
                ("--min-edge", SettingCatalog.NetEdgeBpsMin.Key, "1"),
                ("--latency", SettingCatalog.EntryMillis.Key, "2"),
                // The made-up market is made of jumps, which the guards would rightly distrust.
                ("--volatility", "limits.volatility", "1000"),
                ("--spread", "limits.spread-multiple", "1000"),
                ("--orders", "limits.orders-per-minute", "10000"),
            ],
        });
        await using var paper = await PaperSystem.StartAsync(new PaperOptions { Settings = settings, IsHeadless = true }, TimeProvider.System, CancellationToken.None);
        await during(paper.Session);
        var report = await paper.StopAsync();
        Assert.True((ulong)paper.Desk.Store.Sequence >= report.Last.JournalSequence, "The store did not take the whole session.");
        return report;
    }

    private async Task AssertReplaysAsync(SessionReport report)
    {
        var replayed = await CommandLine.RunAsync("backtest", report.Tape!, "--json");
        Assert.Equal("", replayed.Error);
        var json = JsonNode.Parse(replayed.Output)!;
        Assert.Equal("as recorded", (string)json["played"]!);
        Assert.Equal(report.SessionHash, (string)json["journal_hash"]!);
        Assert.Equal(report.Last.Fills, (long)json["fills"]!);
        Assert.Equal(report.JournalHash, JournalCheck.Run(Path.Combine(_folder, "journal")).ChainHash);
        var compared = await CommandLine.RunAsync("compare", "--live", Path.Combine(_folder, "journal"), "--replay", report.Tape!, "--json");
        Assert.Equal(("", ExitCodes.Done), (compared.Error, compared.ExitCode));
        Assert.True((bool)JsonNode.Parse(compared.Output)!["same"]!);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            Assert.False(deadline.IsCancellationRequested, "Waited two minutes in vain.");
            await Task.Yield();
        }
    }
}
