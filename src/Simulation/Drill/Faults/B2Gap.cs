using Parallax.Journal.Framing;
using Parallax.Simulation.Drill.Network;
using Parallax.Simulation.Drill.World;

namespace Parallax.Simulation.Drill.Faults;

/// <summary>Messages of the public feed are lost: the next one's checksum tells.</summary>
public sealed class B2Gap : Fault
{
    private int _left;

    public override string Scenario => "B2";

    /// <summary>How many are lost.</summary>
    public int Messages { get; init; } = 3;

    public override void Begin(DrillWorld world) => _left = Messages;

    public override void OnQuote(DrillWorld world, in RecordHeader header, ref QuoteFate fate)
    {
        if (_left > 0 && IsOn(world))
        {
            _left--;
            fate.IsLost = true;
        }
    }
}
