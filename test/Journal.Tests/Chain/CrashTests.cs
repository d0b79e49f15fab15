using Parallax.Journal.Chain;
using Parallax.Journal.Files;

namespace Parallax.Journal.Tests.Chain;

public sealed class CrashTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_journal_cut_at_any_byte_goes_on_to_the_bytes_it_would_have_had()
    {
        var samples = JournalSample.Many(51, 30);
        var hash = JournalSample.Write(_folder.File("whole"), samples);
        var whole = JournalSample.Bytes(_folder.File("whole"));
        Assert.True(whole.Count >= 3);
        var size = whole.Values.Sum(bytes => bytes.Length);
        var folder = _folder.File("crashed");
        for (var survived = 0; survived <= size; survived++)
        {
            JournalSample.Restore(folder, Cut(whole, survived));
            var kept = survived == 0 ? 0 : JournalSample.CountMatching(folder, samples);
            var report = JournalCheck.Run(folder);
            Assert.True(report.Damage is null, $"Cut at {survived}: {report.Damage?.Message}");
            Assert.Equal(kept, report.Records);

            using (var writer = JournalWriter.Open(folder, JournalSample.Options))
            {
                Assert.Equal(report.TornTail, writer.TornTail);
                Sample.AppendAll(writer, samples[kept..]);
                Assert.Equal(hash, writer.Close());
            }

            Assert.Equal(whole, JournalSample.Bytes(folder));
        }
    }

    [Fact]
    public void What_was_flushed_survives_a_writer_that_never_closes()
    {
        var samples = JournalSample.Many(52, 40);
        // No dispose: the process would be gone. The lock is let go by copying the files as they stand.
        using var lost = JournalWriter.Open(_folder.File("lost"), JournalSample.Options);
        Sample.AppendAll(lost, samples[..30]);
        lost.Flush(FlushPolicy.Os);
        Sample.AppendAll(lost, samples[30..31]);
        JournalSample.Restore(_folder.File("found"), JournalSample.Bytes(_folder.File("lost")));
        Assert.Equal(30, JournalSample.CountMatching(_folder.File("found"), samples));
        Assert.True(JournalCheck.Run(_folder.File("found")).UnsealedRecords > 0);
        JournalSample.Write(_folder.File("found"), samples[30..]);
        Assert.Equal(40, JournalSample.CountMatching(_folder.File("found"), samples));
    }

    [Fact]
    public void A_journal_can_be_read_while_it_is_written()
    {
        var samples = JournalSample.Many(53, 100);
        using var writer = JournalWriter.Open(_folder.File("j"), JournalSample.Options);
        for (var i = 0; i < samples.Length; i++)
        {
            writer.Append(samples[i].Header, samples[i].Payload);
            writer.Flush(FlushPolicy.Os);
            Assert.Equal(i + 1, JournalSample.CountMatching(_folder.File("j"), samples));
        }
    }

    /// <summary>The segments as they were when so many bytes in all had been written.</summary>
    private static IEnumerable<KeyValuePair<string, byte[]>> Cut(SortedDictionary<string, byte[]> whole, int survived)
    {
        foreach (var (name, bytes) in whole)
        {
            yield return new(name, bytes[..Math.Min(survived, bytes.Length)]);
            if (survived < bytes.Length)
            {
                yield break;
            }

            survived -= bytes.Length;
        }
    }
}
