using Parallax.Domain;
using Parallax.Simulation.Randomness;
using Parallax.VenueServers.Kraken;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Faults;
using Parallax.VenueServers.Kraken.Markets;

namespace Parallax.VenueServers.Tests.Kraken;

/// <summary>The exchange without sockets, its time in the test's hand.</summary>
internal sealed class ExchangeRig : IDisposable
{
    public const long Start = 1_767_225_600 * UtcNanos.PerSecond;
    private readonly SeededSource _source;

    public ExchangeRig(KrakenServerOptions options)
    {
        _source = new SeededSource(
            options.Market with { Seed = options.Seed, Instruments = options.Instruments, EventsPerSecond = options.MarketRate }, Start);
        Exchange = new Exchange(options, _source, new FaultCounts(), Start);
        Exchange.Advance(Start);
    }

    public Exchange Exchange { get; }

    public SeededSource Source => _source;

    public long Now { get; private set; } = Start;

    public IReadOnlyList<Account> Accounts => [.. Exchange.Accounts.All];

    public void Dispose() => _source.Dispose();

    public void Pass(long nanos)
    {
        Now += nanos;
        Exchange.Advance(Now);
    }

    /// <summary>Places, cancels or waits, as chance has it.</summary>
    public void Act(SeededRandom random)
    {
        var account = Accounts[(int)random.Below(Accounts.Count)];
        switch (random.Below(10))
        {
            case < 3:
                Pass(random.Between(1, 200) * UtcNanos.PerMillisecond);
                break;
            case < 4 when account.OpenOrders.Count > 0:
                Exchange.Cancel(account.OpenOrders.GetAt((int)random.Below(account.OpenOrders.Count)).Value, Now);
                break;
            default:
                Place(account, random);
                break;
        }
    }

    public Order? Place(Account account, OrderTerms terms)
    {
        if (Exchange.Desk.Check(account, terms, Now) is not null)
        {
            return null;
        }

        var order = Exchange.Desk.Accept(account, terms, Now);
        Exchange.Execute(order, Now);
        return order;
    }

    private void Place(Account account, SeededRandom random)
    {
        var market = Exchange.Directory.Markets[(int)random.Below(Exchange.Directory.Markets.Count)];
        var side = random.Chance(0.5) ? Side.Buy : Side.Sell;
        if (!market.Book.TryGetBest(side.TakesFrom(), out var best))
        {
            return;
        }

        // Some limits take, some rest just behind the best, some far away; some orders are larger than the book.
        var away = (side == Side.Buy ? -1 : 1) * random.Between(-best.PriceTicks / 500, best.PriceTicks / 500);
        Place(account, new OrderTerms
        {
            Market = market,
            Side = side,
            QuantityLots = 1 + random.Below(best.QuantityLots * (random.Chance(0.1) ? 40 : 2)),
            LimitTicks = random.Chance(0.15) ? null : Math.Max(1, best.PriceTicks + away),
            TimeInForce = (TimeInForce)random.Below(3),
            IsPostOnly = random.Chance(0.1),
        });
    }
}
