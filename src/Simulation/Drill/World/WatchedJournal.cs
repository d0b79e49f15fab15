using Parallax.Journal.Chain;
using Parallax.Journal.Framing;
using Parallax.Simulation.Drill.Invariants;
using Parallax.Trading.Decisions;

namespace Parallax.Simulation.Drill.World;

/// <summary>The engine's journal, with a place to die before and after each record, and those who judge it looking on.</summary>
internal sealed class WatchedJournal(DrillWorld world, SessionJournal journal, SessionTape? tape) : IRecordSink
{
    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        world.CrashPoints.Pass(CrashPlace.BeforeRecord, header.Kind);
        journal.Append(header, payload);
        tape?.Written.Append(header, payload);
        world.Told.Take(header, payload);
        world.Conditions.Take(header, payload);
        world.IsTouched = true;
        if (header.Kind == (byte)DecisionKind.OrderIntent)
        {
            Watch.OnIntent(world, header.ReceivedTime);
        }

        world.CrashPoints.Pass(CrashPlace.AfterRecord, header.Kind);
    }
}
