using System.Diagnostics;
using Parallax.Measurements.Feed;

namespace Parallax.Measurements.Engine;

/// <summary>E1 and R1: raw Kraken frames to decisions, and through the whole engine. Their yardstick is P1 on the same frames: parser and book only.</summary>
public sealed class EngineMeasurements
{
    private const int Rounds = 9;
    private const int Markets = 300;
    private const int Updates = 250_000;

    /// <summary>Makes the frames in a second or so, then measures.</summary>
    public IReadOnlyList<Measurement> Run(CancellationToken cancellation)
    {
        var recording = KrakenRecording.Make(Markets, Updates);
        return [Decision(recording.Stream, cancellation), Replay(recording, cancellation)];
    }

    private static Measurement Decision(FeedStream stream, CancellationToken cancellation)
    {
        var (product, decision) = (new ProductReader(stream), new DecisionReader(stream.Instruments));
        var isSame = product.ReadWithDigest(stream, 0, stream.Count) == decision.ReadWithDigest(stream, 0, stream.Count);
        var rounds = new Alternation(Rounds, () => Timed(decision, stream), () => Timed(product, stream), cancellation);
        isSame &= product.BadChecksums + decision.BadChecksums == 0;
        return rounds.Row(
            "E1", $"bytes to decision, {Markets} pairs, {decision.Cycles:N0} cycles (ratio: times P1)", "P1 on the same messages",
            rounds.OursNanos / rounds.YardstickNanos, 1.15, isUpperBound: true, isSame) with
        {
            Tail = TailOf(decision, stream),
        };
    }

    private static Measurement Replay(KrakenRecording recording, CancellationToken cancellation)
    {
        var stream = recording.Stream;
        var product = new ProductReader(stream);
        var isSame = true;
        string? hash = null;
        var rounds = new Alternation(
            Rounds,
            () =>
            {
                using var reader = new EngineReader(recording);
                reader.Read(0, stream.FirstUpdate);
                var timing = Timing.Of(() => reader.Read(stream.FirstUpdate, stream.Count), stream.Count - stream.FirstUpdate);
                isSame &= reader.BadChecksums == 0 && reader.Engine.Totals.BookRecords == stream.Count;
                var end = reader.End();
                isSame &= end == (hash ??= end);
                return timing;
            },
            () => Timed(product, stream),
            cancellation);
        return rounds.Row(
            "R1", "replay of raw JSON through the engine (ratio: million messages/s)", "P1 on the same messages",
            1_000 / rounds.OursNanos, 6, isUpperBound: false, isSame && product.BadChecksums == 0);
    }

    private static Timing Timed(FeedReader reader, FeedStream stream)
    {
        reader.Read(stream, 0, stream.FirstUpdate);
        return Timing.Of(() => reader.Read(stream, stream.FirstUpdate, stream.Count), stream.Count - stream.FirstUpdate);
    }

    /// <summary>One clock read a message, nothing subtracted.</summary>
    private static Tail TailOf(FeedReader reader, FeedStream stream)
    {
        var ticks = new long[stream.Count - stream.FirstUpdate];
        reader.Read(stream, 0, stream.FirstUpdate);
        var before = Stopwatch.GetTimestamp();
        for (var i = 0; i < ticks.Length; i++)
        {
            reader.Read(stream, stream.FirstUpdate + i, stream.FirstUpdate + i + 1);
            var now = Stopwatch.GetTimestamp();
            ticks[i] = now - before;
            before = now;
        }

        return Tail.Of(ticks);
    }
}
