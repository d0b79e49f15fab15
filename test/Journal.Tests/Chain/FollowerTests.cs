using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Journal.Tests.Chain;

public sealed class FollowerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string Journal => _folder.File("j");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_follower_sees_every_record_as_soon_as_it_is_flushed()
    {
        var samples = JournalSample.Many(71, 200);
        using var follower = JournalFollower.Open(Journal);
        Assert.Equal(0, Read(follower, samples, 0));
        using var writer = JournalWriter.Open(Journal, JournalSample.Options);
        for (var i = 0; i < samples.Length; i++)
        {
            Sample.AppendAll(writer, samples[i..(i + 1)]);
            writer.Flush(FlushPolicy.Os);
            Assert.Equal(i + 1, Read(follower, samples, i));
        }

        Assert.Equal(writer.Sequence, follower.Sequence);
    }

    [Fact]
    public void A_journal_that_grows_byte_by_byte_is_read_record_by_record()
    {
        var samples = JournalSample.Many(72, 40);
        JournalSample.Write(_folder.File("whole"), samples);
        Directory.CreateDirectory(Journal);
        using var follower = JournalFollower.Open(Journal);
        var count = 0;
        foreach (var (name, bytes) in JournalSample.Bytes(_folder.File("whole")))
        {
            using var file = new FileStream(Path.Combine(Journal, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            foreach (var part in bytes)
            {
                file.WriteByte(part);
                count = Read(follower, samples, count);
            }
        }

        Assert.Equal(samples.Length, count);
    }

    [Fact]
    public void A_follower_goes_on_at_any_place_and_its_place_does_not_depend_on_what_follows()
    {
        var samples = JournalSample.Many(73, 60);
        using (var writer = JournalWriter.Open(Journal, JournalSample.Options))
        using (var live = JournalFollower.Open(Journal))
        {
            for (var i = 0; i < samples.Length; i++)
            {
                Sample.AppendAll(writer, samples[i..(i + 1)]);
                writer.Flush(FlushPolicy.Os);
                Read(live, samples, i);
                using var later = JournalFollower.Open(Journal, live.Place());
                Assert.Equal(live.Place(), later.Place());
            }
        }

        using var closed = JournalFollower.Open(Journal);
        for (var i = 0; i < samples.Length; i++)
        {
            Assert.True(closed.TryRead(out var record) && samples[i].Matches(record));
            using var resumed = JournalFollower.Open(Journal, closed.Place());
            Assert.Equal(closed.Place(), resumed.Place());
            Assert.Equal(samples.Length, Read(resumed, samples, i + 1));
        }
    }

    [Fact]
    public void A_torn_tail_is_waited_for_and_read_anew_after_a_writer_cut_it()
    {
        var samples = JournalSample.Many(74, 12);
        var options = new JournalOptions { BlockRecordsMax = 100 };
        using (var writer = JournalWriter.Open(Journal, options))
        {
            Sample.AppendAll(writer, samples[..6]);
        }

        var segment = Directory.GetFiles(Journal, "*.journal").Single();
        foreach (var torn in new[] { 1, 39, 40, 96 })
        {
            using var follower = JournalFollower.Open(Journal);
            Assert.Equal(6, Read(follower, samples, 0));
            var whole = File.ReadAllBytes(segment);
            File.WriteAllBytes(segment, [.. whole, .. Enumerable.Repeat((byte)0x40, torn)]);
            Assert.Equal(6, Read(follower, samples, 6));

            using (var writer = JournalWriter.Open(Journal, options))
            {
                Sample.AppendAll(writer, samples[6..]);
            }

            Assert.Equal(12, Read(follower, samples, 6));
            File.WriteAllBytes(segment, whole);
        }
    }

    [Fact]
    public void Another_journal_and_one_that_lost_its_end_are_refused()
    {
        var samples = JournalSample.Many(75, 30);
        JournalSample.Write(Journal, samples);
        JournalSample.Write(_folder.File("other"), [.. JournalSample.Many(76, 30)]);
        JournalSample.Write(_folder.File("shorter"), samples[..20]);
        using var follower = JournalFollower.Open(Journal);
        Read(follower, samples, 0);

        foreach (var name in new[] { "other", "shorter", "none" })
        {
            var refused = Assert.Throws<OtherJournalException>(() => JournalFollower.Open(_folder.File(name), follower.Place()));
            Assert.Contains("another journal", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_changed_byte_is_damage_wherever_it_stands_before_the_end()
    {
        var samples = JournalSample.Many(77, 40);
        JournalSample.Write(Journal, samples);
        var segments = JournalSample.Bytes(Journal);
        Assert.True(segments.Count >= 3);
        foreach (var (name, bytes) in segments.SkipLast(1))
        {
            for (var at = 0; at < bytes.Length; at += 5)
            {
                var changed = (byte[])bytes.Clone();
                changed[at] ^= 0x10;
                File.WriteAllBytes(Path.Combine(Journal, name), changed);
                Assert.ThrowsAny<RecordFileException>(() =>
                {
                    using var follower = JournalFollower.Open(Journal);
                    while (follower.TryRead(out _))
                    {
                    }
                });
            }

            File.WriteAllBytes(Path.Combine(Journal, name), bytes);
        }
    }

    [Fact]
    public void Following_allocates_nothing_a_record()
    {
        JournalSample.Write(Journal, JournalSample.Many(78, 40));
        using (var writer = JournalWriter.Open(Journal))
        {
            Sample.AppendAll(writer, JournalSample.Many(78, 40).Select(sample => sample with { ReceivedTime = 2_000_000_000_000_000_000 }));
            for (var i = 0; i < 3_000; i++)
            {
                writer.Append(new() { Kind = 3, ReceivedTime = 2_000_000_000_000_000_000 }, [1, 2, 3]);
            }
        }

        using var follower = JournalFollower.Open(Journal);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(follower.TryRead(out _));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            follower.TryRead(out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Read(JournalFollower follower, Sample[] samples, int count)
    {
        while (follower.TryRead(out var record))
        {
            Assert.True(samples[count].Matches(record), $"Record {count + 1} differs.");
            count++;
        }

        return count;
    }
}
