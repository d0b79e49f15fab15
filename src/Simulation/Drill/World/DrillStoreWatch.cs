using Parallax.Domain;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.World;

/// <summary>Looks at how far the database is behind the journal, and tells the program when that is too far, and when it is no more.</summary>
public sealed class DrillStoreWatch
{
    private const long PauseNanos = 100 * UtcNanos.PerMillisecond;

    private readonly DrillWorld _world;
    private readonly Action _look;
    private int _owedBytes;
    private long _owedSince;
    private DrillProcess? _told;

    public DrillStoreWatch(DrillWorld world)
    {
        (_world, _look) = (world, Look);
        world.Agenda.After(PauseNanos, _look);
    }

    private void Look()
    {
        var journal = _world.Disk.Bytes.Length;
        // What a crash took is owed no more.
        _owedBytes = Math.Min(_owedBytes, journal);
        if (_world.Store.Rows.Length >= _owedBytes)
        {
            (_owedBytes, _owedSince) = (journal, _world.Agenda.Now);
        }

        var isBehind = _world.Agenda.Now - _owedSince > _world.Terms.StoreLagNanosMax;
        if (_world.Process is { IsAlive: true } process && (isBehind ? _told != process : _told == process))
        {
            _told = isBehind ? process : null;
            process.Tell(new StoreReport(isBehind, isBehind ? _world.Store.Behind : 0, isBehind ? "It is away or slow." : ""));
        }

        _world.Agenda.After(PauseNanos, _look);
    }
}
