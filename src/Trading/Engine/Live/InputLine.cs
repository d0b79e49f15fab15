using System.Runtime.CompilerServices;
using Parallax.Journal.Framing;

namespace Parallax.Trading.Engine.Live;

/// <summary>The one line in which everything stands that the engine is told: onto the tape, then to the engine, times never running back.</summary>
/// <remarks>
/// Before a record, everything happens that is due earlier: the engine's deadlines and what acts between records, in their order; at equal
/// times the record comes first, as in a replay. Behind a record, and at its time, comes what became of the orders that it caused and that were
/// held back on their way. Engine thread only.
/// </remarks>
/// <param name="startTime">Received time of the journal's last record: nothing is older.</param>
/// <param name="sending">Where the engine's orders leave, when some of them may be held back there.</param>
/// <param name="files">Journal and tape, when the engine is told that their disk is full.</param>
public sealed class InputLine(
    Engine engine, IRecordSink? tape, IBetweenRecords? between, long startTime, IntentFirst? sending = null, SessionFiles? files = null) : IRecordSink
{
    private readonly PayloadWriter _payload = new();
    private byte[] _frame = new byte[512];
    private ulong _inputs;

    /// <summary>Received time of the last input, UTC nanoseconds: what an earlier one is raised to.</summary>
    public long Time { get; private set; } = startTime;

    /// <summary>When a deadline or an act between records is due next; <see cref="long.MaxValue"/> when none is.</summary>
    public long NextTime => Math.Min(engine.Deadlines.Next, between?.NextTime ?? long.MaxValue);

    /// <summary>Takes the next record of an inlet, with all that is due before it. Its received time is raised where it lies.</summary>
    public void Take(Record record)
    {
        var time = record.Header.ReceivedTime;
        if (NextTime < time)
        {
            HappenBefore(time);
        }

        Give(record);
    }

    /// <returns>Whether anything was due.</returns>
    public bool HappenBefore(long time)
    {
        var hasHappened = false;
        while (NextTime < time)
        {
            hasHappened = true;
            var deadline = engine.Deadlines.Next;
            if (between is not null && between.NextTime <= deadline)
            {
                between.HappenBefore(between.NextTime + 1, engine.Markets, this);
            }
            else
            {
                Append(InputKind.Header(InputKind.Timer, deadline), []);
            }
        }

        return hasHappened;
    }

    /// <summary>Tells the engine something that comes from this thread: a timer, a command, a report of the venue inside.</summary>
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var size = RecordFramer.RecordSize(payload.Length);
        if (_frame.Length < size)
        {
            _frame = new byte[size * 2];
        }

        RecordFramer.Write(_frame, header, payload, ++_inputs);
        Give(new Record(_frame.AsSpan(0, size)));
    }

    /// <summary>Tells the engine of the disk, if there is news.</summary>
    public void TellOfFiles(long time)
    {
        if (files is not null && files.TryTakeNews(out var report))
        {
            Append(report.Header(time), report.Write(_payload));
        }
    }

    private void Give(Record record)
    {
        ref var header = ref Unsafe.AsRef(in record.Header);
        if (header.ReceivedTime < Time)
        {
            header.ReceivedTime = Time;
        }

        Time = header.ReceivedTime;
        tape?.Append(header, record.Payload);
        engine.Handle(record);
        between?.Observe(record);
        TellOfFiles(Time);
        while (sending is not null && sending.TryTakeUnsent(out var unsent))
        {
            Append(unsent.Header(Time, Time), unsent.Write(_payload));
        }
    }
}
