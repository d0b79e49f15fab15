using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;
using Parallax.Journal.Tests.Chain;

namespace Parallax.Journal.Tests.Files;

public sealed class FullDiskTests
{
    private const int Ballast = 256 << 10;

    [SmallDiskFact]
    public void A_tape_on_a_full_disk_keeps_what_was_written_and_goes_on_when_space_returns()
    {
        using var disk = new SmallDisk(640);
        var samples = Sample.Many(81, 8_000);
        File.WriteAllBytes(disk.File("ballast"), new byte[Ballast]);
        using (var writer = new TapeWriter(disk.File("x.tape")))
        {
            var taken = AppendUntilFull(writer, samples, out var refusal);
            Assert.Equal($"{writer.Path} cannot be written: the disk is full; what was written before is intact.", refusal.Message);
            Assert.Equal((ulong)taken, writer.Records);
            Assert.Throws<UnwritableFileException>(() => writer.Append(samples[taken].Header, samples[taken].Payload));
            using (var tape = TapeFile.Open(writer.Path))
            {
                var report = tape.Check();
                Assert.Null(report.Damage);
                Assert.True(report.Records > 1_000);
            }

            File.Delete(disk.File("ballast"));
            Sample.AppendAll(writer, samples[taken..Math.Min(taken + 1_000, samples.Length)]);
            samples = samples[..Math.Min(taken + 1_000, samples.Length)];
        }

        Assert.Equal(samples.Length, Sample.CountMatching(disk.File("x.tape"), samples));
    }

    [SmallDiskFact]
    public void A_journal_on_a_full_disk_keeps_what_was_written_and_goes_on_when_space_returns()
    {
        using var disk = new SmallDisk(640);
        var samples = JournalSample.Many(82, 8_000);
        var options = new JournalOptions { SegmentSizeMax = 100_000, BlockRecordsMax = 64 };
        File.WriteAllBytes(disk.File("ballast"), new byte[Ballast]);
        string hash;
        using (var writer = JournalWriter.Open(disk.File("j"), options))
        {
            var taken = AppendUntilFull(writer, samples, out var refusal);
            Assert.EndsWith("cannot be written: the disk is full; what was written before is intact.", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<UnwritableFileException>(() => writer.Close());
            var report = JournalCheck.Run(disk.File("j"));
            Assert.Null(report.Damage);
            Assert.True(report.Records > 1_000);

            File.Delete(disk.File("ballast"));
            samples = samples[..(taken + 500)];
            Sample.AppendAll(writer, samples[taken..]);
            hash = writer.Close();
        }

        using var hashed = JournalWriter.HashOnly(options);
        Sample.AppendAll(hashed, samples);
        Assert.Equal(hashed.Close(), hash);
        Assert.Equal(samples.Length, JournalSample.CountMatching(disk.File("j"), samples));
    }

    [SmallDiskFact]
    public void A_writer_that_is_disposed_on_a_full_disk_lets_go_of_the_journal()
    {
        using var disk = new SmallDisk(256);
        var samples = JournalSample.Many(83, 8_000);
        var writer = JournalWriter.Open(disk.File("j"));
        AppendUntilFull(writer, samples, out _);
        Assert.Throws<UnwritableFileException>(writer.Dispose);
        writer.Dispose();
        Assert.Null(JournalCheck.Run(disk.File("j")).Damage);
    }

    private static int AppendUntilFull(IRecordSink sink, Sample[] samples, out UnwritableFileException refusal)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                sink.Append(samples[i].Header, samples[i].Payload);
            }
            catch (UnwritableFileException full)
            {
                refusal = full;
                return i;
            }
        }
    }
}
