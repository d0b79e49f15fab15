using Parallax.Domain;
using Parallax.Simulation.SeededMarket;
using Parallax.VenueServers.Kraken.Accounts;
using Parallax.VenueServers.Kraken.Faults;
using Parallax.VenueServers.Kraken.Markets;
using Parallax.VenueServers.Kraken.Sockets;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>The whole exchange as one object of one thread: the same inputs at the same times give the same outputs.</summary>
internal sealed class Exchange
{
    private const long MaintenanceNanos = 5 * UtcNanos.PerSecond;
    private readonly IMarketSource _source;
    private readonly MarketChannels[] _channels;
    private readonly FaultTerms _faultTerms;
    private readonly ulong _faultSeed;
    private readonly Rivals _rivals;
    private readonly List<Match> _rivalMatches = [];
    private readonly FaultCounts _counts;
    private readonly MessageWriter _message = new();
    private long _nextSecond;
    private ulong _connections;
    private long _sentBefore;
    private bool _isHeld;
    private Mispricing? _seen;

    public Exchange(KrakenServerOptions options, IMarketSource source, FaultCounts counts, long now)
    {
        _source = source;
        _counts = counts;
        _faultTerms = options.Faults;
        _faultSeed = options.FaultSeed;
        AckFaults = new AckFaults(options.Faults, options.FaultSeed, counts);
        Ids = new IdSource(options.Seed);
        Accounts = new AccountBook(options.Accounts, options.Fees);
        PrivateChannels = new PrivateChannels(Sessions, Ids, InUsd);
        Desk = new OrderDesk(Accounts, Ids, PrivateChannels, Agenda);
        Rates = new RateCounters(options.Rates);
        DeadMen = new DeadManSwitches(Agenda, Cancel);
        Directory = new MarketDirectory(source.Instruments, Desk);
        _rivals = new Rivals(options.Rivals, options.Seed, Directory, Agenda, TakeAsRival);
        _channels = [.. Directory.Markets.Select(market => new MarketChannels(market))];
        Subscriptions = new Subscriptions(Directory, _channels);
        _nextSecond = now + UtcNanos.PerSecond;
        foreach (var (from, to) in options.Faults.Maintenances)
        {
            Agenda.Add(now + (from.Ticks * TimeSpan.NanosecondsPerTick), later => SetMode("maintenance", later));
            Agenda.Add(now + (to.Ticks * TimeSpan.NanosecondsPerTick), later => SetMode("online", later));
        }
    }

    public MarketDirectory Directory { get; }

    public Subscriptions Subscriptions { get; }

    public AccountBook Accounts { get; }

    public OrderDesk Desk { get; }

    public PrivateChannels PrivateChannels { get; }

    public AckFaults AckFaults { get; }

    public IdSource Ids { get; }

    public Agenda Agenda { get; } = new();

    public List<Session> Sessions { get; } = [];

    public RateCounters Rates { get; }

    public DeadManSwitches DeadMen { get; }

    /// <summary>The venue's word for its state: <c>online</c>, <c>maintenance</c>, <c>cancel_only</c>, <c>post_only</c>, <c>limit_only</c>.</summary>
    public string Mode { get; private set; } = "online";

    public bool IsInMaintenance => Mode == "maintenance";

    /// <summary>Records of the market source handled so far.</summary>
    public long Records { get; private set; }

    /// <summary>Lets everything happen that is due.</summary>
    /// <param name="now">UTC nanoseconds; not before the last call's.</param>
    public void Advance(long now)
    {
        while (Agenda.TryTake(now, out var action))
        {
            action!(now);
        }

        while (!_isHeld && _source.TryRead(now, out var record))
        {
            Records++;
            Apply(record, now);
        }

        if (now >= _nextSecond)
        {
            _nextSecond = now + UtcNanos.PerSecond;
            PassSecond(now);
        }
    }

    /// <summary>Matches an order that the desk has accepted, and lets everybody see what it did to the book.</summary>
    public void Execute(Order order, long now)
    {
        var living = _source.Living;
        if (living is not null)
        {
            _rivals.Precede(living, order, now);
        }

        Desk.Execute(order, now);
        Publish(order.Market, now);
        if (order.FilledLots > 0 && living is not null)
        {
            _rivals.Answer(living, order.Market, now);
        }
    }

    public void Cancel(Order order, long now)
    {
        Desk.Cancel(order, "User requested", now);
        Publish(order.Market, now);
    }

