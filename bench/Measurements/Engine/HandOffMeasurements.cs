using System.Diagnostics;
using System.Threading.Channels;
using Parallax.Journal.Framing;
using Parallax.Journal.Rings;
using Parallax.MarketData.Records;

namespace Parallax.Measurements.Engine;

/// <summary>H1: how long a record takes from one thread to another, through the ring before the engine.</summary>
/// <remarks>
/// Two threads send one record to and fro; half of a round trip is one way, waiting included, nothing subtracted. The yardsticks do the same
/// with a number in memory that both look at without pause, and with a channel that both await. Wall time, as nobody works meanwhile: on
/// a machine that is busy with something else the rows are not steady.
/// </remarks>
public static class HandOffMeasurements
{
    private const int Rounds = 7;
    private const int Trips = 100_000;
    private const int AwaitedTrips = 10_000;

    public static IReadOnlyList<Measurement> Run(CancellationToken cancellation)
    {
        var areWhole = true;
        var againstFlag = new Alternation(Rounds, () => Ring(ref areWhole), () => Flag(ref areWhole), cancellation);
        var againstChannel = new Alternation(Rounds, () => Ring(ref areWhole), () => Channel(ref areWhole), cancellation);
        return
        [
            againstFlag.Row(
                "H1", "record of two levels, thread to thread (ratio: times the spin flag)", "cross-core spin flag",
                againstFlag.OursNanos / againstFlag.YardstickNanos, 1.8, isUpperBound: true, areWhole),
            againstChannel.Row(
                "H1", "the same", "awaiting a Channel", againstChannel.YardstickNanos / againstChannel.OursNanos, 8, isUpperBound: false, areWhole),
        ];
    }

    private static Timing Ring(ref bool isWhole)
    {
        var (there, back) = (new RecordRing(1 << 16), new RecordRing(1 << 16));
        var echo = Start(() =>
        {
            for (var i = 0; i < Trips; i++)
            {
                Pass(there, back);
            }
        });
        var header = BookRecord.Header(MarketRecordKind.BookDelta, 7, 0, 0);
        Span<byte> payload = stackalloc byte[2 * BookLevel.Size];
        var sum = 0L;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Trips; i++)
        {
            header.VenueTime = i;
            there.TryAppend(header, payload);
            Record record;
            while (!back.TryPeek(out record))
            {
            }

            sum += record.Header.VenueTime;
            back.Release();
        }

        var timing = OneWay(started, bytes, Trips);
        echo.Join();
        isWhole &= sum == (long)Trips * (Trips - 1) / 2;
        return timing;
    }

    private static void Pass(RecordRing from, RecordRing to)
    {
        Record record;
        while (!from.TryPeek(out record))
        {
        }

        to.TryAppend(record.Header, record.Payload);
        from.Release();
    }

    private static Timing Flag(ref bool isWhole)
    {
        var flags = new Flags();
        var echo = Start(() =>
        {
            for (var i = 1; i <= Trips; i++)
            {
                while (Volatile.Read(ref flags.There) != i)
                {
                }

                Volatile.Write(ref flags.Back, i);
            }
        });
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = 1; i <= Trips; i++)
        {
            Volatile.Write(ref flags.There, i);
            while (Volatile.Read(ref flags.Back) != i)
            {
            }
        }

        var timing = OneWay(started, bytes, Trips);
        echo.Join();
        isWhole &= flags.Back == Trips;
        return timing;
    }

    private static Timing Channel(ref bool isWhole)
    {
        var options = new UnboundedChannelOptions { SingleReader = true, SingleWriter = true };
        var (there, back) = (System.Threading.Channels.Channel.CreateUnbounded<long>(options), System.Threading.Channels.Channel.CreateUnbounded<long>(options));
        var echo = Task.Run(async () =>
        {
            for (var i = 0; i < AwaitedTrips; i++)
            {
                await back.Writer.WriteAsync(await there.Reader.ReadAsync());
            }
        });
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        var sum = Task.Run(async () =>
        {
            var received = 0L;
            for (var i = 0; i < AwaitedTrips; i++)
            {
                await there.Writer.WriteAsync(i);
                received += await back.Reader.ReadAsync();
            }

            return received;
        }).Result;
        var timing = OneWay(started, bytes, AwaitedTrips);
        echo.Wait();
        isWhole &= sum == (long)AwaitedTrips * (AwaitedTrips - 1) / 2;
        return timing;
    }

    private static Timing OneWay(long started, long bytes, int trips) =>
        new(Stopwatch.GetElapsedTime(started).TotalNanoseconds / (2 * trips), GC.GetAllocatedBytesForCurrentThread() - bytes, 0);

    private static Thread Start(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true };
        thread.Start();
        return thread;
    }

    /// <summary>Two numbers far enough apart that no cache line holds both.</summary>
    private sealed class Flags
    {
#pragma warning disable CS0169, IDE0051 // Only their place matters.
        private readonly Line _before;
        public long There;
        private readonly Line _between;
        public long Back;
        private readonly Line _after;
#pragma warning restore CS0169, IDE0051

        [System.Runtime.CompilerServices.InlineArray(16)]
        private struct Line
        {
            private long _first;
        }
    }
}
