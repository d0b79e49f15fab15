using Parallax.Reporting.Sessions;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Cli.Live.Checks;

/// <summary>Orders can leave, and the venue takes them back by itself should we fall silent.</summary>
internal sealed class OrdersCheck(KrakenOrders orders) : IArmingCheck
{
    public Task<ArmingCheck> LookAsync(CancellationToken cancellation) => Task.FromResult(
        orders.HaltReason is { } halt ? new ArmingCheck("orders", false, $"Orders are halted: {halt}")
        : orders.IsReady ? new ArmingCheck("orders", true, "The private feed is open; while armed the venue's dead-man timer is kept running.")
        : new ArmingCheck("orders", false, $"The private feed is {orders.Health.State}; wait until it is online."));
}