    /// <summary>When something is due next, UTC nanoseconds.</summary>
    public long NextTime(long now) =>
        Math.Max(now, Math.Min(_nextSecond, Math.Min(Agenda.NextTime ?? long.MaxValue, _isHeld ? long.MaxValue : _source.NextTime ?? long.MaxValue)));

    /// <summary>Kraken's words for why its state does not let this be done; <see langword="null"/> when it does.</summary>
    /// <param name="isOrder">An order that may take; cancels are refused during maintenance only.</param>
    public string? Closed(bool isOrder) => Mode switch
    {
        "maintenance" => "EService:Unavailable",
        "cancel_only" or "post_only" when isOrder => $"EService:Market in {Mode} mode",
        _ => null,
    };

    /// <summary>Changes the state, and tells everybody.</summary>
    public void SetMode(string mode, long now)
    {
        Mode = mode;
        foreach (var session in Sessions)
        {
            StatusMessages.Write(_message, mode, session.Id);
            session.Send(_message.Written, now);
        }
    }

    /// <summary>Money comes in from outside, or goes out where the amount is negative.</summary>
    public void Move(Account account, Asset asset, decimal amount, long now)
    {
        var entry = Accounts.Move(account, asset, amount, Ids, now);
        PrivateChannels.Moved(account, entry, now);
    }

    /// <summary>The market's own quotes and trades come to a stop for good; clients and their orders go on.</summary>
    public void Hold() => _isHeld = true;

    /// <summary>Lets a fault befall the next book message of every connection.</summary>
    public void Order(FrameFault fault)
    {
        foreach (var session in Sessions)
        {
            session.Order(fault);
        }
    }

    /// <summary>Lets everything go that was written.</summary>
    public void Flush()
    {
        foreach (var session in Sessions)
        {
            session.Flush();
        }
    }

    public Session Connect(Outbox outbox, bool isPrivate, long now)
    {
        _connections++;
        var faults = new FrameFaults(_faultTerms, _faultSeed + (_connections * 0x9E3779B97F4A7C15), _counts);
        var session = new Session(0xFD80_0000_0000_0000 + _connections, isPrivate, outbox, faults);
        Sessions.Add(session);
        StatusMessages.Write(_message, Mode, session.Id);
        session.Send(_message.Written, now);
        return session;
    }

    public void Disconnect(Session session)
    {
        _sentBefore += Sessions.Remove(session) ? session.Sent : 0;
        Subscriptions.Remove(session);
    }

    public KrakenServerActivity Activity() => new(
        Sessions.Count,
        Records,
        _channels.Sum(channel => channel.Messages),
        _sentBefore,
        Sessions.Sum(session => session.Sent),
        Accounts.All.Sum(account => account.OpenOrders.Count),
        Accounts.All.Sum(account => account.ClosedOrders.Count),
        Accounts.All.Sum(account => account.Fills.Count));

    public void CloseSessions()
    {
        foreach (var session in Sessions)
        {
            session.Close();
        }
    }

    private void Apply(in MarketEvent record, long now)
    {
        if (record.Header.Subject >= _channels.Length)
        {
            return;
        }

        var market = _channels[record.Header.Subject].Market;
        var status = market.Status;
        market.Apply(record, now);
        Publish(market, now);
        if (market.Status != status)
        {
            Subscriptions.PublishStatus(market, now);
        }

        if (_source.Living != _seen)
        {
            _seen = _source.Living;
            if (_seen is not null)
            {
                _rivals.See(_seen, now);
            }
        }
    }

    private void Publish(Market market, long now) => _channels[market.Number].Publish(_message, now);

    private void TakeAsRival(Market market, Side side, long lots, long now)
    {
        _rivalMatches.Clear();
        market.Take(side, limitTicks: null, lots, account: null, now, _rivalMatches);
        Publish(market, now);
    }

    /// <summary>USD for one of an asset at the best bid; zero where no market says.</summary>
    private decimal InUsd(Asset asset)
    {
        if (asset.Code == "USD")
        {
            return 1;
        }

        return Directory.BySymbol($"{asset}/USD") is { } market && market.Book.TryGetBest(BookSide.Bid, out var bid) ? market.Instrument.Price(bid.PriceTicks) : 0;
    }

    private void PassSecond(long now)
    {
        foreach (var session in Sessions)
        {
            if (session.HasSubscribed && now - session.LastSent >= UtcNanos.PerSecond)
            {
                session.Send(StatusMessages.Heartbeat, now);
            }
        }

        if (!IsInMaintenance && AckFaults.BeginsMaintenance())
        {
            SetMode("maintenance", now);
            Agenda.Add(now + MaintenanceNanos, later => SetMode("online", later));
        }
    }
}
