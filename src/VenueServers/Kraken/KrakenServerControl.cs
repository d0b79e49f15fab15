using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Faults;
using Parallax.VenueServers.Kraken.Rest;

namespace Parallax.VenueServers.Kraken;

/// <summary>What a test does to a running server: its state, other hands on an account, and faults on demand. Any thread.</summary>
/// <remarks>Every task ends when the exchange has done it.</remarks>
public sealed class KrakenServerControl
{
    private readonly ExchangeThread _thread;
    private readonly RestApi _rest;

    internal KrakenServerControl(ExchangeThread thread, RestApi rest) => (_thread, _rest) = (thread, rest);

    /// <param name="mode">The venue's word: <c>online</c>, <c>maintenance</c>, <c>cancel_only</c>, <c>post_only</c>, <c>limit_only</c>.</param>
    public Task SetModeAsync(string mode, CancellationToken cancellation) => DoAsync((exchange, now) => exchange.SetMode(mode, now), cancellation);

    /// <summary>Lets a fault befall the next call of its method.</summary>
    public Task OrderAsync(RestFault fault, CancellationToken cancellation) => DoAsync((_, _) => _rest.Order(fault), cancellation);

    /// <summary>Lets a fault befall the next message about orders of every connection.</summary>
    public Task OrderAsync(ExecutionFault fault, CancellationToken cancellation) =>
        DoAsync((exchange, _) => exchange.PrivateChannels.Order(fault), cancellation);

    /// <summary>Lets a fault befall the next order.</summary>
    public Task OrderAsync(OrderFault fault, CancellationToken cancellation) => DoAsync(
        (exchange, _) =>
        {
            switch (fault)
            {
                case OrderFault.Reject:
                    exchange.AckFaults.Order(AckFault.Reject);
                    break;
                case OrderFault.DelayAck:
                    exchange.AckFaults.Order(AckFault.Delay);
                    break;
                case OrderFault.LoseAck:
                    exchange.AckFaults.Order(AckFault.Lose);
                    break;
                default:
                    exchange.Desk.Order(fault);
                    break;
            }
        },
        cancellation);

    /// <summary>Money comes in from outside, or goes out where the amount is negative.</summary>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public Task MoveAsync(string key, Asset asset, decimal amount, CancellationToken cancellation) =>
        DoAsync((exchange, now) => exchange.Move(Account(exchange, key), asset, amount, now), cancellation);

    /// <summary>Somebody uses the account by hand: an order without a client id.</summary>
    /// <param name="limitPrice"><see langword="null"/> for a market order.</param>
    /// <returns>Kraken's words for what is wrong; <see langword="null"/> when it was placed.</returns>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public Task<string?> TradeByHandAsync(string key, string symbol, Side side, decimal quantity, decimal? limitPrice, CancellationToken cancellation) =>
        _thread.AskAsync(
            (exchange, now) =>
            {
                var account = Account(exchange, key);
                var entry = new OrderEntry
                {
                    Market = exchange.Directory.BySymbol(symbol),
                    Side = side == Side.Buy ? "buy" : "sell",
                    Type = limitPrice is null ? "market" : "limit",
                    Quantity = quantity,
                    LimitPrice = limitPrice,
                    TimeInForce = null,
                    IsPostOnly = false,
                    ClientId = null,
                    UserReference = null,
                    Deadline = null,
                    IsValidateOnly = false,
                };
                var terms = entry.Read(out var error);
                error ??= exchange.Desk.Check(account, terms!, now);
                if (error is null)
                {
                    exchange.Execute(exchange.Desk.Accept(account, terms!, now), now);
                }

                return error;
            },
            cancellation);

    /// <summary>Takes the account's last trade back: it is in no list any more, and its money is as before.</summary>
    /// <remarks>UNSURE how the venue tells of it: no document at hand says so, so that nothing is sent.</remarks>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    /// <exception cref="InvalidOperationException">Nothing was traded.</exception>
    public Task ReverseLastTradeAsync(string key, CancellationToken cancellation) =>
        DoAsync((exchange, _) => exchange.Accounts.Reverse(Account(exchange, key).Fills.Last()), cancellation);

    /// <summary>The key can do nothing any more.</summary>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public Task RevokeAsync(string key, CancellationToken cancellation) => DoAsync((exchange, _) => Account(exchange, key).IsRevoked = true, cancellation);

    /// <exception cref="ArgumentException">There is no such key.</exception>
    public Task PermitAsync(string key, KrakenPermissions permissions, CancellationToken cancellation) =>
        DoAsync((exchange, _) => Account(exchange, key).Permissions = permissions, cancellation);

    /// <summary>No token is good any more, that of a connection which stands included.</summary>
    public Task ExpireTokensAsync(CancellationToken cancellation) => DoAsync(
        (exchange, _) =>
        {
            exchange.Accounts.ForgetTokens();
            foreach (var session in exchange.Sessions)
            {
                session.Token = null;
            }
        },
        cancellation);

    /// <summary>Ends every private connection, as a venue does without a reason.</summary>
    public Task DisconnectPrivateAsync(CancellationToken cancellation) => DoAsync(
        (exchange, _) =>
        {
            foreach (var session in exchange.Sessions.Where(session => session.IsPrivate))
            {
                session.Close();
            }
        },
        cancellation);

    /// <summary>Whether every order of the account will be canceled unless the client is heard of.</summary>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public Task<bool> IsDeadManSetAsync(string key, CancellationToken cancellation) =>
        _thread.AskAsync((exchange, _) => exchange.DeadMen.Of(Account(exchange, key)) is not null, cancellation);

    /// <summary>What an account has now, as the venue books it.</summary>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public Task<IReadOnlyDictionary<Asset, decimal>> BalancesAsync(string key, CancellationToken cancellation) => _thread.AskAsync(
        (exchange, _) => (IReadOnlyDictionary<Asset, decimal>)Account(exchange, key).Balances.ToDictionary(row => row.Key, row => row.Value.Balance), cancellation);

    /// <summary>Every order an account has placed, as the venue has it, oldest first.</summary>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public Task<IReadOnlyList<PlacedOrder>> OrdersAsync(string key, CancellationToken cancellation) => _thread.AskAsync(
        (exchange, _) =>
        {
            var account = Account(exchange, key);
            return (IReadOnlyList<PlacedOrder>)[.. account.ClosedOrders.Concat(account.OpenOrders.Values)
                .OrderBy(order => order.OpenTime)
                .Select(order => new PlacedOrder(
                    order.Terms.ClientId, order.Market.Instrument.Symbol, order.Side, order.Market.Instrument.Quantity(order.Terms.QuantityLots), order.FilledQuantity, order.Fills.Count, order.IsOpen))];
        },
        cancellation);

    private static Account Account(Exchange.Exchange exchange, string key) =>
        exchange.Accounts.ByKey(key) ?? throw new ArgumentException($"There is no account with the key {key}.", nameof(key));

    private Task<bool> DoAsync(Action<Exchange.Exchange, long> act, CancellationToken cancellation) => _thread.AskAsync(
        (exchange, now) =>
        {
            act(exchange, now);
            return true;
        },
        cancellation);
}
