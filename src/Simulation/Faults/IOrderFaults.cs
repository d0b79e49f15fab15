using Parallax.Trading.Execution;

namespace Parallax.Simulation.Faults;

/// <summary>Decides what goes wrong. Asked once per request, in the order of submission.</summary>
public interface IOrderFaults
{
    OrderFault OfOrder(in OrderRequest request);

    /// <summary>Queries can be lost or late; the other faults mean nothing to them.</summary>
    OrderFault OfQuery(ClientOrderId id);
}
