using System.Text.Json;
using Parallax.Domain;
using Parallax.Testing;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Tests.Execution;

[Trait("Category", "Vectors")]
public sealed class OrderStateVectorTests
{
    /// <summary>Vector quantities in lots of this many decimals.</summary>
    private const decimal LotsPerUnit = 100_000_000m;

    private readonly OrderLife _order = new();
    private readonly Dictionary<string, ulong> _trades = [];

    public static TheoryData<string, string> Cases() => VectorCases.Of("risk-order-state*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void State_result_and_filled_quantity_follow_every_event(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);
        _order.Begin(ClientOrderId.Of(1, 1, 1), Lots(input.GetProperty("quantity")));

        var step = 0;
        foreach (var (told, wanted) in input.GetProperty("events").EnumerateArray().Zip(expected.EnumerateArray()))
        {
            var result = Run(told);
            Assert.Equal(
                (step, wanted.Text("state"), wanted.Text("result"), wanted.Decimal("filled"), wanted.GetProperty("sends").GetInt32()),
                (step, Name(_order.State), Name(result), _order.FilledLots / LotsPerUnit, _order.Sends));
            step++;
        }

        Assert.Equal(expected.GetArrayLength(), step);
    }

    private OrderStep Run(JsonElement told) => told.Text("type") switch
    {
        "submit" => _order.Submit(),
        "ack" => Tell(OrderEventType.Accepted),
        "reject" or "rejected" => Tell(OrderEventType.Rejected),
        "fill" => _order.Apply(Event(OrderEventType.Filled) with { TradeId = Trade(told.Text("tradeId")), Fill = new Level(1, Lots(told.GetProperty("quantity"))) }),
        "cancelAck" => Tell(OrderEventType.Canceled),
        "timeout" => Tell(OrderEventType.OutcomeUnknown),
        "notFound" => Tell(OrderEventType.NotFound),
        var other => throw new NotSupportedException($"Vector event \"{other}\"."),
    };

    private OrderStep Tell(OrderEventType type) => _order.Apply(Event(type));

    private OrderEvent Event(OrderEventType type) => new() { Id = _order.Id, Type = type };

    private ulong Trade(string name) => _trades.TryGetValue(name, out var known) ? known : _trades[name] = (ulong)_trades.Count + 1;

    private static long Lots(JsonElement quantity) => (long)(quantity.Decimal() * LotsPerUnit);

    private static string Name(OrderState state) => state == OrderState.Canceled ? "cancelled" : Camel(state.ToString());

    private static string Name(OrderStep step) => Camel(step.ToString());

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
