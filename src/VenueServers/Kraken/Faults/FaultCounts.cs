namespace Parallax.VenueServers.Kraken.Faults;

/// <summary>How often each fault has happened since the server began. Written by the exchange thread, read by any.</summary>
public sealed class FaultCounts
{
    private long _disconnects, _checksums, _drops, _duplicates, _truncations, _delays, _rejects, _lostAcks, _maintenances;

    public long Disconnects => Volatile.Read(ref _disconnects);

    public long Checksums => Volatile.Read(ref _checksums);

    public long Drops => Volatile.Read(ref _drops);

    public long Duplicates => Volatile.Read(ref _duplicates);

    public long Truncations => Volatile.Read(ref _truncations);

    public long Delays => Volatile.Read(ref _delays);

    public long Rejects => Volatile.Read(ref _rejects);

    public long LostAcks => Volatile.Read(ref _lostAcks);

    public long Maintenances => Volatile.Read(ref _maintenances);

    public long Total => Disconnects + Checksums + Drops + Duplicates + Truncations + Delays + Rejects + LostAcks + Maintenances;

    internal void Count(FrameFault fault)
    {
        switch (fault)
        {
            case FrameFault.Disconnect:
                Interlocked.Increment(ref _disconnects);
                break;
            case FrameFault.Checksum:
                Interlocked.Increment(ref _checksums);
                break;
            case FrameFault.Drop:
                Interlocked.Increment(ref _drops);
                break;
            case FrameFault.Duplicate:
                Interlocked.Increment(ref _duplicates);
                break;
            case FrameFault.Truncate:
                Interlocked.Increment(ref _truncations);
                break;
        }
    }

    internal void Count(AckFault fault)
    {
        switch (fault)
        {
            case AckFault.Delay:
                Interlocked.Increment(ref _delays);
                break;
            case AckFault.Reject:
                Interlocked.Increment(ref _rejects);
                break;
            case AckFault.Lose:
                Interlocked.Increment(ref _lostAcks);
                break;
        }
    }

    internal void CountMaintenance() => Interlocked.Increment(ref _maintenances);
}
