using Parallax.Domain;
using Parallax.VenueServers.Kraken.Accounts;

namespace Parallax.VenueServers.Kraken.Exchange;

internal enum OrderStatus
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,
}

/// <summary>An order of a client from its acceptance to its end, and after. Exchange thread only.</summary>
internal sealed class Order(string id, Account account, OrderTerms terms, long time)
{
    public string Id { get; } = id;

    public Account Account { get; } = account;

    public OrderTerms Terms { get; } = terms;

    public Market Market => Terms.Market;

    public Side Side => Terms.Side;

    /// <summary>UTC nanoseconds.</summary>
    public long OpenTime { get; } = time;

    /// <summary>UTC nanoseconds; <see langword="null"/> while open.</summary>
    public long? CloseTime { get; private set; }

    public OrderStatus Status { get; private set; } = OrderStatus.New;

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;

    /// <summary>Why it was canceled; <see langword="null"/> unless it was.</summary>
    public string? Reason { get; private set; }

    public long FilledLots { get; private set; }

    public long LeftLots => Terms.QuantityLots - FilledLots;

    /// <summary>Quote, fees not included.</summary>
    public decimal Cost { get; private set; }

    /// <summary>Quote.</summary>
    public decimal Fee { get; private set; }

    /// <summary>What of the account's funds is set aside for it, in what it spends.</summary>
    public decimal Held { get; set; }

    public List<Fill> Fills { get; } = [];

    public decimal FilledQuantity => Market.Instrument.Quantity(FilledLots);

    /// <summary>Quote per base over all fills, at the instrument's decimals; zero before the first, as Kraken has it.</summary>
    public decimal AveragePrice => FilledLots == 0 ? 0 : decimal.Round(Cost / FilledQuantity, Market.Instrument.PriceDecimals);

    public void Add(Fill fill)
    {
        FilledLots += fill.Lots;
        Cost += fill.Cost;
        Fee += fill.Fee;
        Fills.Add(fill);
        if (Status == OrderStatus.Canceled)
        {
            // A trade that came after the cancel: the order stays over.
            return;
        }

        Status = LeftLots <= 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        CloseTime = LeftLots <= 0 ? fill.Time : null;
    }

    public void Cancel(string reason, long time)
    {
        Status = OrderStatus.Canceled;
        Reason = reason;
        CloseTime = time;
    }
}

/// <summary>A trade of one of our clients' orders.</summary>
/// <param name="Id">As <c>exec_id</c> and the key of TradesHistory.</param>
/// <param name="TradeId">The public trade it was part of.</param>
/// <param name="Cost">Quote, fee not included.</param>
/// <param name="Fee">Quote; on top of a buy's cost, out of a sell's proceeds.</param>
/// <param name="Time">UTC nanoseconds.</param>
internal sealed record Fill(string Id, Order Order, ulong TradeId, long PriceTicks, long Lots, decimal Cost, decimal Fee, bool IsMaker, long Time)
{
    /// <summary>What the executions channel says was charged.</summary>
    public decimal FeeTold { get; init; } = Fee;
}
