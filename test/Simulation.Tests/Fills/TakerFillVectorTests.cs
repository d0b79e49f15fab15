using System.Text.Json;
using Parallax.Domain;
using Parallax.MarketData.Books;
using Parallax.Simulation.Faults;
using Parallax.Simulation.Fills;
using Parallax.Simulation.Latency;
using Parallax.Simulation.Venue;
using Parallax.Testing;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Tests.Fills;

[Trait("Category", "Vectors")]
public sealed class TakerFillVectorTests
{
    // A grid fine enough for any number of a vector.
    private const decimal Grid = 0.00000001m;

    private static readonly Instrument Instrument = new()
    {
        Id = new InstrumentId(new VenueId("vectors"), new Asset("BTC"), new Asset("USD"), InstrumentKind.Spot),
        Symbol = "BTC/USD",
        TickSize = Grid,
        LotSize = Grid,
    };

    public static TheoryData<string, string> Cases => VectorCases.Of("bt-taker-fill*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void Orders_are_filled_as_the_vector_says(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);
        var tape = new MemoryTape();
        foreach (var snapshot in input.GetProperty("snapshots").EnumerateArray().OrderBy(s => s.Decimal("t")))
        {
            tape.Snapshot(0, snapshot.Nanos("t"), snapshot.Nanos("t"), Levels(snapshot, "bids"), Levels(snapshot, "asks"));
        }

        var latency = new ConstantLatency(input.Nanos("orderLatencyMs"), input.Nanos("responseLatencyMs"));
        var fees = FeeModel.Uniform(1, new FeeTerms(input.Decimal("fee"), FeeMode.Quote));
        var terms = new SimulatedVenueTerms { Fills = new TakerFillTerms { RefillNanos = input.Nanos("refillMs") } };
        var venue = new SimulatedVenue([Instrument], fees, latency, SeededOrderFaults.None, terms, seed: 1);
        var orders = input.GetProperty("orders").EnumerateArray().ToArray();
        for (var i = 0; i < orders.Length; i++)
        {
            venue.Submit(Request(orders[i], i));
        }

        var replay = new Replay(tape, [Instrument], venue, new VenueClock()).Run();

        var row = 0;
        foreach (var order in replay.Reports.GroupBy(r => r.Event.Id))
        {
            Check(expected[row++], orders[order.Key.Attempt], [.. order], input);
        }

        Assert.Equal(expected.GetArrayLength(), row);
    }

    private static void Check(JsonElement expected, JsonElement order, Report[] reports, JsonElement input)
    {
        Assert.Equal(expected.Text("id"), order.Text("id"));
        Assert.Equal(OrderEventType.Accepted, reports[0].Event.Type);
        Assert.Equal(expected.Nanos("arrival"), reports[0].VenueTime);
        Assert.All(reports, r => Assert.Equal(expected.Nanos("reportAt"), r.ReceivedTime));

        var fills = reports.Where(r => r.Event.Type == OrderEventType.Filled).Select(r => r.Event).ToArray();
        var pairs = fills.Select(f => (Instrument.Price(f.Fill.PriceTicks), Instrument.Quantity(f.Fill.QuantityLots))).ToArray();
        Assert.Equal(expected.GetProperty("fills").EnumerateArray().Select(f => (f[0].Decimal(), f[1].Decimal())), pairs);

        var filled = pairs.Sum(p => p.Item2);
        var notional = pairs.Sum(p => p.Item1 * p.Item2);
        Assert.Equal(expected.Decimal("filled"), filled);
        Assert.Equal(expected.Decimal("notional"), notional);
        Assert.Equal(expected.Decimal("fee"), fills.Sum(f => f.Fee));
        if (expected.GetProperty("average").ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(0, filled);
        }
        else
        {
            Assert.Equal(expected.Decimal("average"), notional / filled, 20);
        }

        var status = filled == 0 ? "unfilled" : filled == order.Decimal("quantity") ? "filled" : "partial";
        Assert.Equal(expected.Text("status"), status);
        Assert.Equal(status != "filled", reports[^1].Event.Type == OrderEventType.Canceled);

        var met = input.GetProperty("snapshots").EnumerateArray().Select(s => s.Nanos("t")).Where(t => t <= expected.Nanos("arrival"));
        Assert.Equal(expected.Nanos("bookTime"), met.Max());
    }

    private static OrderRequest Request(JsonElement order, int number)
    {
        Assert.True(Instrument.TryTicks(order.Decimal("limit"), out var limit));
        Assert.True(Instrument.TryLots(order.Decimal("quantity"), out var quantity));
        return new OrderRequest(
            ClientOrderId.Of(1, 1, number),
            0,
            order.Text("side") == "buy" ? Side.Buy : Side.Sell,
            limit,
            quantity,
            order.Text("tif") == "FOK" ? TimeInForce.FillOrKill : TimeInForce.ImmediateOrCancel,
            decimal.MaxValue,
            order.Nanos("t"));
    }

    private static Level[] Levels(JsonElement snapshot, string side) => [.. snapshot.GetProperty(side).EnumerateArray().Select(level =>
    {
        Assert.True(Instrument.TryTicks(level[0].Decimal(), out var ticks));
        Assert.True(Instrument.TryLots(level[1].Decimal(), out var lots));
        return new Level(ticks, lots);
    })];
}
