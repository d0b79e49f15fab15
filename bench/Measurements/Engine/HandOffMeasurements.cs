using System.Diagnostics;
using System.Threading.Channels;
using Parallax.Journal.Rings;
using Parallax.MarketData.Records;

namespace Parallax.Measurements.Engine;

/// <summary>H1: how long a record takes from one thread to another, through the ring before the engine.</summary>
/// <remarks>
/// One thread hands something over and looks without pause for the other's answer, which comes by a number in memory; the other way round
/// the yardsticks hand over by such a number too, or by a channel that the other side awaits. A round's result is the median of its trips,
/// there and back, one clock read a trip: where the machine is busy, the trips in which a thread lost its processor are not the middle ones.
/// </remarks>
public static class HandOffMeasurements
{
    private const int Rounds = 7;
    private const int Trips = 50_000;

    /// <summary>Handed over last: the other side ends.</summary>
    private const long End = -1;

    /// <summary>Two threads that look without pause can keep each other from a busy processor: then a round has fewer trips.</summary>
    private static readonly TimeSpan RoundMax = TimeSpan.FromMilliseconds(500);

    public static IReadOnlyList<Measurement> Run(CancellationToken cancellation)
    {
        var areWhole = true;
        var againstFlag = new Alternation(Rounds, Ring, Flag, cancellation);
        var againstChannel = new Alternation(Rounds, Ring, Channel, cancellation);
        return
        [
            againstFlag.Row(
                "H1", "record of two levels to another thread, answer by a flag (ratio: times the spin flag)", "cross-core spin flag",
                againstFlag.OursNanos / againstFlag.YardstickNanos, 1.8, isUpperBound: true, areWhole),
            againstChannel.Row(
                "H1", "the same", "awaiting a Channel", againstChannel.YardstickNanos / againstChannel.OursNanos, 8, isUpperBound: false, areWhole),
        ];

        Timing Ring()
        {
            var (ring, back) = (new RecordRing(), new Flagged());
            var header = BookRecord.Header(MarketRecordKind.BookDelta, 7, 0, 0);
            var payload = new byte[2 * BookLevel.Size];
            var other = OnThread(() => EchoRing(ring, back));
            return Measure(back, other, ref areWhole, next =>
            {
                header.VenueTime = next;
                ring.TryAppend(header, payload);
            });
        }

        Timing Flag()
        {
            var (there, back) = (new Flagged(), new Flagged());
            var other = OnThread(() => EchoFlag(there, back));
            return Measure(back, other, ref areWhole, next => Volatile.Write(ref there.Value, next));
        }

        Timing Channel()
        {
            var channel = System.Threading.Channels.Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
            var back = new Flagged();
            var other = Task.Run(() => EchoChannelAsync(channel.Reader, back), CancellationToken.None);
            return Measure(back, other, ref areWhole, next => channel.Writer.TryWrite(next));
        }
    }

    private static Timing Measure(Flagged back, Task other, ref bool isWhole, Action<long> handOver)
    {
        var ticks = new long[Trips];
        var trips = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var before = started; trips < Trips && Stopwatch.GetElapsedTime(started, before) < RoundMax;)
        {
            handOver(++trips);
            while (Volatile.Read(ref back.Value) != trips)
            {
            }

            var now = Stopwatch.GetTimestamp();
            ticks[trips - 1] = now - before;
            before = now;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        handOver(End);
        isWhole &= other.Wait(TimeSpan.FromSeconds(30)) && back.Value == End;
        return new Timing(Tail.Of(ticks[..trips]).P50, bytes, 0);
    }

    private static void EchoRing(RecordRing ring, Flagged back)
    {
        var last = 0L;
        while (last != End)
        {
            if (ring.TryPeek(out var record))
            {
                last = record.Header.VenueTime;
                ring.Release();
                Volatile.Write(ref back.Value, last);
            }
        }
    }

    private static void EchoFlag(Flagged there, Flagged back)
    {
        var last = 0L;
        while (last != End)
        {
            var next = Volatile.Read(ref there.Value);
            if (next != last)
            {
                last = next;
                Volatile.Write(ref back.Value, last);
            }
        }
    }

    private static async Task EchoChannelAsync(ChannelReader<long> reader, Flagged back)
    {
        var last = 0L;
        while (last != End)
        {
            last = await reader.ReadAsync();
            Volatile.Write(ref back.Value, last);
        }
    }

    private static Task OnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>A number that shares its cache lines with nothing.</summary>
    private sealed class Flagged
    {
#pragma warning disable CS0169, IDE0051 // Only their place matters.
        private readonly Line _before;
        public long Value;
        private readonly Line _after;
#pragma warning restore CS0169, IDE0051

        [System.Runtime.CompilerServices.InlineArray(16)]
        private struct Line
        {
            private long _first;
        }
    }
}
