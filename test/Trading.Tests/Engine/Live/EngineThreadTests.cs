using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;

namespace Parallax.Trading.Tests.Engine.Live;

public sealed class EngineThreadTests
{
    [Fact]
    public async Task A_session_of_several_threads_replays_from_its_tape_to_the_same_journal()
    {
        await using var hand = new LiveHand().Start().Define().Quiet();
        await hand.UntilAsync(engine => engine.HasBegun, "trading began");
        var other = Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                hand.Book(hand.Other, HandFed.EthBtc, (98, 2_000 + (i % 7)), (100, 2_000 + (i % 5)));
            }
        });
        for (var i = 0; i < 2_000; i++)
        {
            hand.Book(hand.Feed, HandFed.BtcUsd, (99, 10_000), (100, 1_000 + (i % 3)));
            hand.Book(hand.Feed, HandFed.EthUsd, (i % 20 < 10 ? 90 : 110, 2_000 + i), (111, 2_000));
            if (i % 500 == 250)
            {
                await hand.Thread.KillAsync(new OperatorCommand("drill", "test"));
            }
            else if (i % 500 == 400)
            {
                await hand.Thread.ResumeAsync(new OperatorCommand("drill over", "test"));
            }
        }

        await other;
        await hand.UntilAsync(engine => engine.Executor.PlanCount > 0, "a plan was opened");
        var end = await hand.StopAsync();

        Assert.Null(end.Fault);
        Assert.True(hand.Venue.Submitted >= 3, $"{hand.Venue.Submitted} orders");
        Assert.Equal(end.SessionHash, hand.Replay());
        Assert.Equal(end.SessionHash, JournalCheck.Run(hand.JournalFolder).ChainHash);
    }

    [Fact]
    public async Task The_first_record_of_the_tape_holds_the_settings()
    {
        await using var hand = new LiveHand().Start().Define();
        await hand.StopAsync();

        using var tape = TapeFile.Open(hand.TapePath);
        Assert.True(tape.Cursor().TryPeek(out var header));
        Assert.Equal(InputKind.Settings, header.Kind);
    }

    [Fact]
    public async Task A_command_is_in_the_file_once_it_is_acknowledged()
    {
        await using var hand = new LiveHand().Start();

        await hand.Thread.KillAsync(new OperatorCommand("too windy", "page"));

        var found = Read(hand.JournalFolder, InputKind.Kill, OperatorCommand.Read);
        Assert.Equal([new OperatorCommand("too windy", "page")], found);
        Assert.True(await hand.Thread.AskAsync(engine => engine.IsKilled));
        Assert.Equal("too windy", await hand.Thread.AskAsync(engine => engine.KillReason));
    }

    [Fact]
    public async Task After_a_kill_no_plan_is_opened_until_trading_is_resumed()
    {
        await using var hand = new LiveHand().Start().Define().Quiet();
        await hand.Thread.KillAsync(new OperatorCommand("drill", "test"));
        hand.Pay();
        await hand.UntilAsync(engine => engine.Totals.Opportunities == 1, "the cycle paid");
        Assert.Equal(0, hand.Venue.Submitted);

        await hand.Thread.ResumeAsync(new OperatorCommand("drill over", "test"));
        hand.Quiet().Pay();

        await hand.UntilAsync(engine => engine.Executor.Totals.Fills == 3, "the plan was filled");
    }

    [Fact]
    public async Task A_kill_that_was_not_lifted_holds_in_the_next_session()
    {
        await using var hand = new LiveHand().Start(new OperatorCommand("yesterday", "page")).Define().Quiet().Pay();

        await hand.UntilAsync(engine => engine.Totals.Opportunities == 1, "the cycle paid");

        Assert.Equal("yesterday", await hand.Thread.AskAsync(engine => engine.KillReason));
        Assert.Equal(0, hand.Venue.Submitted);
    }

    [Fact]
    public async Task Draining_finishes_the_open_plan_and_opens_no_other()
    {
        await using var hand = new LiveHand();
        hand.Venue.Hold();
        hand.Start().Define().Quiet().Pay();
        await hand.UntilAsync(engine => engine.Executor.OpenCount == 1, "a plan was opened");

        var stopping = hand.Thread.StopAsync(LiveHand.Patience);
        await hand.UntilAsync(engine => engine.IsDraining, "the session drains");
        hand.Quiet().Pay();
        hand.Venue.Release();
        var end = await stopping.WaitAsync(LiveHand.Patience);

        Assert.Null(end.Fault);
        Assert.Equal(PlanOutcome.Completed, Assert.Single(Read(hand.JournalFolder, (byte)DecisionKind.PlanClosed, Decode<PlanClosed>)).Outcome);
        Assert.Equal(end.SessionHash, hand.Replay());
    }

    [Fact]
    public async Task What_is_open_after_the_grace_is_declared_as_what_it_is()
    {
        await using var hand = new LiveHand();
        hand.Venue.Hold();
        hand.Start().Define().Quiet().Pay();
        await hand.UntilAsync(engine => engine.Executor.OpenCount == 1, "a plan was opened");

        var end = await hand.StopAsync(TimeSpan.FromMilliseconds(20));

        Assert.Equal(PlanOutcome.Residual, Assert.Single(Read(hand.JournalFolder, (byte)DecisionKind.PlanClosed, Decode<PlanClosed>)).Outcome);
        Assert.Equal(end.SessionHash, hand.Replay());
    }

    [Fact]
    public async Task A_fault_ends_the_session_says_why_and_leaves_both_files_whole()
    {
        await using var hand = new LiveHand().Start().Define().Quiet();
        await hand.UntilAsync(engine => engine.HasBegun, "trading began");
        hand.Define(7, HandFed.Instrument("SOL", "USD", 1m, 1m));

        var end = await hand.Thread.Completion.WaitAsync(LiveHand.Patience);

        Assert.Contains("after trading began", end.Fault, StringComparison.Ordinal);
        Assert.Null(end.SessionHash);
        Assert.Null(JournalCheck.Run(hand.JournalFolder).Damage);
        using var tape = TapeFile.Open(hand.TapePath);
        var report = tape.Check();
        Assert.True(report.Damage is null && report.TornTail is null && report.Records >= 8, $"{report.Records} records");
        await Assert.ThrowsAsync<InvalidOperationException>(() => hand.Thread.AskAsync(engine => engine.CycleCount));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hand.Thread.KillAsync(new OperatorCommand("late", "test")));

        // Nobody reads any more; a feed goes on without waiting all the same, with records that may be dropped and with others.
        for (var i = 0; i < 50_000; i++)
        {
            hand.Quiet();
            hand.Define(8, HandFed.Instrument("SOL", "USD", 1m, 1m));
        }
    }

    [Fact]
    public async Task What_a_question_throws_is_the_askers_and_the_session_goes_on()
    {
        await using var hand = new LiveHand().Start().Define().Quiet();

        await Assert.ThrowsAsync<DivideByZeroException>(() => hand.Thread.AskAsync(engine => 1 / engine.Executor.PlanCount));

        Assert.Equal(0, await hand.Thread.AskAsync(engine => engine.Executor.PlanCount));
    }

    [Fact]
    public async Task Two_sessions_share_a_journal_and_each_has_the_hash_of_one_alone()
    {
        await using var first = new LiveHand().Start().Define().Quiet().Pay();
        await first.UntilAsync(engine => engine.Executor.Totals.Fills == 3, "the plan was filled");
        var ended = await first.StopAsync();
        await using var second = new LiveHand(first.Folder, session: 2).Start().Define().Quiet().Pay();
        await second.UntilAsync(engine => engine.Executor.Totals.Fills == 3, "the plan was filled");
        var endedToo = await second.StopAsync();

        Assert.Equal(ended.SessionHash, first.Replay());
        Assert.Equal(endedToo.SessionHash, second.Replay());
        Assert.NotEqual(endedToo.SessionHash, JournalCheck.Run(first.JournalFolder).ChainHash);
        Assert.Equal([1, 2], Read(first.JournalFolder, (byte)DecisionKind.SessionStarted, Decode<SessionStarted>).Select(started => started.Number));
    }

    [Fact]
    public async Task A_book_that_fails_is_asked_for_afresh()
    {
        await using var hand = new LiveHand().Start().Define().Quiet();
        var now = hand.Clock.NowNanos;

        hand.Feed.Append(BookRecord.Header(MarketRecordKind.BookDelta, HandFed.EthBtc, now, now, venueChecksum: 1), []);
        hand.Feed.Append(FeedStateRecord.Header(FeedState.Disconnected, FeedStateRecord.WholeFeed, now, now), []);
        hand.Feed.Append(FeedStateRecord.Header(FeedState.MarketOpen, HandFed.EthUsd, now, now), []);
        await hand.UntilAsync(engine => engine.Totals.Records == 10, "all were taken");

        // A checksum of an instrument without decimals is undefined. A feed that disconnected subscribes afresh on its own.
        Assert.Equal([(HandFed.EthBtc, BookInvalidReason.ChecksumUndefined), (HandFed.EthUsd, BookInvalidReason.FeedLost)], hand.Repairs);
    }

    [Fact]
    public async Task A_book_that_stays_crossed_is_asked_for_afresh_and_one_that_heals_is_not()
    {
        await using var hand = new LiveHand().Start(crossedMax: TimeSpan.FromMilliseconds(5)).Define();
        hand.Book(hand.Feed, HandFed.BtcUsd, (101, 10), (100, 10)).Book(hand.Feed, HandFed.EthUsd, (90, 10), (100, 10));

        using var deadline = new CancellationTokenSource(LiveHand.Patience);
        while (hand.Repairs.Count < 2)
        {
            Assert.False(deadline.IsCancellationRequested, "A crossed book was not asked for again.");
            await Task.Yield();
        }

        Assert.All(hand.Repairs, asked => Assert.Equal((HandFed.BtcUsd, BookInvalidReason.CrossedTooLong), asked));
        hand.Book(hand.Feed, HandFed.BtcUsd, (99, 10), (100, 10));
        await hand.UntilAsync(engine => engine.Markets.Book(HandFed.BtcUsd).State == BookState.Live, "the book healed");
    }

    private static T Decode<T>(Journal.Framing.Record record)
        where T : IDecision<T>
    {
        var reader = new PayloadReader(record.Payload);
        return T.Read(ref reader);
    }

    private delegate T Decoder<T>(Journal.Framing.Record record);

    private static List<T> Read<T>(string journal, byte kind, Decoder<T> decode)
    {
        var found = new List<T>();
        using var reader = JournalReader.Open(journal);
        while (reader.TryRead(out var record))
        {
            if (record.Header.Kind == kind)
            {
                found.Add(decode(record));
            }
        }

        return found;
    }
}
