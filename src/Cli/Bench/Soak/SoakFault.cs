using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Cli.Bench.Soak;

/// <summary>One fault that was ordered while every book stood, and what became of it.</summary>
/// <param name="IsNoticed">
/// The checksum failed, or the connection was given up. A message that comes twice is no loss and needs no notice; one that is lost is
/// sometimes made good by the next update of the same level before any checksum could tell.
/// </param>
/// <param name="IsOvertaken">Meanwhile the inlet overflowed or the connection ended, both counted: the message may never have come to be judged.</param>
/// <param name="RecoveredAfter">From the order until every book stood again; <see langword="null"/> when that took too long.</param>
public sealed record SoakFault(FrameFault Kind, double Second, bool IsNoticed, bool IsOvertaken, TimeSpan? RecoveredAfter)
{
    /// <summary>What goes wrong in turn: four checksums, two drops, two cut connections, a truncated and a doubled message in ten.</summary>
    public static IReadOnlyList<FrameFault> Turns { get; } =
    [
        FrameFault.Checksum, FrameFault.Drop, FrameFault.Checksum, FrameFault.Duplicate, FrameFault.Disconnect,
        FrameFault.Checksum, FrameFault.Drop, FrameFault.Truncate, FrameFault.Checksum, FrameFault.Disconnect,
    ];

    /// <summary>Whether a fault of this kind that goes unnoticed is a failure of ours.</summary>
    public static bool MustBeNoticed(FrameFault kind) => kind is FrameFault.Checksum or FrameFault.Disconnect or FrameFault.Truncate;
}
