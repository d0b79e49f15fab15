using Parallax.Journal.Chain;
using Parallax.Journal.Files;
using Parallax.Trading.Execution;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Engine.Live;

/// <summary>Intent before action, and stopping wins: an order's intent has left this process's memory before the order does, and no order leaves after a kill.</summary>
/// <remarks>
/// An order that is held back here was never sent, and its intent is in the journal: <see cref="TryTakeUnsent"/> gives the engine's input the
/// record that says so. Engine thread only.
/// </remarks>
/// <param name="policy">
/// How far: <see cref="FlushPolicy.Os"/> survives the end of the process and is enough where no real money is at stake;
/// <see cref="FlushPolicy.Disk"/> survives the loss of power.
/// </param>
/// <param name="kill">Read after the flush, which may take long; <see langword="null"/> where nobody can kill from outside.</param>
/// <param name="stages">What is measured on the way; <see langword="null"/> where nobody looks.</param>
public sealed class IntentFirst(
    IOrderGateway gateway, SessionJournal journal, FlushPolicy policy, KillFlag? kill = null, OrderStages? stages = null) : IOrderGateway
{
    private readonly bool _isHandedHere = gateway is not ITimedGateway;
    private readonly Queue<OrderEvent> _unsent = [];

    public void Submit(in OrderRequest request)
    {
        stages?.Decided(request);
        if (!journal.TryFlush(policy))
        {
            HoldBack(request, RefusalReason.StorageFull.Code());
            return;
        }

        if (kill?.Stops(request) == true)
        {
            HoldBack(request, "killed");
            return;
        }

        stages?.Durable(request);
        gateway.Submit(request);
        if (_isHandedHere)
        {
            stages?.Handed(request.Id);
        }
    }

    public void Query(ClientOrderId id, long sentTime) => gateway.Query(id, sentTime);

    public void Cancel(ClientOrderId id, long sentTime) => gateway.Cancel(id, sentTime);

    /// <inheritdoc/>
    /// <remarks>Nothing but a kill takes everything back, and the engine may have killed by itself.</remarks>
    public void CancelAll(long sentTime)
    {
        kill?.Hold();
        gateway.CancelAll(sentTime);
    }

    public void Survey(long sinceTime, long sentTime) => gateway.Survey(sinceTime, sentTime);

    /// <summary>What the engine is to be told of an order that was held back, oldest first.</summary>
    /// <returns>False when there is nothing to tell.</returns>
    public bool TryTakeUnsent(out OrderEvent unsent) => _unsent.TryDequeue(out unsent);

    private void HoldBack(in OrderRequest request, string reason) => _unsent.Enqueue(new OrderEvent
    {
        Id = request.Id,
        Type = OrderEventType.NotSent,
        Instrument = request.Instrument,
        Side = request.Side,
        Reason = reason,
    });
}
