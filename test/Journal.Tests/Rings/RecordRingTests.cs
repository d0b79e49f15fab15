using FsCheck;
using FsCheck.Fluent;
using Parallax.Journal.Framing;
using Parallax.Journal.Rings;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Journal.Tests.Rings;

public sealed class RecordRingTests
{
    /// <summary>Payload sizes from nothing to the largest that the smallest ring takes.</summary>
    private static readonly Arbitrary<int[]> Steps = Gen.ArrayOf(Gen.Choose(-3, 128 - RecordHeader.Size)).ToArbitrary();

    [Fact]
    public void Whatever_is_appended_and_read_in_turns_comes_out_as_from_a_queue() => Prop.ForAll(Steps, steps =>
    {
        var ring = new RecordRing(256);
        var queue = new Queue<byte[]>();
        var used = 0L;
        foreach (var step in steps)
        {
            if (step < 0)
            {
                ReadOne(ring, queue);
                continue;
            }

            var payload = Payload(step, used);
            if (ring.TryAppend(Header(step), payload))
            {
                queue.Enqueue(payload);
                used++;
            }
            else
            {
                Assert.True(queue.Count > 0, "An empty ring refused a record.");
            }
        }

        while (queue.Count > 0)
        {
            ReadOne(ring, queue);
        }

        Assert.False(ring.TryPeek(out _));
        Assert.True(ring.IsEmpty);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_staged_record_is_seen_only_once_it_is_published()
    {
        var ring = new RecordRing(256);

        Assert.True(ring.TryStage(Header(1), [1]));
        Assert.True(ring.TryStage(Header(2), [2]));
        Assert.False(ring.TryPeek(out _));

        ring.Publish();
        Assert.True(ring.TryPeek(out var first));
        Assert.Equal(1, first.Header.Subject);
        ring.Release();
        Assert.True(ring.TryPeek(out var second));
        Assert.Equal(2, second.Header.Subject);
    }

    [Fact]
    public void The_largest_record_fits_wherever_the_empty_ring_stands()
    {
        var ring = new RecordRing(1024);
        var largest = new byte[ring.RecordSizeMax - RecordHeader.Size];
        for (var moved = 0; moved < 100; moved++)
        {
            Assert.True(ring.TryAppend(Header(0), largest), $"after {moved} small records");
            Assert.True(ring.TryPeek(out var record));
            Assert.Equal(ring.RecordSizeMax, record.Bytes.Length);
            ring.Release();
            Assert.True(ring.TryAppend(Header(0), []));
            Assert.True(ring.TryPeek(out _));
            ring.Release();
        }
    }

    [Fact]
    public void A_record_of_more_than_half_the_ring_is_refused_in_words()
    {
        var ring = new RecordRing(1024);

        var wrong = Assert.Throws<ArgumentException>(() => ring.TryAppend(Header(0), new byte[513 - RecordHeader.Size]));

        Assert.Contains("512 bytes at the most", wrong.Message, StringComparison.Ordinal);
        Assert.True(ring.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(1000)]
    public void A_capacity_that_is_no_power_of_two_is_refused(int capacity) => Assert.Throws<ArgumentException>(() => new RecordRing(capacity));

    [Fact]
    public void A_full_ring_takes_the_next_record_as_soon_as_one_was_read()
    {
        var ring = new RecordRing(256);
        var taken = 0;
        while (ring.TryAppend(Header(taken), []))
        {
            taken++;
        }

        Assert.Equal(256 / RecordHeader.Size, taken);
        Drain(ring);
        Assert.True(ring.TryAppend(Header(0), []));
    }

    [Fact]
    public void Appending_and_reading_allocates_nothing()
    {
        var ring = new RecordRing(4096);
        var payload = new byte[100];
        Run(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(ring.TryAppend(Header(i & 0xFF), payload.AsSpan(0, i % 100)));
                Assert.True(ring.TryPeek(out _));
                ring.Release();
            }
        }
    }

    [Theory]
    [InlineData(256, 1, 5_000)]
    [InlineData(4096, 1, 100_000)]
    [InlineData(4096, 7, 100_000)]
    [InlineData(1 << 16, 64, 300_000)]
    public async Task Two_threads_hand_over_every_record_whole_and_in_order(int capacity, int batch, int records)
    {
        var ring = new RecordRing(capacity);
        var payloadMax = Math.Min(ring.RecordSizeMax, 400) - RecordHeader.Size;
        var producer = Task.Run(() =>
        {
            var wait = new SpinWait();
            for (var i = 0; i < records; i++)
            {
                var payload = Payload(SizeOf(i, payloadMax), i);
                while (!ring.TryStage(Header(i), payload))
                {
                    // What is staged has to be seen, or nobody will ever make room.
                    ring.Publish();
                    wait.SpinOnce(sleep1Threshold: -1);
                }

                if (i % batch == 0)
                {
                    ring.Publish();
                }
            }

            ring.Publish();
        });
        var deadline = Task.Delay(TimeSpan.FromMinutes(1));
        var consumer = Task.Run(() =>
        {
            var wait = new SpinWait();
            for (var i = 0; i < records && !deadline.IsCompleted;)
            {
                if (!ring.TryPeek(out var record))
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                    continue;
                }

                RequireEqual(record, i, Payload(SizeOf(i, payloadMax), i));
                ring.Release();
                i++;
            }
        });

        await Task.WhenAll(producer.WaitAsync(TimeSpan.FromMinutes(1)), consumer);
        Assert.True(ring.IsEmpty);
    }

    private static int SizeOf(int i, int max) => (int)((uint)(i * 2654435761) % (uint)(max + 1));

    private static void RequireEqual(Record record, int number, byte[] payload)
    {
        if (record.Header.Sequence != (ulong)number + 1 || record.Header.Subject != (ushort)number
            || !record.Payload[..payload.Length].SequenceEqual(payload) || record.Payload[payload.Length..].ContainsAnyExcept((byte)0))
        {
            Assert.Fail($"Record {number} came out as another.");
        }
    }

    private static void ReadOne(RecordRing ring, Queue<byte[]> queue)
    {
        if (!queue.TryDequeue(out var expected))
        {
            Assert.False(ring.TryPeek(out _));
            return;
        }

        Assert.True(ring.TryPeek(out var record));
        Assert.Equal(RecordFramer.RecordSize(expected.Length), record.Bytes.Length);
        Assert.True(record.Payload[..expected.Length].SequenceEqual(expected));
        Assert.False(record.Payload[expected.Length..].ContainsAnyExcept((byte)0));
        ring.Release();
    }

    private static void Drain(RecordRing ring)
    {
        while (ring.TryPeek(out _))
        {
            ring.Release();
        }
    }

    private static RecordHeader Header(int subject) => new() { Kind = 1, Subject = (ushort)subject };

    private static byte[] Payload(int size, long seed)
    {
        var payload = new byte[size];
        for (var i = 0; i < size; i++)
        {
            payload[i] = (byte)((seed * 31) + i + 1);
        }

        return payload;
    }
}
