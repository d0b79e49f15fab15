using System.Text;
using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Live;
using Parallax.Venues.Kraken.Rest;
using Record = Parallax.Journal.Framing.Record;

namespace Parallax.Venues.Tests.Kraken.Live;

/// <summary>Plays the venue, the sender and the clock to an order session, and keeps the events that come out.</summary>
internal sealed class OrderDriver : IRecordSink
{
    public static readonly Instrument Bitcoin = AnInstrument.Of("BTC/USD", 1);

    private readonly KrakenOrderOptions _options = new();
    private ulong _sequence;
    private ulong _requests = 100;

    /// <param name="between">Stands between the session and the engine: a place to plant faults.</param>
    public OrderDriver(Func<IRecordSink, IRecordSink>? between = null) => Session = new OrderSession([Bitcoin], _options, between?.Invoke(this) ?? this);

    /// <summary>What becomes of the venue's bytes on their way; <see langword="null"/> loses a frame.</summary>
    public Func<string, string?> Frames { get; init; } = text => text;

    public OrderSession Session { get; }

    public List<OrderEvent> Events { get; } = [];

    public long Now { get; private set; } = 1_700_000_000 * UtcNanos.PerSecond;

    /// <summary>One word an event, fills with their lots: <c>Accepted Filled:40 Canceled</c>.</summary>
    public string Story => string.Join(' ', Events.Select(one => one.Type == OrderEventType.Filled ? $"Filled:{one.Fill.QuantityLots}" : one.Type.ToString()));

    /// <summary>A private feed on which orders may be sent.</summary>
    public OrderDriver Connected()
    {
        Session.Begin(Now);
        Session.Executions.AskedFor(1, Now);
        _sequence = 0;
        Frame("""{"channel":"status","type":"update","data":[{"system":"online"}]}""");
        Frame("""{"method":"subscribe","req_id":1,"result":{"channel":"executions"},"success":true}""");
        Frame("""{"channel":"executions","type":"snapshot","data":[],"sequence":1}""");
        _sequence = 1;
        return this;
    }

    /// <summary>An order of 100 lots at 30,000.0 that was sent, unless it is said that it is still in the queue.</summary>
    public OrderTicket Send(int plan = 1, long lots = 100, long? sentLots = null, bool isSent = true, Side side = Side.Buy)
    {
        var ticket = new OrderTicket();
        ticket.Begin(new OrderRequest(ClientOrderId.Of(1, plan, 1), 0, side, 300_000, lots, TimeInForce.ImmediateOrCancel, 1_000_000m, Now));
        ticket.Lots = sentLots ?? lots;
        ticket.RequestId = ++_requests;
        ticket.Deadline = Now + _options.DeadlineNanos;
        ticket.Queue();
        Session.Track(ticket, Now);
        if (isSent)
        {
            ticket.TryTake();
            ticket.Finish(isSent: true);
        }

        return ticket;
    }

    public void Accept(OrderTicket ticket) => Frame(
        $$$"""{"method":"add_order","req_id":{{{ticket.RequestId}}},"result":{"order_id":"{{{VenueId(ticket)}}}","cl_ord_id":"{{{ticket.Request.Id}}}"},"success":true,"time_in":"2026-05-05T10:00:00.000000Z","time_out":"2026-05-05T10:00:00.000001Z"}""");

    public void Refuse(OrderTicket ticket, string error) =>
        Frame($$"""{"error":"{{error}}","method":"add_order","req_id":{{ticket.RequestId}},"success":false}""");

    public void New(OrderTicket ticket) => Execution(ticket, "\"exec_type\":\"new\",\"order_status\":\"new\"");

    public void Trade(OrderTicket ticket, string id, long lots, decimal price = 30_000m) => Execution(
        ticket,
        $"\"exec_type\":\"trade\",\"exec_id\":\"{id}\",\"last_qty\":{Bitcoin.Quantity(lots)},\"last_price\":{price},\"liquidity_ind\":\"t\",\"fees\":[{{\"asset\":\"USD\",\"qty\":0.25}}]");

    public void Canceled(OrderTicket ticket, long? filled = null, string kind = "canceled") => Execution(
        ticket, $"\"exec_type\":\"{kind}\",\"order_status\":\"{kind}\"" + (filled is { } lots ? $",\"cum_qty\":{Bitcoin.Quantity(lots)}" : ""));

    /// <param name="ticket">Named by our id in the row.</param>
    /// <param name="sequence">The next one when not given.</param>
    public void Execution(OrderTicket ticket, string fields, ulong? sequence = null)
    {
        _sequence = sequence ?? _sequence + 1;
        Frame($"{{\"channel\":\"executions\",\"type\":\"update\",\"data\":[{{\"order_id\":\"{VenueId(ticket)}\",\"cl_ord_id\":\"{ticket.Request.Id}\",{fields},\"timestamp\":\"2026-05-05T10:00:00.000001Z\"}}],\"sequence\":{_sequence}}}");
    }

    public void Repeat(Action message)
    {
        var sequence = _sequence;
        message();
        _sequence = sequence;
        message();
    }

    public void Frame(string text)
    {
        if (Frames(text) is { } arrived)
        {
            Session.OnFrame(Encoding.UTF8.GetBytes(arrived), Now);
        }
    }

    public void Pass(double seconds)
    {
        Now += (long)(seconds * UtcNanos.PerSecond);
        Session.Look(Now);
    }

    /// <summary>REST's answer to a question about the order.</summary>
    public void Report(OrderTicket ticket, string status, long filled, params TradeInfo[] trades) => Session.OnReport(
        new OrderReport(
            ticket.Request.Id,
            new OrderInfo(VenueId(ticket), status, ticket.Request.Id.ToString(), "XBTUSD", "buy", 1m, Bitcoin.Quantity(filled), 0m, 0m, 0m), trades, null),
        Now);

    public void ReportAbsent(OrderTicket ticket) => Session.OnReport(new OrderReport(ticket.Request.Id, null, [], null), Now);

    public TradeInfo TradeOf(OrderTicket ticket, string id, long lots) =>
        new(id, VenueId(ticket), "XBTUSD", "buy", 30_000m, Bitcoin.Quantity(lots), 0m, 0.25m, false, Now / UtcNanos.PerSecond);

    public void Append(in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[RecordFramer.RecordSize(payload.Length)];
        RecordFramer.Write(frame, header, payload, 1);
        Events.Add(OrderEvent.Read(new Record(frame)));
    }

    private static string VenueId(OrderTicket ticket) => $"O{ticket.Request.Id.Plan:D5}-AAAAA-BBBBBB";
}
