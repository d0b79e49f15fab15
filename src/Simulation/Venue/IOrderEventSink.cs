using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Venue;

/// <summary>Where the simulated venue's reports become input of the engine.</summary>
public interface IOrderEventSink
{
    /// <summary>Takes one report, in the order in which the engine learns them. May submit or query on the venue before it returns.</summary>
    /// <param name="venueTime">When it happened at the venue; local axis, UTC nanoseconds.</param>
    /// <param name="receivedTime">When the engine learns it; never before an earlier report.</param>
    void Take(in OrderEvent report, long venueTime, long receivedTime);

    /// <summary>Takes one item of what the venue says of the account; as the other.</summary>
    void Take(Statement item, long venueTime, long receivedTime);
}
