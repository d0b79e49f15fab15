using Parallax.Domain;
using Parallax.Trading.Reconciliation;

namespace Parallax.Trading.Execution;

/// <summary>An order as it leaves the engine: on the instrument's grid, already approved, its intent already in the journal.</summary>
/// <param name="Id">Our id; the gateway never sends one id twice.</param>
/// <param name="Instrument">The instrument's number in this session.</param>
/// <param name="LimitTicks">Worst acceptable price, in ticks.</param>
/// <param name="QuantityLots">Positive, in lots.</param>
/// <param name="SpendMax">
/// Most this order may use of the asset it spends, fees in that asset included: quote on a buy, base on a sell. When the book moves, the
/// planned quantity can cost more than the plan holds; trading stops before that (docs/decisions/0004).
/// </param>
/// <param name="SentTime">Engine time of the decision, UTC nanoseconds.</param>
public readonly record struct OrderRequest(
    ClientOrderId Id,
    ushort Instrument,
    Side Side,
    long LimitTicks,
    long QuantityLots,
    TimeInForce TimeInForce,
    decimal SpendMax,
    long SentTime);

/// <summary>Where orders leave: a real venue or a simulated one.</summary>
/// <remarks>
/// Called on the engine thread; must not block, and never answers by returning. What becomes of an order comes back as
/// <see cref="OrderEvent"/> records through the engine's input, in the order in which it was learned; what a venue says of the account, its
/// fees and itself as <see cref="Statement"/>, <see cref="FeeSchedule"/> and <see cref="VenueStatus"/> records.
/// </remarks>
public interface IOrderGateway
{
    void Submit(in OrderRequest request);

    /// <summary>Asks the venue what became of an order whose outcome is unknown. The answer is an <see cref="OrderEvent"/>.</summary>
    void Query(ClientOrderId id, long sentTime);

    /// <summary>Asks the venue to take an order back. What comes of it is an <see cref="OrderEvent"/>.</summary>
    /// <remarks>Comes too late for an order that has ended: then nothing follows. A fill that crosses it wins.</remarks>
    void Cancel(ClientOrderId id, long sentTime);

    /// <summary>Asks every venue to take back all open orders of ours, those of earlier sessions too.</summary>
    void CancelAll(long sentTime);

    /// <summary>Asks every venue for the account: open orders, balances, and what was traded and moved lately.</summary>
    /// <param name="sinceTime">
    /// Trades and transfers later than this are wanted, those of our own orders included; venue's clock, UTC nanoseconds. More may be told.
    /// </param>
    /// <remarks>Each venue answers with one whole <see cref="Statement"/>, a failed one where it cannot be asked. Only one survey is under way.</remarks>
    void Survey(long sinceTime, long sentTime);
}
