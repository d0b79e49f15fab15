using FsCheck;
using FsCheck.Fluent;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Tests.Chain;

public sealed class JournalTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_is_appended_is_read_across_segments() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(ulong Seed, byte Count)>(), pair =>
        {
            var samples = JournalSample.Many(pair.Seed, pair.Count);
            using var scratch = new ScratchFolder();
            JournalSample.Write(scratch.File("j"), samples);
            return JournalSample.CountMatching(scratch.File("j"), samples) == samples.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_records_give_the_same_bytes_and_hash_however_they_are_flushed()
    {
        var samples = JournalSample.Many(31, 500);
        var plain = JournalSample.Write(_folder.File("plain"), samples);
        string flushed;
        using (var writer = JournalWriter.Open(_folder.File("flushed"), JournalSample.Options))
        {
            for (var i = 0; i < samples.Length; i++)
            {
                writer.Append(samples[i].Header, samples[i].Payload);
                if (i % 7 == 0)
                {
                    writer.Flush(i % 2 == 0 ? FlushPolicy.Os : FlushPolicy.Disk);
                }
            }

            flushed = writer.Close();
        }

        Assert.Equal(plain, flushed);
        Assert.Equal(JournalSample.Bytes(_folder.File("plain")), JournalSample.Bytes(_folder.File("flushed")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(500)]
    public void A_journal_that_is_only_hashed_has_the_hash_of_the_written_one(int count)
    {
        var samples = JournalSample.Many(32, count);
        var written = JournalSample.Write(_folder.File("j"), samples);
        using var hashed = JournalWriter.HashOnly(JournalSample.Options);
        Sample.AppendAll(hashed, samples);
        Assert.Equal(written, hashed.Close());
        Assert.Equal(written, hashed.ChainHash);
        Assert.Equal(written, JournalCheck.Run(_folder.File("j")).ChainHash);
        Assert.Equal(64, written.Length);
    }

    [Fact]
    public void The_hash_of_these_records_never_changes()
    {
        // A change here is a change of the format: it needs a new version.
        using var writer = JournalWriter.HashOnly();
        Sample.AppendAll(writer, JournalSample.Many(33, 10_000));
        Assert.Equal("3b46774469965d2983220c7ecb69235a1e0c156e75db843d3ccc0c7e7a22d744", writer.Close());
    }

    [Fact]
    public void One_different_bit_gives_another_hash()
    {
        var samples = JournalSample.Many(34, 20);
        var before = JournalSample.Write(_folder.File("a"), samples);
        samples[3] = samples[3] with { Tag = samples[3].Tag ^ 1 };
        Assert.NotEqual(before, JournalSample.Write(_folder.File("b"), samples));
    }

    [Fact]
    public void The_sequence_is_that_of_the_record_appended_last()
    {
        using var writer = JournalWriter.Open(_folder.File("j"), JournalSample.Options);
        var sequences = new List<ulong>();
        foreach (var sample in JournalSample.Many(35, 100))
        {
            writer.Append(sample.Header, sample.Payload);
            sequences.Add(writer.Sequence);
        }

        writer.Close();
        using var reader = JournalReader.Open(_folder.File("j"));
        foreach (var sequence in sequences)
        {
            Assert.True(reader.TryRead(out var record));
            Assert.Equal(sequence, record.Header.Sequence);
        }
    }

    [Fact]
    public void The_report_counts_segments_records_and_times()
    {
        var samples = JournalSample.Many(36, 300);
        var hash = JournalSample.Write(_folder.File("j"), samples);
        var report = JournalCheck.Run(_folder.File("j"));
        Assert.True(report.IsSound);
        Assert.Equal((300, samples[0].ReceivedTime, samples[^1].ReceivedTime), (report.Records, report.FirstReceivedTime, report.LastReceivedTime));
        Assert.Equal((hash, 0), (report.ChainHash, report.UnsealedRecords));
        Assert.True(report.Segments > 5);
        Assert.Equal(Directory.GetFiles(_folder.File("j"), "*.journal").Sum(file => new FileInfo(file).Length), report.Size);
    }

    [Fact]
    public void A_segment_can_be_read_and_verified_alone()
    {
        JournalSample.Write(_folder.File("j"), JournalSample.Many(37, 300));
        var records = 0L;
        foreach (var path in Directory.GetFiles(_folder.File("j"), "*.journal"))
        {
            var report = JournalCheck.Run(path);
            Assert.True(report.IsSound);
            records += report.Records;
            using var reader = JournalReader.Open(path);
            var read = 0L;
            while (reader.TryRead(out _))
            {
                read++;
            }

            Assert.Equal(report.Records, read);
        }

        Assert.Equal(300, records);
    }

    [Fact]
    public void Segments_stay_below_their_limit()
    {
        JournalSample.Write(_folder.File("j"), JournalSample.Many(38, 2_000));
        Assert.All(Directory.GetFiles(_folder.File("j"), "*.journal"), file => Assert.InRange(new FileInfo(file).Length, 1, JournalSample.Options.SegmentSizeMax));
    }

    [Fact]
    public void Closing_and_continuing_loses_nothing()
    {
        var samples = JournalSample.Many(39, 100);
        for (var i = 0; i < 10; i++)
        {
            JournalSample.Write(_folder.File("j"), samples[(i * 10)..(i * 10 + 10)]);
            Assert.True(JournalCheck.Run(_folder.File("j")).IsSound);
        }

        Assert.Equal(100, JournalSample.CountMatching(_folder.File("j"), samples));
    }

    [Fact]
    public void Opening_and_closing_without_a_record_changes_nothing()
    {
        JournalSample.Write(_folder.File("j"), JournalSample.Many(40, 30));
        var before = JournalSample.Bytes(_folder.File("j"));
        JournalSample.Write(_folder.File("j"), []);
        Assert.Equal(before, JournalSample.Bytes(_folder.File("j")));
    }

    [Fact]
    public void An_empty_journal_is_sound_and_can_be_continued()
    {
        var empty = JournalSample.Write(_folder.File("j"), []);
        var report = JournalCheck.Run(_folder.File("j"));
        Assert.True(report.IsSound);
        // As docs/concepts/journal.md prints it.
        Assert.Equal("fcac2239ec4b7d03a17709efafd81b497c1b465654df7b70c2780ea006912bbb", empty);
        Assert.Equal((0L, (long?)null, empty), (report.Records, report.FirstReceivedTime, report.ChainHash));
        JournalSample.Write(_folder.File("j"), JournalSample.Many(41, 5));
        Assert.Equal(5, JournalCheck.Run(_folder.File("j")).Records);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(248)]
    [InlineData(255)]
    public void A_journal_refuses_the_kinds_that_are_its_own(byte kind)
    {
        using var writer = JournalWriter.HashOnly();
        Assert.Throws<ArgumentException>(() => writer.Append(new RecordHeader { Kind = kind }, []));
    }

    [Fact]
    public void A_received_time_that_goes_back_is_refused_also_after_a_restart()
    {
        using (var writer = JournalWriter.Open(_folder.File("j")))
        {
            writer.Append(new RecordHeader { Kind = 1, ReceivedTime = 100 }, []);
        }

        using var again = JournalWriter.Open(_folder.File("j"));
        Assert.Throws<ArgumentException>(() => again.Append(new RecordHeader { Kind = 1, ReceivedTime = 99 }, []));
        again.Append(new RecordHeader { Kind = 1, ReceivedTime = 100 }, []);
    }

    [Fact]
    public void Records_up_to_the_limit_pass_whatever_the_segment_size()
    {
        var header = new RecordHeader { Kind = 1, ReceivedTime = 100 };
        using (var writer = JournalWriter.Open(_folder.File("j"), JournalSample.Options))
        {
            writer.Append(header, [1]);
            writer.Append(header, new byte[RecordFramer.PayloadSizeMax]);
            writer.Append(header, [2]);
        }

        var report = JournalCheck.Run(_folder.File("j"));
        Assert.True(report.IsSound);
        Assert.Equal((3L, 3), (report.Records, report.Segments));
    }

    [Fact]
    public void An_append_after_closing_is_refused()
    {
        var writer = JournalWriter.Open(_folder.File("j"));
        writer.Close();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Append(new RecordHeader { Kind = 1 }, []));
    }

    [Fact]
    public void A_new_journal_replaces_an_existing_one_only_when_told_so()
    {
        var folder = _folder.File("j");
        JournalSample.Write(folder, JournalSample.Many(42, 300));
        var before = JournalSample.Bytes(folder);
        var refusal = Assert.Throws<UnwritableFileException>(() => JournalWriter.Create(folder));
        Assert.Equal($"{folder} holds a journal already, which is not overwritten.", refusal.Message);
        Assert.Equal(before, JournalSample.Bytes(folder));

        var samples = JournalSample.Many(43, 20);
        string hash;
        using (var writer = JournalWriter.Create(folder, JournalSample.Options, overwrite: true))
        {
            Sample.AppendAll(writer, samples);
            hash = writer.Close();
        }

        Assert.Equal(20, JournalSample.CountMatching(folder, samples));
        Assert.Equal(JournalSample.Write(_folder.File("fresh"), samples), hash);
    }
}
