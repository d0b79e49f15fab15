using System.Diagnostics;

namespace Parallax.Measurements.Feed;

/// <summary>P1 to P4: book messages to verified books, next to the yardsticks <c>ordinary</c> and <c>reader</c>.</summary>
/// <remarks>
/// All read one generated stream, in turns of a few thousand messages. Before that each reads it once with the digest of the best bid and
/// ask after every message; a row whose digests differ, or with a bad checksum, is void. Times are per message and hold everything from
/// the frame's bytes to the changed book; the clock is read once a turn, and in P3 once a message (about 20 ns, not subtracted).
/// </remarks>
public sealed class FeedMeasurements
{
    private const int Updates = 20_000;

    /// <summary>
    /// Messages that a reader reads before it is the next one's turn. The first half brings caches and branch predictors back to it, the
    /// second half is timed.
    /// </summary>
    private const int Turn = 5_000;
    private const int Rounds = 24;

    /// <summary>Undisturbed samples that a median needs.</summary>
    private const int QuietMin = 7;
    private const int TailMessages = 10_000_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);

    /// <summary>What the stream is, with its hash: for the head of the table.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Runs all, in about fifteen seconds.</summary>
    public IReadOnlyList<Measurement> Run()
    {
        var stream = FeedGenerator.Make(Updates);
        Description = $"{stream.Count - stream.FirstUpdate} updates of {stream.Instruments.Count} symbols, {stream.BytesPerUpdate:F0} bytes and "
            + $"{stream.LevelsPerUpdate:F2} levels each, best price or quantity changed in {stream.BestChangedShare:P0}, SHA-256 {stream.Hash}";
        var verified = new Contest(stream, new OrdinaryReader(stream), new Utf8Reader(stream), new ProductReader(stream), new ProductReader(stream, general: true));
        verified.Run();

        var plain = FeedGenerator.Make(Updates, withChecksum: false);
        var unverified = new Contest(plain, new OrdinaryReader(plain), new Utf8Reader(plain), new ProductReader(plain, withChecksum: false));
        unverified.Run();
        return
        [
            verified.Faster("P1", "Kraken v2 book message to book, every checksum verified", ours: 2, yardstick: 0, target: 35),
            verified.Share("P1", "the same, as a share of the reader's time", ours: 2, yardstick: 1, target: 0.36),
            unverified.Faster("P2", "the same for venues without checksum", ours: 2, yardstick: 0, target: 14),
            .. Tails(stream),
            verified.Faster("P4", "general path, checksums verified", ours: 3, yardstick: 1, target: 0.8),
        ];
    }

    /// <summary>P3: how long single messages take, whether anything is allocated, and whether the collector runs in ten million.</summary>
    private static IEnumerable<Measurement> Tails(FeedStream stream)
    {
        var reader = new ProductReader(stream);
        Warm(reader, stream);
        var times = new NanosHistogram();
        var collections = GC.CollectionCount(0);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var messages = 0; messages < TailMessages; messages += stream.Count - stream.FirstUpdate)
        {
            reader.Read(stream, 0, stream.FirstUpdate);
            var last = Stopwatch.GetTimestamp();
            for (var i = stream.FirstUpdate; i < stream.Count; i++)
            {
                reader.Parse(stream[i], i);
                var now = Stopwatch.GetTimestamp();
                times.Add(now - last);
                last = now;
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        collections = GC.CollectionCount(0) - collections;
        var median = times.Nanos(500_000);
        Measurement Row(string name, double ours, double ratio, double target) =>
            new("P3", name, ours, "", median, ratio, target, IsUpperBound: true, DigestsEqual: reader.BadChecksums == 0, allocated, YardstickSpread: 0);
        yield return Row("99th percentile of P1, in medians", times.Nanos(990_000), times.Nanos(990_000) / median, 2);
        yield return Row("99.9th percentile of P1, in medians", times.Nanos(999_000), times.Nanos(999_000) / median, 2.5);
        yield return Row("collections in ten million messages", median, collections, 0);
        yield return Row("bytes allocated in ten million messages", median, allocated, 0);
    }

    private static void Warm(FeedReader reader, FeedStream stream)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            reader.Read(stream, 0, stream.Count);
        }
    }

    /// <summary>Several readers of one stream.</summary>
    private sealed class Contest(FeedStream stream, params FeedReader[] readers)
    {
        private readonly ulong[] _digests = new ulong[readers.Length];
        private readonly long[] _allocated = new long[readers.Length];
        private readonly List<double>[] _nanos = [.. readers.Select(_ => new List<double>())];
        private long _touched;

        public void Run()
        {
            for (var i = 0; i < readers.Length; i++)
            {
                readers[i].Read(stream, 0, stream.FirstUpdate);
                _digests[i] = readers[i].ReadWithDigest(stream, stream.FirstUpdate, stream.Count);
                Warm(readers[i], stream);
            }

            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < readers.Length; i++)
                {
                    Time(i, round % (Updates / Turn));
                }
            }
        }

        public Measurement Faster(string id, string name, int ours, int yardstick, double target) =>
            Row(id, name, ours, yardstick, target, isUpperBound: false);

        public Measurement Share(string id, string name, int ours, int yardstick, double target) =>
            Row(id, name, ours, yardstick, target, isUpperBound: true);

        private void Time(int reader, int turn)
        {
            if (turn == 0)
            {
                // The snapshots bring the books back to the start.
                readers[reader].Read(stream, 0, stream.FirstUpdate);
            }

            // Samples of a few milliseconds at the most: even on a busy machine many of them pass undisturbed.
            var sample = readers[reader] is OrdinaryReader ? Turn / 10 : Turn / 2;
            var end = stream.FirstUpdate + ((turn + 1) * Turn);
            readers[reader].Read(stream, end - Turn, end - (Turn / 2));
            for (var from = end - (Turn / 2); from < end; from += sample)
            {
                // A frame that comes off a socket is in the processor's cache.
                _touched += stream.Touch(from, from + sample);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                readers[reader].Read(stream, from, from + sample);
                var elapsed = Stopwatch.GetElapsedTime(start);
                _allocated[reader] += GC.GetAllocatedBytesForCurrentThread() - before;
                _nanos[reader].Add(elapsed.TotalNanoseconds / sample);
            }
        }

        private Measurement Row(string id, string name, int ours, int yardstick, double target, bool isUpperBound)
        {
            var isEqual = _digests[ours] == _digests[yardstick] && readers[ours].BadChecksums == 0 && readers[yardstick].BadChecksums == 0;
            var (mine, theirs) = (Quiet(_nanos[ours]), Quiet(_nanos[yardstick]));
            var (nanos, yardstickNanos) = (mine[mine.Count / 2], theirs[theirs.Count / 2]);
            return new(
                id, name, nanos, readers[yardstick].Name, yardstickNanos, isUpperBound ? nanos / yardstickNanos : yardstickNanos / nanos, target, isUpperBound,
                isEqual, _allocated[ours], (theirs[^1] - theirs[0]) / yardstickNanos);
        }

        /// <summary>The samples that count, sorted: those within a tenth of the best; all of them when those are too few.</summary>
        private static List<double> Quiet(List<double> samples)
        {
            var sorted = samples.Order().ToList();
            var quiet = sorted.Where(nanos => nanos <= 1.1 * sorted[0]).ToList();
            return quiet.Count >= QuietMin ? quiet : sorted;
        }
    }
}
