using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>The last public trades of a market, and what has traded since the server began (shown as the last 24 hours).</summary>
internal sealed class TradeHistory(Instrument instrument)
{
    private const int Kept = 50;
    private readonly Queue<PublicTrade> _last = new(Kept);

    /// <summary>Oldest first, at most fifty.</summary>
    public IReadOnlyCollection<PublicTrade> Last => _last;

    public int Count { get; private set; }

    /// <summary>Base.</summary>
    public decimal Volume { get; private set; }

    /// <summary>Quote.</summary>
    public decimal Notional { get; private set; }

    /// <summary><see langword="null"/> before the first trade, like the other prices.</summary>
    public long? OpenTicks { get; private set; }

    public long? LastTicks { get; private set; }

    public long LowTicks { get; private set; }

    public long HighTicks { get; private set; }

    /// <summary>Quote per base at the instrument's decimals; zero before the first trade.</summary>
    public decimal AveragePrice => Volume == 0 ? 0 : decimal.Round(Notional / Volume, instrument.PriceDecimals);

    public void Add(PublicTrade trade)
    {
        if (_last.Count == Kept)
        {
            _last.Dequeue();
        }

        _last.Enqueue(trade);
        Count++;
        var quantity = instrument.Quantity(trade.Lots);
        Volume += quantity;
        Notional += quantity * instrument.Price(trade.PriceTicks);
        LowTicks = OpenTicks is null ? trade.PriceTicks : Math.Min(LowTicks, trade.PriceTicks);
        HighTicks = OpenTicks is null ? trade.PriceTicks : Math.Max(HighTicks, trade.PriceTicks);
        OpenTicks ??= trade.PriceTicks;
        LastTicks = trade.PriceTicks;
    }
}
