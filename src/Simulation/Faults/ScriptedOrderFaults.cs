using Parallax.Trading.Execution;

namespace Parallax.Simulation.Faults;

/// <summary>Faults at named orders and queries, for scenarios: the third order is rejected, the first query is lost.</summary>
public sealed class ScriptedOrderFaults : IOrderFaults
{
    private readonly Dictionary<int, OrderFault> _orders = [];
    private readonly Dictionary<int, OrderFault> _queries = [];
    private int _orderCount, _queryCount;

    /// <param name="number">1 for the first order submitted.</param>
    public ScriptedOrderFaults Order(int number, OrderFault fault)
    {
        _orders[number] = fault;
        return this;
    }

    /// <param name="number">1 for the first query.</param>
    public ScriptedOrderFaults Query(int number, OrderFault fault)
    {
        _queries[number] = fault;
        return this;
    }

    public OrderFault OfOrder(in OrderRequest request) => _orders.GetValueOrDefault(++_orderCount);

    public OrderFault OfQuery(ClientOrderId id) => _queries.GetValueOrDefault(++_queryCount);
}
