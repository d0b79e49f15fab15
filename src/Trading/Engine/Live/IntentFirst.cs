using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Engine.Live;

/// <summary>Intent before action: an order's intent has left this process's memory before the order does.</summary>
/// <param name="policy">
/// How far: <see cref="FlushPolicy.Os"/> survives the end of the process and is enough where no real money is at stake;
/// <see cref="FlushPolicy.Disk"/> survives the loss of power.
/// </param>
/// <param name="stages">What is measured on the way; <see langword="null"/> where nobody looks.</param>
public sealed class IntentFirst(IOrderGateway gateway, SessionJournal journal, FlushPolicy policy, OrderStages? stages = null) : IOrderGateway
{
    private readonly bool _isHandedHere = gateway is not ITimedGateway;

    public void Submit(in OrderRequest request)
    {
        stages?.Decided(request);
        journal.Flush(policy);
        stages?.Durable(request);
        gateway.Submit(request);
        if (_isHandedHere)
        {
            stages?.Handed(request.Id);
        }
    }

    public void Query(ClientOrderId id, long sentTime) => gateway.Query(id, sentTime);

    public void Cancel(ClientOrderId id, long sentTime) => gateway.Cancel(id, sentTime);

    public void CancelAll(long sentTime) => gateway.CancelAll(sentTime);

    public void Survey(long sinceTime, long sentTime) => gateway.Survey(sinceTime, sentTime);
}
