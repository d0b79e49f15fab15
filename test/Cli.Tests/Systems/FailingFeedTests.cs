using System.Text.Json.Nodes;
using Parallax.Cli.Systems;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Records;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Supervision;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Feeds;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.VenueServers.Kraken;

namespace Parallax.Cli.Tests.Systems;

/// <summary>A real session on a real feed, over real sockets, in which something throws.</summary>
public sealed class FailingFeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parallax-failing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task C13_a_feed_that_throws_twice_is_started_again_its_books_come_back_and_the_session_replays()
    {
        var report = await RunAsync(failures: 2, async (session, feed) =>
        {
            await UntilAsync(() => Told().Count(task => task.State == TaskState.Running) == 2);
            await UntilAsync(() => feed.Health.LiveBooks > 0);
            Assert.NotEqual(TradingState.Halted, session.Current.State);
        });

        Assert.Null(report.Fault);
        Assert.Equal([TaskState.Failed, TaskState.Running, TaskState.Failed, TaskState.Running], Told().Select(task => task.State));
        var replayed = await CommandLine.RunAsync("backtest", report.Tape!, "--json");
        Assert.Equal(report.SessionHash, (string)JsonNode.Parse(replayed.Output)!["journal_hash"]!);
    }

    [Fact]
    public async Task C13_a_feed_that_throws_for_ever_stays_stopped_and_the_session_says_so_and_goes_on_without_it()
    {
        var report = await RunAsync(failures: int.MaxValue, async (session, feed) =>
        {
            await UntilAsync(() => session.Current.State == TradingState.Halted);
            Assert.Equal(
                "kraken feed failed 4 times and stays stopped until the program is started again: InvalidOperationException: a record nobody expected",
                session.Current.StateReason);
            Assert.Equal(FeedWords.Stopped, feed.Health.State);
            Assert.False(session.Completion.IsCompleted);
            Assert.True((await session.KillAsync("the session still listens", "test", CancellationToken.None)).IsDone);
        });

        Assert.Null(report.Fault);
        Assert.Equal(TaskState.Stopped, Told()[^1].State);
    }

    private async Task<SessionReport> RunAsync(int failures, Func<LiveSession, KrakenFeed, Task> during)
    {
        await using var server = await KrakenServer.StartAsync(new KrakenServerOptions { Instruments = 6 }, TimeProvider.System, CancellationToken.None);
        using var rest = new KrakenRest(server.Endpoint, null, TimeProvider.System, 1);
        var listing = await KrakenInstruments.InCyclesAsync(rest, 5, 10, CancellationToken.None);
        await using var session = await LiveSession.OpenAsync(SeededSession.Options(_folder), new ShortPauses());
        var inlet = session.Feed("kraken");
        var payload = new PayloadWriter();
        for (ushort number = 0; number < listing.Instruments.Count; number++)
        {
            inlet.Append(InstrumentRecord.Header(number, session.Clock.NowNanos), InstrumentRecord.Write(payload, listing.Instruments[number]));
        }

        var reconnects = new ReconnectPolicy(
            new ReconnectOptions { DelayMin = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(10) },
            new ConnectionBudget(KrakenLimits.ConnectionsPerTenMinutes, TimeSpan.FromMinutes(10)),
            seed: 1);
        using var feed = new KrakenFeed(
            KrakenEndpoints.At(server.Endpoint).PublicFeed, listing.Instruments, new Failing(inlet, failures), new KrakenFeedOptions(), reconnects, session.Clock);
        var venue = SeededSession.Venue(session.Settings);
        session.Start(venue, feed, () => [], venue);
        feed.Start(session.Supervisor);
        await during(session, feed);
        return await session.StopAsync(SeededSession.Patience);
    }

    private List<TaskReport> Told()
    {
        var told = new List<TaskReport>();
        using var reader = JournalReader.Open(Path.Combine(_folder, "journal"));
        while (reader.TryRead(out var record))
        {
            if (record.Header.Kind == TaskReport.RecordKind)
            {
                told.Add(TaskReport.Read(record));
            }
        }

        return told;
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

    /// <summary>Throws at a book record now and then, as a parser does that meets what nobody expected.</summary>
    private sealed class Failing(IRecordSink inlet, int failures) : IRecordSink
    {
        private int _left = failures;
        private int _books;

        public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            if (header.Kind is MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot && ++_books % 50 == 0 && _left > 0)
            {
                _left--;
                throw new InvalidOperationException("a record nobody expected");
            }

            inlet.Append(header, payload);
        }
    }

    /// <summary>Time as it is, but for pauses, of which none is long.</summary>
    private sealed class ShortPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.FromMilliseconds(10) ? TimeSpan.FromMilliseconds(10) : dueTime, period);
    }
}
