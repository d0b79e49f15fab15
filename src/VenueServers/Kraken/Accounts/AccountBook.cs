using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;

namespace Parallax.VenueServers.Kraken.Accounts;

/// <summary>All accounts, the tokens they were given, and where the money of every trade goes. Exchange thread only.</summary>
/// <remarks>What leaves an account enters another, or the house: everybody outside, and the fees. The sum over all never changes.</remarks>
internal sealed class AccountBook
{
    private const long TokenNanos = 900 * UtcNanos.PerSecond;
    private readonly Dictionary<string, Account> _byKey;
    private readonly Dictionary<string, (Account Account, long Expires)> _tokens = [];
    private readonly SortedDictionary<Asset, decimal> _house = [];
    private readonly KrakenFees _fees;

    public AccountBook(IEnumerable<KrakenAccount> accounts, KrakenFees fees)
    {
        _byKey = accounts.ToDictionary(account => account.Key, account => new Account(account));
        _fees = fees;
    }

    public IReadOnlyCollection<Account> All => _byKey.Values;

    /// <summary>What everybody outside and the fees have gained since the start; negative where they lost.</summary>
    public IReadOnlyDictionary<Asset, decimal> House => _house;

    public KrakenFees Fees => _fees;

    public Account? ByKey(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>Remembers a token for fifteen minutes; a connection that has used it may go on using it.</summary>
    public void Admit(string token, Account account, long now)
    {
        foreach (var old in _tokens.Where(entry => entry.Value.Expires < now).Select(entry => entry.Key).ToList())
        {
            _tokens.Remove(old);
        }

        _tokens[token] = (account, now + TokenNanos);
    }

    /// <summary>No token that was given out is good any more.</summary>
    public void ForgetTokens() => _tokens.Clear();

    public Account? ByToken(string? token, long now) =>
        token is not null && _tokens.TryGetValue(token, out var found) && now <= found.Expires ? found.Account : null;

    /// <summary>What an order sets aside, in what it spends: a buy its notional and the taker fee on it, a sell its quantity.</summary>
    public decimal Hold(Side side, decimal quantity, decimal notional) => side == Side.Buy ? notional * (1 + _fees.Taker) : quantity;

    /// <summary>Sets funds aside for an order's remaining quantity; nothing for one that is done.</summary>
    public void Reserve(Order order)
    {
        var funds = order.Account.Of(SpentBy(order));
        var quantity = order.Market.Instrument.Quantity(order.LeftLots);
        var hold = order.IsOpen && order.Terms.LimitTicks is { } limit
            ? Hold(order.Side, quantity, quantity * order.Market.Instrument.Price(limit))
            : 0;
        funds.Held += hold - order.Held;
        order.Held = hold;
    }

    /// <summary>Moves the money of one fill.</summary>
    /// <param name="isAgainstAccount">The other side is an account, too, and is booked by its own fill.</param>
    public void Book(Fill fill, bool isAgainstAccount)
    {
        var (order, instrument) = (fill.Order, fill.Order.Market.Instrument);
        var quantity = instrument.Quantity(fill.Lots);
        var (@base, quote) = order.Side == Side.Buy ? (quantity, -fill.Cost) : (-quantity, fill.Cost);
        order.Account.Of(instrument.Base).Balance += @base;
        order.Account.Of(instrument.Quote).Balance += quote - fill.Fee;
        AddToHouse(instrument.Quote, fill.Fee);
        if (!isAgainstAccount)
        {
            AddToHouse(instrument.Base, -@base);
            AddToHouse(instrument.Quote, -quote);
        }
    }

    /// <summary>Takes a fill back as if it had never been.</summary>
    public void Reverse(Fill fill)
    {
        var (order, instrument) = (fill.Order, fill.Order.Market.Instrument);
        var quantity = instrument.Quantity(fill.Lots);
        var (@base, quote) = order.Side == Side.Buy ? (-quantity, fill.Cost) : (quantity, -fill.Cost);
        order.Account.Of(instrument.Base).Balance += @base;
        order.Account.Of(instrument.Quote).Balance += quote + fill.Fee;
        AddToHouse(instrument.Base, -@base);
        AddToHouse(instrument.Quote, -quote - fill.Fee);
        order.Account.Fills.Remove(fill);
        order.Fills.Remove(fill);
    }

    /// <summary>Takes money in from outside, or lets it out where the amount is negative.</summary>
    public LedgerEntry Move(Account account, Asset asset, decimal amount, IdSource ids, long now)
    {
        var funds = account.Of(asset);
        funds.Balance += amount;
        AddToHouse(asset, -amount);
        var entry = new LedgerEntry(ids.Next('L'), ids.Next('Q'), amount < 0 ? "withdrawal" : "deposit", asset, amount, 0m, funds.Balance, now);
        account.Ledger.Add(entry);
        return entry;
    }

    public static Asset SpentBy(Order order) => order.Side == Side.Buy ? order.Market.Instrument.Quote : order.Market.Instrument.Base;

    private void AddToHouse(Asset asset, decimal amount) => _house[asset] = _house.GetValueOrDefault(asset) + amount;
}
