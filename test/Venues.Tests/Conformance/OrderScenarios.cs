using Parallax.Trading.Execution;

namespace Parallax.Venues.Tests.Conformance;

internal static class OrderScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Of("orders: accept", orders =>
        {
            orders.Accept();
            orders.Fill(1, 100);
            Assert.Equal([OrderEventType.Accepted, OrderEventType.Filled], orders.Told.Select(told => told.Type));
        }),
        Of("orders: reject", orders =>
        {
            orders.Reject();
            Assert.Equal(OrderEventType.Rejected, Assert.Single(orders.Told).Type);
        }),
        Of("orders: partial", orders =>
        {
            orders.Accept();
            orders.Fill(1, 30);
            orders.End(30);
            Assert.Equal(30, Filled(orders));
            Assert.Equal(OrderEventType.Canceled, orders.Told[^1].Type);
        }),
        Of("orders: late", orders =>
        {
            orders.Silence();
            orders.Fill(1, 100);
            Assert.Equal(100, Filled(orders));
        }),
        Of("orders: duplicate", orders =>
        {
            orders.Accept();
            orders.Fill(1, 60);
            orders.Fill(1, 60);
            orders.Fill(2, 40);
            Assert.Equal(100, Filled(orders));
        }),
        Of("orders: cancel race", orders =>
        {
            orders.Accept();
            orders.End(30);
            Assert.DoesNotContain(orders.Told, told => told.Type == OrderEventType.Canceled);
            orders.AnswerWith(1, 30);
            Assert.Equal(30, Filled(orders));
        }),
        Of("orders: unknown", orders =>
        {
            orders.Silence();
            Assert.Equal(OrderEventType.OutcomeUnknown, Assert.Single(orders.Told).Type);
            orders.AnswerAbsent();
            Assert.Equal(OrderEventType.NotFound, orders.Told[^1].Type);
        }),
    ];

    private static Scenario Of(string name, Action<IOrdersUnderTest> run) => new(name, venue => run(venue.Orders()));

    private static long Filled(IOrdersUnderTest orders) => orders.Told.Where(told => told.Type == OrderEventType.Filled).Sum(told => told.Fill.QuantityLots);
}
