using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.Trading.Decisions;
using Parallax.Trading.Engine;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Tests.Engine.Live;

/// <summary>A disk that is full for a while, and the session that goes on.</summary>
public sealed class FullDiskSessionTests : IDisposable
{
    private readonly string _segment = Path.Combine(Directory.CreateTempSubdirectory("parallax-full-").FullName, "00000001.journal");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_segment)!, recursive: true);

    [Fact]
    public async Task C7_a_session_on_a_full_disk_opens_nothing_and_goes_on_by_itself_when_there_is_room()
    {
        var disk = new FillingDisk { SpareBytes = 64 << 10 };
        await using var hand = new LiveHand(disk: disk).Start().Define().Quiet();
        await hand.UntilAsync(engine => engine.HasBegun, "trading began");
        disk.Fill();
        await hand.Thread.TellAsync(InputKind.CommandRefused, new OperatorCommand("anything to write down", "test").Write(new PayloadWriter()).ToArray());
        await hand.UntilAsync(engine => engine.Storage.IsFull, "the disk was found full");
        hand.Pay();
        await hand.UntilAsync(engine => engine.Totals.Refused.GetValueOrDefault("storage-full") == 1, "the cycle was refused");
        Assert.Equal(0, hand.Venue.Submitted);
        Assert.Matches("^The disk of /data/journal is full, [0-9.]+ MiB are free: no plan is opened until there is room$", await hand.Thread.AskAsync(engine => engine.Storage.Last.Text));
        await hand.UntilAsync(_ => Told(disk).SequenceEqual([true]), "that was written into the room that had been given back");

        disk.MakeRoom();
        await hand.UntilAsync(engine => !engine.Storage.IsFull, "there was room");
        hand.Quiet().Pay();
        await hand.UntilAsync(engine => engine.Executor.Totals.Fills >= 3, "a plan was traded");
        var end = await hand.StopAsync();

        Assert.Null(end.Fault);
        Assert.Equal([true, false], Told(disk));
        Assert.Equal(end.SessionHash, JournalCheck.Run(_segment).ChainHash);
        Assert.Equal(end.SessionHash, hand.Replay());
        Assert.Null(TapeFile.Open(hand.TapePath).Check().Damage);
    }

    [Fact]
    public async Task C7_an_intent_that_finds_no_room_is_not_sent_and_its_plan_ends()
    {
        var disk = new FillingDisk();
        await using var hand = new LiveHand(disk: disk);
        // The disk fills up in the very moment in which the intent is written.
        hand.Start(onDecided: kind =>
        {
            if (kind == (byte)DecisionKind.OrderIntent)
            {
                disk.Fill();
            }
        });
        hand.Define().Quiet().Pay();
        await hand.UntilAsync(engine => engine.Storage.IsFull && engine.Executor.PlanCount == 1 && engine.Executor.OpenCount == 0, "the plan ended");
        Assert.Equal(0, hand.Venue.Submitted);

        disk.MakeRoom();
        await hand.UntilAsync(engine => !engine.Storage.IsFull, "there was room");
        var end = await hand.StopAsync();

        await File.WriteAllBytesAsync(_segment, disk.Bytes);
        var journal = LiveJournal.Of(_segment);
        Assert.Equal("storage-full", Assert.Single(journal.NotSent).Reason);
        Assert.Equal(PlanOutcome.Missed, Assert.Single(journal.All<PlanClosed>()).Outcome);
        Assert.Equal(end.SessionHash, hand.Replay());
    }

    [Fact]
    public async Task C7_a_kill_on_a_full_disk_holds_and_its_answer_says_that_nothing_keeps_it()
    {
        var disk = new FillingDisk();
        await using var hand = new LiveHand(disk: disk).Start().Define().Quiet();
        await hand.UntilAsync(engine => engine.HasBegun, "trading began");
        disk.Fill();

        var answer = await Assert.ThrowsAsync<InvalidOperationException>(() => hand.Thread.KillAsync(new OperatorCommand("drill", "test")));

        Assert.StartsWith("It was taken, but the disk is full", answer.Message, StringComparison.Ordinal);
        Assert.True(await hand.Thread.AskAsync(engine => engine.IsKilled));
        disk.MakeRoom();
        await hand.UntilAsync(engine => !engine.Storage.IsFull, "there was room");
        await hand.StopAsync();
        await File.WriteAllBytesAsync(_segment, disk.Bytes);
        Assert.NotNull(LiveJournal.Of(_segment).Fold.Kill);
    }

    [Fact]
    public async Task C7_a_disk_that_stays_full_beyond_what_memory_holds_ends_the_session_with_a_sentence()
    {
        var disk = new FillingDisk();
        await using var hand = new LiveHand(disk: disk).Start().Define().Quiet();
        await hand.UntilAsync(engine => engine.HasBegun, "trading began");
        disk.Fill();
        var reason = new string('x', 60_000);
        while (!hand.Thread.Completion.IsCompleted)
        {
            try
            {
                await hand.Thread.KillAsync(new OperatorCommand(reason, "test"));
            }
            catch (Exception refused) when (refused is InvalidOperationException or IOException)
            {
                // Taken and not kept, until nothing is taken any more.
            }
        }

        var end = await hand.Thread.Completion;

        Assert.EndsWith("cannot be written: the disk is full; what was written before is intact.", end.Fault, StringComparison.Ordinal);
        Assert.Null(JournalCheck.Damage(disk.Bytes));
    }

    private List<bool> Told(FillingDisk disk)
    {
        File.WriteAllBytes(_segment, disk.Bytes.Span);
        var told = new List<bool>();
        using var reader = JournalReader.Open(_segment);
        while (reader.TryRead(out var record))
        {
            if (record.Header.Kind is StorageReport.FullKind or StorageReport.BackKind)
            {
                told.Add(StorageReport.Read(record).IsFull);
            }
        }

        return told;
    }
}
