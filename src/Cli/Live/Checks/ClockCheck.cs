using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Risk;

namespace Parallax.Cli.Live.Checks;

/// <summary>The venue's clock and ours agree within the limit that decisions have.</summary>
internal sealed class ClockCheck(IOperatedSession session, RiskLimits limits) : IArmingCheck
{
    public Task<ArmingCheck> LookAsync(CancellationToken cancellation)
    {
        var offsets = session.Current.Venues.Select(venue => venue.ClockOffset).ToList();
        var found = offsets.Count == 0 || offsets.Contains(null)
            ? new ArmingCheck("clock", false, "The venue's clock is not known yet; wait a few seconds.")
            : Judge(offsets.Max(offset => Math.Abs(offset!.Value)));
        return Task.FromResult(found);
    }

    private ArmingCheck Judge(long nanos)
    {
        var millis = decimal.Round((decimal)nanos / UtcNanos.PerMillisecond, 1);
        return millis <= limits.ClockSkewMillisMax
            ? new ArmingCheck("clock", true, $"Venue and machine differ by {millis} ms of {limits.ClockSkewMillisMax} ms allowed.")
            : new ArmingCheck("clock", false, $"Venue and machine differ by {millis} ms; {limits.ClockSkewMillisMax} ms are allowed. Set the machine's clock by NTP.");
    }
}
