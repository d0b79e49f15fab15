using System.Text.Json;
using Parallax.VenueServers.Kraken.Exchange;
using Parallax.VenueServers.Kraken.Wire;

namespace Parallax.VenueServers.Kraken.Sockets;

/// <summary>The public channels: who subscribes to what, one answer a symbol.</summary>
internal sealed class Subscriptions(MarketDirectory directory, IReadOnlyList<MarketChannels> channels)
{
    private const int DefaultDepth = 10;
    private static readonly int[] Depths = [10, 25, 100, 500, 1000];
    private readonly List<Session> _instruments = [];
    private readonly MessageWriter _message = new();
    private readonly Replies _replies = new();

    /// <returns><see langword="false"/> when the channel is none of the public ones.</returns>
    public bool TrySubscribe(Session session, Request request, long now)
    {
        switch (request.Text("channel"))
        {
            case "book":
                ForEachSymbol(session, request, now, SubscribeBook);
                return true;
            case "trade":
                ForEachSymbol(session, request, now, SubscribeTrades);
                return true;
            case "ticker":
                ForEachSymbol(session, request, now, SubscribeTicker);
                return true;
            case "instrument":
                SubscribeInstruments(session, request, now);
                return true;
            default:
                return false;
        }
    }

    /// <returns><see langword="false"/> when the channel is none of the public ones.</returns>
    public bool TryUnsubscribe(Session session, Request request, long now)
    {
        switch (request.Text("channel"))
        {
            case "book":
                ForEachSymbol(session, request, now, (s, r, c, t) => Left(s, r, c, t, c.UnsubscribeBook(s, r.Number("depth"))));
                return true;
            case "trade":
                ForEachSymbol(session, request, now, (s, r, c, t) => Left(s, r, c, t, c.Trades.Remove(s)));
                return true;
            case "ticker":
                ForEachSymbol(session, request, now, (s, r, c, t) => Left(s, r, c, t, c.TickersOnTrade.Remove(s) | c.TickersOnQuote.Remove(s)));
                return true;
            case "instrument":
                session.Send(
                    _instruments.Remove(session)
                        ? _replies.Success(request, now, json => json.WriteString("channel", "instrument"))
                        : _replies.Failure(request, now, "Subscription Not Found"),
                    now);
                return true;
            default:
                return false;
        }
    }

    public void Remove(Session session)
    {
        _instruments.Remove(session);
        foreach (var channel in channels)
        {
            channel.Remove(session);
        }
    }

    /// <summary>Tells those who follow the instruments that a market's status changed.</summary>
    public void PublishStatus(Market market, long now)
    {
        foreach (var session in _instruments)
        {
            session.Send(_replies.Write(json => InstrumentMessages.WriteUpdate(json, [market])), now);
        }
    }

    private void ForEachSymbol(Session session, Request request, long now, Action<Session, Request, MarketChannels, long> handle)
    {
        var symbols = request.Texts("symbol");
        if (symbols.Count == 0)
        {
            session.Send(_replies.Failure(request, now, "Symbol(s) missing"), now);
        }

        foreach (var symbol in symbols)
        {
            if (directory.BySymbol(symbol) is { } market)
            {
                handle(session, request, channels[market.Number], now);
            }
            else
            {
                session.Send(_replies.Failure(request, now, $"Currency pair not supported {symbol}", symbol), now);
            }
        }
    }

    private void SubscribeBook(Session session, Request request, MarketChannels channel, long now)
    {
        var depth = request.Number("depth") ?? DefaultDepth;
        if (!Depths.Contains(depth))
        {
            Refuse(session, request, channel, now, "Subscription depth not supported");
        }
        else if (channel.HasBook(session))
        {
            Refuse(session, request, channel, now, "Already subscribed");
        }
        else
        {
            var isSnapshotWanted = request.Flag("snapshot") ?? true;
            Accept(session, request, channel, now, json =>
            {
                json.WriteNumber("depth", depth);
                json.WriteBoolean("snapshot", isSnapshotWanted);
            });
            channel.SubscribeBook(session, depth, isSnapshotWanted, _message, now);
        }
    }

    private void SubscribeTrades(Session session, Request request, MarketChannels channel, long now)
    {
        if (channel.Trades.Contains(session))
        {
            Refuse(session, request, channel, now, "Already subscribed");
            return;
        }

        var isSnapshotWanted = request.Flag("snapshot") ?? true;
        Accept(session, request, channel, now, json => json.WriteBoolean("snapshot", isSnapshotWanted));
        channel.Trades.Add(session);
        if (isSnapshotWanted && channel.Market.History.Last.Count > 0)
        {
            TradeMessages.Write(_message, channel.Market, channel.Market.History.Last, "snapshot"u8);
            session.SendData(_message.Written, -1, now);
        }
    }

    private void SubscribeTicker(Session session, Request request, MarketChannels channel, long now)
    {
        if (channel.TickersOnTrade.Contains(session) || channel.TickersOnQuote.Contains(session))
        {
            Refuse(session, request, channel, now, "Already subscribed");
            return;
        }

        var trigger = request.Text("event_trigger") ?? "trades";
        if (trigger is not ("trades" or "bbo"))
        {
            Refuse(session, request, channel, now, "Event trigger not supported");
            return;
        }

        var isSnapshotWanted = request.Flag("snapshot") ?? true;
        Accept(session, request, channel, now, json =>
        {
            json.WriteString("event_trigger", trigger);
            json.WriteBoolean("snapshot", isSnapshotWanted);
        });
        (trigger == "bbo" ? channel.TickersOnQuote : channel.TickersOnTrade).Add(session);
        if (isSnapshotWanted)
        {
            TickerMessages.Write(_message, channel.Market, "snapshot"u8, now);
            session.SendData(_message.Written, -1, now);
        }
    }

    private void SubscribeInstruments(Session session, Request request, long now)
    {
        if (_instruments.Contains(session))
        {
            session.Send(_replies.Failure(request, now, "Already subscribed"), now);
            return;
        }

        var isSnapshotWanted = request.Flag("snapshot") ?? true;
        session.Send(
            _replies.Success(request, now, json =>
            {
                json.WriteString("channel", "instrument");
                json.WriteBoolean("snapshot", isSnapshotWanted);
            }),
            now);
        session.HasSubscribed = true;
        _instruments.Add(session);
        if (isSnapshotWanted)
        {
            session.Send(_replies.Write(json => InstrumentMessages.WriteSnapshot(json, directory.Markets, directory.Assets)), now);
        }
    }

    private void Accept(Session session, Request request, MarketChannels channel, long now, Action<Utf8JsonWriter> more)
    {
        session.HasSubscribed = true;
        session.Send(
            _replies.Success(request, now, json =>
            {
                json.WriteString("channel", request.Text("channel"));
                more(json);
                json.WriteString("symbol", channel.Market.Names.Symbol);
            }),
            now);
    }

    private void Left(Session session, Request request, MarketChannels channel, long now, bool wasSubscribed) => session.Send(
        wasSubscribed
            ? _replies.Success(request, now, json =>
            {
                json.WriteString("channel", request.Text("channel"));
                json.WriteString("symbol", channel.Market.Names.Symbol);
            })
            : _replies.Failure(request, now, "Subscription Not Found", channel.Market.Names.Symbol),
        now);

    private void Refuse(Session session, Request request, MarketChannels channel, long now, string error) =>
        session.Send(_replies.Failure(request, now, error, channel.Market.Names.Symbol), now);
}
