using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;
using Parallax.Journal.Tests.Chain;

namespace Parallax.Journal.Tests.Files;

/// <summary>What is kept in memory while a disk is full, and the room that is set aside for that.</summary>
public sealed class BacklogTests
{
    [Fact]
    public void What_was_appended_while_the_disk_was_full_is_written_in_order_and_the_bytes_are_those_of_a_disk_that_never_was()
    {
        var samples = JournalSample.Many(91, 6_000);
        var (full, never) = (new MemoryDisk(), new MemoryDisk());
        using (var writer = JournalWriter.Open(full, backlogMax: 8 << 20))
        {
            Sample.AppendAll(writer, samples[..2_000]);
            full.IsFull = true;
            Sample.AppendAll(writer, samples[2_000..4_000]);
            var size = full.Bytes.Length;
            Assert.True(Assert.Throws<UnwritableFileException>(() => writer.Flush(FlushPolicy.Disk)).IsFull);
            Assert.Equal(size, full.Bytes.Length);
            Assert.Null(JournalCheck.Damage(full.Bytes));
            full.IsFull = false;
            writer.Flush(FlushPolicy.Disk);
            Sample.AppendAll(writer, samples[4_000..]);
        }

        using (var writer = JournalWriter.Open(never))
        {
            Sample.AppendAll(writer, samples);
        }

        Assert.True(full.Bytes.Span.SequenceEqual(never.Bytes.Span));
    }

    [Fact]
    public void Beyond_its_bound_an_append_is_refused_as_a_full_disk_refuses_it_and_goes_on_when_there_is_room()
    {
        var samples = JournalSample.Many(92, 40_000);
        var disk = new MemoryDisk { IsFull = true };
        var writer = JournalWriter.Open(disk, backlogMax: 1 << 20);
        var taken = 0;
        var refused = Assert.Throws<UnwritableFileException>(() =>
        {
            for (; taken < samples.Length; taken++)
            {
                writer.Append(samples[taken].Header, samples[taken].Payload);
            }
        });
        Assert.True(refused.IsFull);
        Assert.True(taken > 8_000, $"{taken} records were kept.");

        disk.IsFull = false;
        Sample.AppendAll(writer, samples[taken..]);
        var hash = writer.Close();

        using var hashed = JournalWriter.HashOnly(new JournalOptions { SegmentSizeMax = long.MaxValue });
        Sample.AppendAll(hashed, samples);
        Assert.Equal(hashed.Close(), hash);
    }

    [Fact]
    public void Room_is_given_back_once_and_a_flush_that_still_finds_none_is_not_believed()
    {
        var disk = new MemoryDisk { SpareBytes = 40_000 };
        var room = new DiskRoom(disk);
        using var journal = new SessionJournal(JournalWriter.Open(disk, backlogMax: 8 << 20), room);
        var samples = JournalSample.Many(93, 6_000);
        Assert.True(room.TryStand());

        disk.IsFull = true;
        Append(samples[..200]);
        Assert.True(journal.TryFlush(FlushPolicy.Disk));
        Assert.True(room.IsFull);
        Append(samples[200..3_000]);
        Assert.False(journal.TryFlush(FlushPolicy.Disk));
        Assert.False(room.TryStand());

        disk.IsFull = false;
        Assert.True(journal.TryFlush(FlushPolicy.Disk));
        Assert.True(room.TryStand());
        Assert.False(room.IsFull);
        Append(samples[3_000..]);
        journal.Close();
        Assert.Null(JournalCheck.Damage(disk.Bytes));

        void Append(Sample[] some)
        {
            foreach (var sample in some)
            {
                journal.Append(sample.Header, sample.Payload);
            }
        }
    }

    [Fact]
    public void A_trouble_that_is_no_full_disk_is_thrown_at_once()
    {
        var disk = new MemoryDisk { IsBroken = true };
        using var journal = new SessionJournal(JournalWriter.Open(disk, backlogMax: 1 << 20), new DiskRoom(disk));
        journal.Append(JournalSample.Many(95, 1)[0].Header, []);

        Assert.False(Assert.Throws<UnwritableFileException>(() => journal.TryFlush(FlushPolicy.Disk)).IsFull);
        disk.IsBroken = false;
    }

    [Fact]
    public void The_spare_stands_in_its_folder_until_it_is_given_back()
    {
        using var folder = new ScratchFolder();
        var spare = new SpareFile(folder.File("journal"), 1 << 20);
        Assert.False(spare.GiveBack());

        Assert.True(spare.TryStand());
        Assert.True(File.Exists(folder.File("journal/spare")));
        Assert.True(spare.GiveBack());
        Assert.False(File.Exists(folder.File("journal/spare")));
        Assert.False(new SpareFile(folder.File("journal"), 1L << 60).TryStand());
        Assert.True(spare.FreeBytes > 0);
    }

    [SmallDiskFact]
    public void On_a_disk_that_is_really_full_the_spare_makes_room_and_journal_and_tape_lose_nothing()
    {
        using var disk = new SmallDisk(2_048);
        var options = new JournalOptions { SegmentSizeMax = 100_000, BlockRecordsMax = 64 };
        var spare = new SpareFile(disk.File("j"), 256 << 10);
        var room = new DiskRoom(spare);
        var samples = JournalSample.Many(94, 30_000);
        var tapeSamples = Sample.Many(94, 30_000);
        string hash;
        using (var tape = new TapeWriter(disk.File("x.tape"), backlogMax: 8 << 20))
        using (var writer = JournalWriter.Open(disk.File("j"), options, backlogMax: 8 << 20))
        {
            Assert.True(room.TryStand());
            tape.Flush();
            var ballast = Fill(disk, spare.FreeBytes - (200 << 10));
            Append(writer, tape, samples[..10_000], tapeSamples[..10_000]);
            Assert.False(room.TryFlush(writer, FlushPolicy.Disk) && room.TryFlush(tape, FlushPolicy.Disk));
            Assert.False(room.TryStand());
            Assert.Null(JournalCheck.Run(disk.File("j")).Damage);
            using (var sofar = TapeFile.Open(tape.Path))
            {
                Assert.Null(sofar.Check().Damage);
            }

            File.Delete(ballast);
            disk.Grow(16_384);
            Append(writer, tape, samples[10_000..], tapeSamples[10_000..]);
            Assert.True(room.TryFlush(writer, FlushPolicy.Disk) && room.TryFlush(tape, FlushPolicy.Disk));
            Assert.True(room.TryStand());
            hash = writer.Close();
        }

        using var hashed = JournalWriter.HashOnly(options);
        Sample.AppendAll(hashed, samples);
        Assert.Equal(hashed.Close(), hash);
        Assert.Equal(samples.Length, JournalSample.CountMatching(disk.File("j"), samples));
        Assert.Equal(tapeSamples.Length, Sample.CountMatching(disk.File("x.tape"), tapeSamples));
    }

    private static void Append(JournalWriter journal, TapeWriter tape, Sample[] records, Sample[] told)
    {
        Sample.AppendAll(journal, records);
        Sample.AppendAll(tape, told);
    }

    private static string Fill(SmallDisk disk, long bytes)
    {
        File.WriteAllBytes(disk.File("ballast"), new byte[Math.Max(0, bytes)]);
        return disk.File("ballast");
    }
}
