using Parallax.Domain;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Venues.Tests.Conformance;

internal static class AccountScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Of("account: cancel", async account =>
        {
            var (first, second) = (await account.RestAsync(1), await account.RestAsync(2));
            account.Gateway.Cancel(first, 0);
            Assert.True(await account.BecomesAsync(async () => !Open(await account.SurveyAsync()).Contains(first)), "The venue took the order back.");
            Assert.Contains(second, Open(await account.SurveyAsync()));
            Assert.True(await account.BecomesAsync(() => Task.FromResult(account.Of(first)[^1].Type == OrderEventType.Canceled)), "The end was told.");
        }),
        Of("account: cancel all", async account =>
        {
            await account.RestAsync(1);
            await account.RestAsync(2);
            account.Gateway.CancelAll(0);
            Assert.True(await account.BecomesAsync(async () => Open(await account.SurveyAsync()).Count == 0), "The venue took every order back.");
        }),
        Of("account: survey", async account =>
        {
            var resting = await account.RestAsync(1);
            var (deposit, bought) = await account.UseByHandAsync();
            var told = await account.SurveyAsync();
            Assert.True(Assert.IsType<Statement.Ended>(told[^1]).IsComplete);
            Assert.Equal([resting], Open(told));
            Assert.Equal(deposit, told.OfType<Statement.Transfer>().Sum(move => move.Change));
            Assert.Equal(bought, told.OfType<Statement.ForeignTrade>().Sum(trade => trade.BaseChange));
            Assert.Equal(await account.BalancesAsync(), told.OfType<Statement.Balance>().ToDictionary(row => row.Asset, row => row.Total));
        }),
        Of("account: dead man", async account =>
        {
            account.WantDeadMan(true);
            Assert.True(await account.BecomesAsync(account.IsDeadManSetAsync), "The venue was told to wait for us.");
            account.WantDeadMan(false);
            Assert.True(await account.BecomesAsync(async () => !await account.IsDeadManSetAsync()), "The venue was told to wait no more.");
        }),
        Of("account: rate budget", async account =>
        {
            var refusals = await account.SendManyAsync(70);
            Assert.Contains(refusals, why => why.StartsWith("rate-limited", StringComparison.Ordinal));
            Assert.DoesNotContain(refusals, why => why.Length > 0 && !why.StartsWith("rate-limited", StringComparison.Ordinal));
        }),
        Of("account: error mapping", async account =>
        {
            var id = await account.SendIntoFailureAsync(1);
            Assert.Equal(OrderEventType.OutcomeUnknown, account.Of(id)[0].Type);
        }),
        Of("account: nonce", async account =>
        {
            await account.UseKeyElsewhereAsync();
            Assert.True(
                await account.BecomesAsync(() => Task.FromResult(account.Statuses.Any(status => status is { Condition: VenueCondition.Halted, Reason: "nonce" }))),
                "The venue is halted, and it is said why.");
        }),
    ];

    private static Scenario Of(string name, Func<IAccountUnderTest, Task> run) => new(name, venue => Task.Run(async () =>
    {
        if (venue.IsAccountPlain && venue.Name != ConformanceTests.Whole)
        {
            return;
        }

        await using var account = await venue.AccountAsync();
        await run(account);
    }).GetAwaiter().GetResult());

    private static List<ClientOrderId> Open(IReadOnlyList<Statement> told) => [.. told.OfType<Statement.OpenOrder>().Select(order => order.Id)];
}
