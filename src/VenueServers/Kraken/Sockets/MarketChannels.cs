using Parallax.Domain;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>Who listens to one market's book, trades and ticker, and what they are sent.</summary>
internal sealed class MarketChannels(Market market)
{
    private readonly List<BookView> _views = [];
    private (Level Bid, Level Ask) _best;

    public Market Market => market;

    public List<Session> Trades { get; } = [];

    public List<Session> TickersOnTrade { get; } = [];

    public List<Session> TickersOnQuote { get; } = [];

    /// <summary>Messages made since the server began, each counted once, whoever is listening.</summary>
    public long Messages { get; private set; }

    public bool HasBook(Session session) => _views.Exists(view => view.Subscribers.Contains(session));

    /// <summary>Subscribes, and sends the snapshot if it is wanted.</summary>
    public void SubscribeBook(Session session, int depth, bool isSnapshotWanted, MessageWriter message, long now)
    {
        var view = _views.Find(view => view.Depth == depth);
        if (view is null)
        {
            view = new BookView(market, depth);
            view.Remember();
            _views.Add(view);
        }

        view.Subscribers.Add(session);
        if (isSnapshotWanted)
        {
            var checksumAt = view.WriteSnapshot(message, now);
            session.SendData(message.Written, checksumAt, now);
        }
    }

    /// <param name="depth"><see langword="null"/> for whichever depth is subscribed.</param>
    /// <returns>Whether there was such a subscription.</returns>
    public bool UnsubscribeBook(Session session, int? depth)
    {
        var removed = 0;
        foreach (var view in _views)
        {
            removed += (depth is null || view.Depth == depth) && view.Subscribers.Remove(session) ? 1 : 0;
        }

        _views.RemoveAll(view => view.Subscribers.Count == 0);
        return removed > 0;
    }

    public void Remove(Session session)
    {
        UnsubscribeBook(session, depth: null);
        Trades.Remove(session);
        TickersOnTrade.Remove(session);
        TickersOnQuote.Remove(session);
    }

    /// <summary>Sends what has changed since the last call: trades first, then the book they left, then the ticker.</summary>
    public void Publish(MessageWriter message, long now)
    {
        var hasTraded = market.NewTrades.Count > 0;
        if (hasTraded && Trades.Count > 0)
        {
            TradeMessages.Write(message, market, market.NewTrades, "update"u8);
            Send(Trades, message, -1, now);
        }

        if (market.IsTouched)
        {
            PublishBook(message, now);
        }

        if ((hasTraded && TickersOnTrade.Count > 0) || (TickersOnQuote.Count > 0 && IsBestChanged()))
        {
            TickerMessages.Write(message, market, "update"u8, now);
            Send(TickersOnQuote, message, -1, now);
            if (hasTraded)
            {
                Send(TickersOnTrade, message, -1, now);
            }
        }

        market.NewTrades.Clear();
        market.IsTouched = false;
    }

    private void PublishBook(MessageWriter message, long now)
    {
        foreach (var view in _views)
        {
            if (view.TryWriteUpdate(message, now, out var checksumAt))
            {
                Send(view.Subscribers, message, checksumAt, now);
            }
        }
    }

    private bool IsBestChanged()
    {
        market.Book.TryGetBest(BookSide.Bid, out var bid);
        market.Book.TryGetBest(BookSide.Ask, out var ask);
        var isChanged = _best != (bid, ask);
        _best = (bid, ask);
        return isChanged;
    }

    private void Send(List<Session> sessions, MessageWriter message, int checksumAt, long now)
    {
        Messages++;
        foreach (var session in sessions)
        {
            session.SendData(message.Written, checksumAt, now);
        }
    }
}
