using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Framing;
using Parallax.Journal.Tapes;

namespace Parallax.Journal.Tests;

public sealed class AllocationTests : IDisposable
{
    private const int Count = 100_000;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Appending_to_a_tape_allocates_nothing()
    {
        using var tape = new TapeWriter(_folder.File("x.tape"));
        Assert.Equal(0, Allocated(tape));
    }

    [Fact]
    public void Appending_to_a_journal_seals_included_allocates_nothing()
    {
        using var journal = JournalWriter.Open(_folder.File("j"));
        Assert.Equal(0, Allocated(journal));
    }

    [Fact]
    public void Hashing_a_journal_allocates_nothing()
    {
        using var journal = JournalWriter.HashOnly();
        Assert.Equal(0, Allocated(journal));
    }

    [Fact]
    public void Flushing_allocates_nothing()
    {
        using var journal = JournalWriter.Open(_folder.File("j"));
        Append(journal, 1);
        journal.Flush(FlushPolicy.Disk);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Append(journal, 1);
            journal.Flush(i % 2 == 0 ? FlushPolicy.Disk : FlushPolicy.Os);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Reading_a_tape_allocates_nothing()
    {
        using (var writer = new TapeWriter(_folder.File("x.tape")))
        {
            Append(writer, Count);
        }

        using var tape = TapeFile.Open(_folder.File("x.tape"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var cursor = tape.Cursor();
        while (cursor.TryRead(out _))
        {
        }

        while (cursor.Skip())
        {
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((ulong)Count, cursor.Position.Sequence);
    }

    [Fact]
    public void Reading_a_segment_of_a_journal_allocates_nothing()
    {
        using (var writer = JournalWriter.Open(_folder.File("j")))
        {
            Append(writer, Count);
        }

        using var reader = JournalReader.Open(_folder.File("j"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        while (reader.TryRead(out _))
        {
            count++;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Count, count);
    }

    private static long Allocated(IRecordSink sink)
    {
        Append(sink, Count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Append(sink, Count);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Append(IRecordSink sink, int count)
    {
        Span<byte> payload = stackalloc byte[80];
        for (var i = 0; i < count; i++)
        {
            sink.Append(new RecordHeader { Kind = 3, ReceivedTime = 1_000 }, payload[..(i % 81)]);
        }
    }
}
