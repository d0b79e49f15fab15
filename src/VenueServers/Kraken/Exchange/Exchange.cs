using Parallax.Domain;
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
    private readonly AckFaults _ackFaults;
    private readonly FaultCounts _counts;
    private readonly MessageWriter _message = new();
    private long _nextSecond;
    private ulong _connections;

    public Exchange(KrakenServerOptions options, IMarketSource source, FaultCounts counts, long now)
    {
        _source = source;
        _counts = counts;
        _faultTerms = options.Faults;
        _faultSeed = options.FaultSeed;
        _ackFaults = new AckFaults(options.Faults, options.FaultSeed, counts);
        Directory = new MarketDirectory(source.Instruments, null!);
        _channels = [.. Directory.Markets.Select(market => new MarketChannels(market))];
        Subscriptions = new Subscriptions(Directory, _channels);
        _nextSecond = now + UtcNanos.PerSecond;
    }

    public MarketDirectory Directory { get; }

    public Subscriptions Subscriptions { get; }

    public Agenda Agenda { get; } = new();

    public List<Session> Sessions { get; } = [];

    public bool IsInMaintenance { get; private set; }

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

        while (_source.TryRead(now, out var record))
        {
            Records++;
            if (record.Header.Subject < _channels.Length)
            {
                var channels = _channels[record.Header.Subject];
                channels.Market.Apply(record, now);
                channels.Publish(_message, now);
            }
        }

        if (now >= _nextSecond)
        {
            _nextSecond = now + UtcNanos.PerSecond;
            PassSecond(now);
        }
    }

    /// <summary>When something is due next, UTC nanoseconds.</summary>
    public long NextTime(long now) =>
        Math.Max(now, Math.Min(_nextSecond, Math.Min(Agenda.NextTime ?? long.MaxValue, _source.NextTime ?? long.MaxValue)));

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
        StatusMessages.Write(_message, IsInMaintenance, session.Id);
        session.Send(_message.Written, now);
        return session;
    }

    public void Disconnect(Session session)
    {
        Sessions.Remove(session);
        Subscriptions.Remove(session);
    }

    public void CloseSessions()
    {
        foreach (var session in Sessions)
        {
            session.Close();
        }
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

        if (!IsInMaintenance && _ackFaults.BeginsMaintenance())
        {
            SetMaintenance(true, now);
            Agenda.Add(now + MaintenanceNanos, later => SetMaintenance(false, later));
        }
    }

    private void SetMaintenance(bool isInMaintenance, long now)
    {
        IsInMaintenance = isInMaintenance;
        foreach (var session in Sessions)
        {
            StatusMessages.Write(_message, isInMaintenance, session.Id);
            session.Send(_message.Written, now);
        }
    }
}
