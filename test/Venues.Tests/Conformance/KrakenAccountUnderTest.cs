using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Parallax.Venues.Tests.Kraken.Live;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Faults;

namespace Parallax.Venues.Tests.Conformance;

/// <summary>A fault between the engine and the account.</summary>
internal sealed record AccountFault
{
    public static AccountFault None { get; } = new();

    public Func<IOrderGateway, IOrderGateway> Gateway { get; init; } = gateway => gateway;

    public Func<IRecordSink, IRecordSink> Records { get; init; } = sink => sink;

    public KrakenTier Tier { get; init; } = KrakenTier.Starter;

    public TimeSpan DeadMan { get; init; } = TimeSpan.FromSeconds(30);
}

internal sealed class KrakenAccountUnderTest(Desk desk, AccountFault fault, TimeSpan patience) : IAccountUnderTest
{
    private static readonly CancellationToken Stop = CancellationToken.None;
    private readonly long _started = desk.Clock.NowNanos - UtcNanos.PerSecond;

    public IOrderGateway Gateway { get; } = fault.Gateway(desk.Orders);

    public IReadOnlyList<VenueStatus> Statuses => desk.Statuses();

    public static async Task<IAccountUnderTest> StartAsync(AccountFault fault)
    {
        var desk = await Desk.StartAsync(
            FaultTerms.None, new KrakenOrderOptions { Tier = fault.Tier }, change: options => options with { Rates = KrakenRates.Starter with { CallsMax = 1_000m } }, between: fault.Records);
        return new KrakenAccountUnderTest(desk, fault, TimeSpan.FromSeconds(fault == AccountFault.None ? 60 : 3));
    }

    public async Task<ClientOrderId> RestAsync(int plan)
    {
        var id = await desk.BuyAsync(plan, priceFactor: 0.5m, timeInForce: TimeInForce.GoodTilCanceled);
        await desk.Until(() => Of(id).Count > 0);
        return id;
    }

    public async Task<IReadOnlyList<string>> SendManyAsync(int count)
    {
        var ids = Enumerable.Range(1, count).Select(plan => desk.Submit(plan, 1, 100_000_000, 1_000_000m)).ToList();
        await desk.Until(() => ids.All(id => Of(id).Any(told => told.Type is OrderEventType.Canceled or OrderEventType.Rejected)));
        return [.. ids.Select(id => Of(id)[^1]).Select(told => told.Type == OrderEventType.Rejected ? told.Reason : "")];
    }

    public async Task<ClientOrderId> SendIntoFailureAsync(int plan)
    {
        await GatewayServerTests.OfflineAsync(desk);
        await desk.Venue.OrderAsync(new RestFault("AddOrder", 520, IsCarriedOut: true), Stop);
        var id = await desk.BuyAsync(plan);
        await desk.Until(() => Of(id).Count > 0);
        return id;
    }

    public async Task<IReadOnlyList<Statement>> SurveyAsync()
    {
        var before = desk.Statements().Count;
        Gateway.Survey(_started, desk.Clock.NowNanos);
        await desk.Until(() => desk.Statements().Skip(before).Any(item => item is Statement.Ended));
        return [.. desk.Statements().Skip(before)];
    }

    public async Task<(decimal Deposit, decimal Bought)> UseByHandAsync()
    {
        await desk.Venue.MoveAsync(Desk.Key, desk.Instrument.Quote, 250m, Stop);
        Assert.Null(await desk.Venue.TradeByHandAsync(Desk.Key, desk.Instrument.Symbol, Side.Buy, 0.25m, null, Stop));
        return (250m, 0.25m);
    }

    public Task<IReadOnlyDictionary<Asset, decimal>> BalancesAsync() => desk.Venue.BalancesAsync(Desk.Key, Stop);

    public void WantDeadMan(bool isWanted) => desk.Orders.DeadManTimeout = isWanted ? fault.DeadMan : TimeSpan.Zero;

    public Task<bool> IsDeadManSetAsync() => desk.Venue.IsDeadManSetAsync(Desk.Key, Stop);

    public async Task UseKeyElsewhereAsync()
    {
        using var other = desk.SameKey(new NonceSource(TimeProvider.System, last: ulong.MaxValue / 2));
        await other.BalancesAsync(Stop);
        Gateway.Query(ClientOrderId.Of(1, 1, 1), desk.Clock.NowNanos);
    }

    public IReadOnlyList<OrderEvent> Of(ClientOrderId id) => desk.Of(id);

    public async Task<bool> BecomesAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                return false;
            }

            await Task.Delay(20);
        }

        return true;
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();
}
