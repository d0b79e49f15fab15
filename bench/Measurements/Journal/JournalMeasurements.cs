using System.Diagnostics;
using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Journal.Tapes;

namespace Parallax.Measurements.Journal;

/// <summary>J1: what an append and a flush of the journal cost; and what reading a tape costs, which R2 contains.</summary>
/// <param name="folder">An existing folder on the file system to measure; a folder of its own is made in it and removed.</param>
public sealed class JournalMeasurements(string folder)
{
    private const int Rounds = 5;
    private const int Records = 1_000_000;
    private const int Flushes = 200;

    /// <summary>Runs all four, in about five seconds where a flush takes a millisecond.</summary>
    /// <exception cref="UnwritableFileException">The folder may not be written, or the disk is full.</exception>
    public IReadOnlyList<Measurement> Run()
    {
        var scratch = Path.Combine(folder, $"parallax-journal-{Environment.ProcessId}");
        Directory.CreateDirectory(scratch);
        try
        {
            return
            [
                Append(scratch),
                Flush(scratch, FlushPolicy.Os, "an intent as durable as 'os' asks (ratio: times the yardstick)", "bare write"),
                Flush(scratch, FlushPolicy.Disk, "an intent as durable as 'disk' asks (ratio: times the yardstick)", "bare write and flush"),
                Read(scratch),
            ];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Appends against a bare write of as many bytes in pieces as large as the journal's buffer.</summary>
    private static Measurement Append(string scratch)
    {
        var ours = new double[Rounds];
        var bare = new double[Rounds];
        var allocated = 0L;
        var isSame = true;
        using (var hashed = JournalWriter.HashOnly())
        {
            JournalLoad.Append(hashed, JournalLoad.Decision, Records);
            var hash = hashed.Close();
            for (var round = 0; round < Rounds; round++)
            {
                var bytes = 0L;
                using (var journal = JournalWriter.Create(Path.Combine(scratch, "journal"), overwrite: true))
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var start = Stopwatch.GetTimestamp();
                    bytes = JournalLoad.Append(journal, JournalLoad.Decision, Records);
                    ours[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Records;
                    allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                    isSame &= journal.Close() == hash;
                }

                bare[round] = Nanos(Records, () => WriteBare(Path.Combine(scratch, "bare"), bytes));
            }
        }

        var million = 1_000 / Median(ours);
        return new("J1", "journal append, no flush (ratio: million records a second)", Median(ours), "bare write of as many bytes", Median(bare), million, 2, IsUpperBound: false, isSame, allocated, Spread(bare));
    }

    /// <summary>One append and a flush as far as an order's intent has to get, alternating with a bare write of as many bytes: a disk's mood changes slowly.</summary>
    private static Measurement Flush(string scratch, FlushPolicy policy, string name, string yardstick)
    {
        var ours = new double[Flushes];
        var bare = new double[Flushes];
        var piece = new byte[64];
        using var journal = JournalWriter.Create(Path.Combine(scratch, $"flushed-{policy}"));
        using var file = File.OpenHandle(Path.Combine(scratch, $"bare-{policy}"), FileMode.CreateNew, FileAccess.Write);
        var offset = 0L;
        var allocated = 0L;
        for (var i = 0; i < Flushes; i++)
        {
            bare[i] = Nanos(1, () =>
            {
                RandomAccess.Write(file, piece, offset);
                if (policy == FlushPolicy.Disk)
                {
                    RandomAccess.FlushToDisk(file);
                }
            });
            offset += piece.Length;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            JournalLoad.Append(journal, JournalLoad.Decision, 1);
            journal.Flush(policy);
            ours[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var rounds = Enumerable.Range(0, Rounds).Select(round => Median(bare[(round * Flushes / Rounds)..((round + 1) * Flushes / Rounds)])).ToArray();
        return new("J1", name, Median(ours), yardstick, Median(bare), Median(ours) / Median(bare), 1.2, IsUpperBound: true, DigestsEqual: true, allocated, Spread(rounds));
    }

    /// <summary>Reading a mapped tape with every checksum, against adding up the same bytes, 8 at a time.</summary>
    private static Measurement Read(string scratch)
    {
        var path = Path.Combine(scratch, "read.tape");
        long size;
        using (var writer = new TapeWriter(path))
        {
            JournalLoad.Append(writer, JournalLoad.Market, Records);
            size = writer.Size;
        }

        var ours = new double[Rounds];
        var bare = new double[Rounds];
        var allocated = 0L;
        var read = 0UL;
        using var tape = TapeFile.Open(path);
        var loaded = File.ReadAllBytes(path);
        var sink = 0UL;
        // The first pass touches the pages; what remains is the reader.
        ReadAll(tape);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            read += ReadAll(tape);
            ours[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Records;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            bare[round] = Nanos(Records, () => sink += Sum(loaded));
        }

        return new("R2", $"tape read, checksums verified ({size / (double)Records:F0} bytes a record)", Median(ours), "sum of the same bytes in memory", Median(bare), Median(bare) / Median(ours), 0.5, IsUpperBound: false, read == Records * (ulong)Rounds && sink != 0, allocated, Spread(bare));
    }

    private static ulong ReadAll(TapeFile tape)
    {
        var cursor = tape.Cursor();
        while (cursor.TryRead(out _))
        {
        }

        return cursor.Position.Sequence;
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0UL;
        foreach (var word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            sum += word;
        }

        return sum;
    }

    private static void WriteBare(string path, long bytes)
    {
        var piece = new byte[256 << 10];
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        for (var offset = 0L; offset < bytes; offset += piece.Length)
        {
            RandomAccess.Write(file, piece.AsSpan(0, (int)Math.Min(piece.Length, bytes - offset)), offset);
        }
    }

    private static double Nanos(int operations, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Spread(double[] values) => (values.Max() - values.Min()) / Median(values);
}
