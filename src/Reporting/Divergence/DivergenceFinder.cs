using System.Buffers.Binary;
using System.Security.Cryptography;
using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Reporting.Journals;

namespace Parallax.Reporting.Divergence;

/// <summary>Takes the records a replay writes and lays each beside the one the session wrote.</summary>
/// <remarks>
/// Streams: up to the first difference nothing is kept; after it, what each side has and the other has not. A record's number in its
/// journal and its checksum are no part of what it tells. One thread.
/// </remarks>
/// <param name="live">At its start; read up to the session's end.</param>
public sealed class DivergenceFinder(JournalReader live, SessionSpan span) : IRecordSink
{
    private readonly PlanFiguresFold _livePlans = new(), _replayPlans = new();
    private readonly SortedDictionary<byte, (long Live, long Replay)> _counts = [];
    private readonly Dictionary<(byte Kind, UInt128 Hash), long> _surplus = [];
    private byte[] _frame = new byte[512];
    private ulong _replayed;
    private long _compared;
    private FirstDifference? _first;

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var size = RecordFramer.RecordSize(payload.Length);
        if (_frame.Length < size)
        {
            _frame = new byte[size * 2];
        }

        RecordFramer.Write(_frame, header, payload, ++_replayed);
        var replay = new Record(_frame.AsSpan(0, size));
        var hasLive = TryNext(out var mine);
        if (!hasLive && !span.HasEnded)
        {
            // The session was cut off here; what it would have written is not known.
            return;
        }

        CountReplay(replay);
        if (hasLive)
        {
            CountLive(mine);
        }

        if (_first is null && hasLive && Same(mine, replay))
        {
            _compared++;
            return;
        }

        _first ??= new FirstDifference(_compared + 1, hasLive ? Tell(mine) : null, Tell(replay));
        Surplus(replay, -1);
        if (hasLive)
        {
            Surplus(mine, +1);
        }
    }

    /// <summary>After the replay has ended.</summary>
    public DivergenceReport Finish()
    {
        while (TryNext(out var mine))
        {
            CountLive(mine);
            _first ??= new FirstDifference(_compared + 1, Tell(mine), null);
            Surplus(mine, +1);
        }

        var (ours, theirs) = (_livePlans.Plans, _replayPlans.Plans);
        return new DivergenceReport(
            span,
            _counts.Values.Sum(count => count.Live),
            _first,
            [.. _counts.Select(Count).OrderBy(kind => kind.Name, StringComparer.Ordinal)],
            ours.Count,
            PlanDifference.Between(ours, theirs),
            Pnl(ours, theirs));
    }

    private static bool Same(Record one, Record other) => Told(one).SequenceEqual(Told(other));

    /// <summary>Everything but sequence and checksum.</summary>
    private static byte[] Told(Record record)
    {
        var bytes = record.Bytes.ToArray();
        ref var header = ref System.Runtime.CompilerServices.Unsafe.As<byte, RecordHeader>(ref bytes[0]);
        (header.Sequence, header.Checksum) = (0, 0);
        return bytes;
    }

    private static ToldRecord Tell(Record record) => new(
        record.Header.Sequence, record.Header.ReceivedTime, RecordDescription.Name(record.Header.Kind), RecordDescription.Line(record));

    private static List<PnlComparison> Pnl(IReadOnlyList<PlanFigures> live, IReadOnlyList<PlanFigures> replay) =>
    [
        .. live.Concat(replay).Select(plan => plan.StartAsset).Distinct().Order()
            .Select(asset => new PnlComparison(asset, Sum(live, asset), Sum(replay, asset))),
    ];

    private static decimal Sum(IEnumerable<PlanFigures> plans, Domain.Asset asset) =>
        plans.Where(plan => plan.StartAsset == asset).Sum(plan => plan.Realised ?? 0m);

    private KindCount Count(KeyValuePair<byte, (long Live, long Replay)> count)
    {
        var surplus = _surplus.Where(one => one.Key.Kind == count.Key).Select(one => one.Value).ToList();
        return new KindCount(
            RecordDescription.Name(count.Key), count.Value.Live, count.Value.Replay,
            surplus.Where(more => more > 0).Sum(), -surplus.Where(more => more < 0).Sum());
    }

    private bool TryNext(out Record record)
    {
        while (live.TryRead(out record))
        {
            if (record.Header.Sequence >= span.First)
            {
                return record.Header.Sequence <= span.Last;
            }
        }

        return false;
    }

    private void CountLive(Record record)
    {
        _counts[record.Header.Kind] = Counted(record) with { Live = Counted(record).Live + 1 };
        _livePlans.Take(record);
    }

    private void CountReplay(Record record)
    {
        _counts[record.Header.Kind] = Counted(record) with { Replay = Counted(record).Replay + 1 };
        _replayPlans.Take(record);
    }

    private (long Live, long Replay) Counted(Record record) => _counts.GetValueOrDefault(record.Header.Kind);

    private void Surplus(Record record, long by)
    {
        var hash = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Told(record)));
        var key = (record.Header.Kind, hash);
        var more = _surplus.GetValueOrDefault(key) + by;
        if (more == 0)
        {
            _surplus.Remove(key);
        }
        else
        {
            _surplus[key] = more;
        }
    }
}
