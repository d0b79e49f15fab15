namespace Parallax.VenueServers.Kraken.Faults;

/// <summary>How often each fault has happened since the server began. Written by the exchange thread, read by any.</summary>
public sealed class FaultCounts
{
    private readonly long[] _frames = new long[Enum.GetValues<FrameFault>().Length];
    private readonly long[] _acks = new long[Enum.GetValues<AckFault>().Length];
    private long _maintenances;

    public long Disconnects => Of(FrameFault.Disconnect);

    public long Checksums => Of(FrameFault.Checksum);

    public long Drops => Of(FrameFault.Drop);

    public long Duplicates => Of(FrameFault.Duplicate);

    public long Truncations => Of(FrameFault.Truncate);

    public long Delays => Of(AckFault.Delay);

    public long Rejects => Of(AckFault.Reject);

    public long LostAcks => Of(AckFault.Lose);

    public long Maintenances => Volatile.Read(ref _maintenances);

    public long Total => Disconnects + Checksums + Drops + Duplicates + Truncations + Delays + Rejects + LostAcks + Maintenances;

    internal void Count(FrameFault fault) => Interlocked.Increment(ref _frames[(int)fault]);

    internal void Count(AckFault fault) => Interlocked.Increment(ref _acks[(int)fault]);

    internal void CountMaintenance() => Interlocked.Increment(ref _maintenances);

    private long Of(FrameFault fault) => Volatile.Read(ref _frames[(int)fault]);

    private long Of(AckFault fault) => Volatile.Read(ref _acks[(int)fault]);
}
