using Parallax.Journal.Files;
using Parallax.Reporting.Sessions;
using Parallax.Storage.Projection;

namespace Parallax.Cli.Live.Checks;

/// <summary>What is decided survives a loss of power before it leaves, and the store follows the journal.</summary>
internal sealed class StoreCheck(Func<ProjectorHealth> store, FlushPolicy flush) : IArmingCheck
{
    /// <summary>Records the store may be behind and still count as following: some seconds of a busy session.</summary>
    private const long LagMax = 50_000;

    public Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        var health = store();
        return Task.FromResult(
            flush != FlushPolicy.Disk ? new ArmingCheck("store", false, "Order intents are not flushed to the disk: set journal.flush to disk.")
            : health.State == ProjectorState.Refused || health.Error is not null ? new ArmingCheck("store", false, $"The store does not follow the journal: {health.Error}")
            : health.LagRecords > LagMax ? new ArmingCheck("store", false, $"The store is {health.LagRecords} records behind the journal; wait until it has caught up.")
            : new ArmingCheck("store", true, "Order intents are flushed to the disk; the store follows the journal."));
    }
}
