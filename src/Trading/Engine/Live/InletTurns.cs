using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.MarketData.Records;

namespace Parallax.Trading.Engine.Live;

/// <summary>Reads the inlets in turns, some records each, so that none starves the others. Engine thread only; allocates nothing.</summary>
internal sealed class InletTurns(IReadOnlyList<Inlet> inlets, InputLine line, UtcClock clock, OrderStages? stages, LatencyHistogram queue, LatencyHistogram decision)
{
    /// <summary>Records one inlet gives before it is another's turn, and before commands are looked at again.</summary>
    private const int Turn = 64;

    private readonly Inlet[] _inlets = [.. inlets];

    /// <summary>Gives every inlet its turn.</summary>
    /// <param name="now">The time of the last decision.</param>
    /// <param name="isDrained">Whether no inlet had more than its turn.</param>
    /// <returns>Whether there was anything.</returns>
    public bool Take(ref long now, out bool isDrained)
    {
        var hasTaken = false;
        isDrained = true;
        foreach (var inlet in _inlets)
        {
            var taken = Take(inlet, ref now);
            hasTaken |= taken > 0;
            isDrained &= taken < Turn;
        }

        return hasTaken;
    }

    public bool AreEmpty()
    {
        foreach (var inlet in _inlets)
        {
            if (!inlet.IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private int Take(Inlet inlet, ref long now)
    {
        var taken = 0;
        while (taken < Turn && inlet.TryPeek(out var record))
        {
            var received = record.Header.ReceivedTime;
            var isBook = record.Header.Kind is MarketRecordKind.BookDelta or MarketRecordKind.BookSnapshot;
            var started = now;
            if (isBook)
            {
                stages?.Begin(received, started);
            }

            line.Take(record);
            stages?.End();
            inlet.Release();
            taken++;
            now = clock.NowNanos;
            if (isBook)
            {
                queue.Add(started - received);
                decision.Add(now - received);
            }
        }

        if (taken < Turn)
        {
            ReportLost(inlet, now);
        }

        return taken;
    }

    private void ReportLost(Inlet inlet, long now)
    {
        Span<(ushort Instrument, BookInvalidReason Reason)> lost = stackalloc (ushort, BookInvalidReason)[32];
        while (inlet.TryTakeLost(lost, out var count))
        {
            foreach (var (instrument, reason) in lost[..count])
            {
                line.Append(FeedStateRecord.BookLost(instrument, reason, now, now), []);
            }
        }
    }
}
