using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;

namespace Parallax.Journal.Tests.Chain;

public sealed class SessionJournalTests
{
    [Fact]
    public void What_the_operating_system_holds_already_is_still_flushed_to_the_disk_when_that_is_asked_for()
    {
        var disk = new CountingDisk();
        using var journal = new SessionJournal(JournalWriter.Open(disk));
        journal.Append(new RecordHeader { Kind = 200, ReceivedTime = 1 }, []);
        journal.Flush(FlushPolicy.Os);
        journal.Flush(FlushPolicy.Os);
        journal.Flush(FlushPolicy.Disk);
        journal.Flush(FlushPolicy.Disk);

        Assert.Equal([FlushPolicy.Os, FlushPolicy.Disk], disk.Flushes);
    }

    private sealed class CountingDisk : IJournalDisk
    {
        public List<FlushPolicy> Flushes { get; } = [];

        public ReadOnlyMemory<byte> Bytes => default;

        public void Write(ReadOnlySpan<byte> bytes)
        {
        }

        public void Flush(FlushPolicy policy) => Flushes.Add(policy);

        public void Cut(long size)
        {
        }
    }
}
