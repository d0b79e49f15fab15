using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.World;

/// <summary>Where a replay's orders end: what became of them stands on the tape.</summary>
internal sealed class NoGateway : IOrderGateway
{
    public void Submit(in OrderRequest request)
    {
    }

    public void Query(ClientOrderId id, long sentTime)
    {
    }

    public void Cancel(ClientOrderId id, long sentTime)
    {
    }

    public void CancelAll(long sentTime)
    {
    }

    public void Survey(long sinceTime, long sentTime)
    {
    }
}
