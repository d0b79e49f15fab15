using System.Text.Json.Nodes;
using Parallax.Cli.Systems;
using Parallax.Domain;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Reporting.Sessions;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Latency;
using Parallax.Simulation.SeededMarket;
using Parallax.Simulation.Venue;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Tests.Systems;

/// <summary>The wiring that demo and paper share, on a seeded market that runs by the real clock.</summary>
public sealed class LiveSessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-session-").FullName;

    [Fact]
    public async Task A_recorded_session_with_plans_kills_and_lost_books_replays_in_backtest_to_the_same_hash()
    {
        var report = await RunAsync(async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.Fills >= 6);
            Assert.True((await session.KillAsync("drill", "test", default)).IsDone);
            Assert.Equal((TradingState.Killed, "drill"), (session.Current.State, session.Current.StateReason));
            market.LoseBooks();
            await market.UntilAsync(() => market.Resynchronisations > 0);
            Assert.True((await session.ResumeAsync("drill over", "test", default)).IsDone);
            Assert.Equal(TradingState.Running, session.Current.State);
            var fills = session.Current.Fills;
            await market.UntilAsync(() => session.Current.Fills > fills);
        });

        var replayed = await CommandLine.RunAsync("backtest", report.Tape!, "--json");
        var text = await CommandLine.RunAsync("backtest", report.Tape!, "--journal", Path.Combine(_folder, "again"));

        Assert.Equal("", replayed.Error);
        var json = JsonNode.Parse(replayed.Output)!;
        Assert.Equal("as recorded", (string)json["played"]!);
        Assert.Equal(report.SessionHash, (string)json["journal_hash"]!);
        Assert.Equal(report.Last.Fills, (long)json["fills"]!);
        Assert.True(report.Last.Fills >= 7);
        Assert.Equal(report.ToJson()["balances"]!.ToJsonString(), json["balances"]!.ToJsonString());
        Assert.Contains("played as recorded", text.Output, StringComparison.Ordinal);
        Assert.Equal(report.SessionHash, JournalCheck.Run(Path.Combine(_folder, "again")).ChainHash);
        Assert.Equal(report.JournalHash, JournalCheck.Run(Path.Combine(_folder, "journal")).ChainHash);
    }

    [Fact]
    public async Task The_next_session_counts_on_and_is_still_killed()
    {
        var first = await RunAsync(async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.State == TradingState.Running);
            await session.KillAsync("enough for today", "test", default);
        });
        var second = await RunAsync(async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.Refused.GetValueOrDefault("kill") > 0);
            Assert.Equal("enough for today", session.Current.StateReason);
        });

        Assert.Equal((1, 2), (first.Last.Session, second.Last.Session));
        Assert.Equal(0, second.Last.Fills);
        var replayed = JsonNode.Parse((await CommandLine.RunAsync("backtest", second.Tape!, "--json")).Output)!;
        Assert.Equal(second.SessionHash, (string)replayed["journal_hash"]!);
        Assert.NotEqual(second.SessionHash, second.JournalHash);
    }

    [Fact]
    public async Task E4_what_a_session_won_and_lost_is_known_to_the_next_and_stands_on_its_tape()
    {
        var (before, after) = (0m, 0m);
        await RunAsync(async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.Fills >= 3);
            await session.KillAsync("enough for today", "test", default);
            await market.UntilAsync(() => session.Current.OpenPlans.Count == 0);
            before = await session.AskAsync(engine => engine.Risk.Losses.Equity);
        });
        var second = await RunAsync(async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.Refused.GetValueOrDefault("kill") > 0);
            after = await session.AskAsync(engine => engine.Risk.Losses.Equity);
        });

        Assert.NotEqual(0m, before);
        Assert.Equal(before, after);
        var replayed = JsonNode.Parse((await CommandLine.RunAsync("backtest", second.Tape!, "--json")).Output)!;
        Assert.Equal(second.SessionHash, (string)replayed["journal_hash"]!);
    }

    [Fact]
    public async Task A_session_that_was_never_begun_leaves_its_number_to_nobody()
    {
        var options = Options();
        await using (await LiveSession.OpenAsync(options, TimeProvider.System))
        {
        }

        await using var next = await LiveSession.OpenAsync(options, TimeProvider.System);
        Assert.Equal(2, next.Settings.Session);
    }

    [Fact]
    public async Task Two_sessions_cannot_share_a_folder_at_one_time()
    {
        await using var session = await LiveSession.OpenAsync(Options(), TimeProvider.System);

        await Assert.ThrowsAsync<Journal.Files.UnwritableFileException>(() => LiveSession.OpenAsync(Options(), TimeProvider.System));
    }

    [Fact]
    public async Task A_fault_is_shown_and_commands_are_refused_from_then_on()
    {
        await using var session = await LiveSession.OpenAsync(Options(), TimeProvider.System);
        var feed = session.Feed("feed");
        var venue = SeededSession.Venue(session.Settings);
        session.Start(venue, null, () => [], venue);
        feed.Append(MarketData.Records.InstrumentRecord.Header(5, session.Clock.NowNanos), []);

        var report = await session.StopAsync(SeededSession.Patience);

        Assert.NotNull(report.Fault);
        Assert.Equal((TradingState.Halted, report.Fault), (session.Current.State, session.Current.StateReason));
        Assert.Equal(report.Fault, (string?)report.ToJson()["halted"]);
        Assert.False((await session.KillAsync("late", "test", default)).IsDone);
        Assert.Null(JournalCheck.Run(session.Journal).Damage);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    public async Task A_command_without_a_reason_of_one_line_is_refused(string reason)
    {
        await using var session = await LiveSession.OpenAsync(Options(), TimeProvider.System);

        Assert.False((await session.KillAsync(reason, "test", default)).IsDone);
    }

    [Fact]
    public async Task A_session_tape_takes_no_settings_of_another_kind()
    {
        var report = await RunAsync((session, market) => market.UntilAsync(() => session.Current.State == TradingState.Running));

        (await CommandLine.RunAsync("backtest", report.Tape!, "--capital", "USD=1")).IsOneSentence(ExitCodes.WrongUsage, "played as recorded", "--capital");
    }

    [Fact]
    public async Task A_picture_shows_books_balances_and_latencies()
    {
        await RunAsync(async (session, market) =>
        {
            await market.UntilAsync(() => session.Current.Fills >= 3);
            var picture = session.Current;

            Assert.Equal(market.Instruments.Count, picture.Books.Count);
            Assert.All(picture.Books, book => Assert.True(book.Updates > 0 && book.Bids.Count > 0 && book.Bids[0].Price < book.Asks[0].Price));
            Assert.Equal(await session.AskAsync(engine => engine.Totals.Records) > 0, picture.Records > 0);
            var usd = Assert.Single(picture.Balances, balance => balance.Asset.Code == "USD");
            Assert.Equal(usd.Total, usd.Worth);
            Assert.True(picture.Cycles > 0 && picture.JournalSequence > 0);
            Assert.Equal(
                ["queue", "decision", "order-queue", "order-decision", "order-intent", "order-gateway", "order-total"],
                picture.Latencies.Select(latency => latency.Stage));
            Assert.All(picture.Latencies, latency => Assert.True(latency.Count > 0 && latency.Counts.Count == latency.UpperBounds.Count + 1));
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LiveSessionOptions Options() => SeededSession.Options(_folder);

    private Task<SessionReport> RunAsync(Func<LiveSession, LiveMarketFeed, Task> during) => SeededSession.RunAsync(_folder, during);
}
