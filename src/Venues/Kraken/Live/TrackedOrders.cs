using Parallax.Trading.Execution;
using Parallax.Venues.Kraken.Feed.Messages;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The orders that are followed, found by any name they have: ours, the venue's, the number of the request.</summary>
/// <param name="remembered">How many finished orders are still found.</param>
internal sealed class TrackedOrders(int remembered)
{
    private readonly Dictionary<ClientOrderId, OrderTicket> _byId = [];
    private readonly Dictionary<ulong, OrderTicket> _byRequest = [];
    private readonly Dictionary<string, OrderTicket> _byVenueId = new(StringComparer.Ordinal);
    private readonly List<OrderTicket> _open = [];
    private readonly Queue<OrderTicket> _finished = [];

    /// <summary>In the order of their coming. To be walked from its end where orders may finish on the way.</summary>
    public IReadOnlyList<OrderTicket> Open => _open;

    /// <summary>Orders that are finished and whose late messages will not be recognized any more: to be used again.</summary>
    public Queue<OrderTicket> Forgotten { get; } = [];

    public void Add(OrderTicket ticket)
    {
        _byId[ticket.Request.Id] = ticket;
        _open.Add(ticket);
        // Zero: not sent by the feed.
        if (ticket.RequestId != 0)
        {
            _byRequest[ticket.RequestId] = ticket;
        }
    }

    public OrderTicket? ById(ClientOrderId id) => _byId.GetValueOrDefault(id);

    public OrderTicket? ByRequest(ulong? request) => request is { } number ? _byRequest.GetValueOrDefault(number) : null;

    /// <returns><see langword="null"/> for somebody else's order.</returns>
    public OrderTicket? Of(ExecutionRow row) =>
        OrderIds.TryParse(row.ClientOrderId, out var id) && _byId.TryGetValue(id, out var ticket) ? ticket : _byVenueId.GetValueOrDefault(row.OrderId);

    /// <summary>Learns the venue's name of an order.</summary>
    public void Name(OrderTicket ticket, string? venueId)
    {
        if (venueId is not null && ticket.Progress.VenueId is null)
        {
            ticket.Progress.VenueId = venueId;
            _byVenueId[venueId] = ticket;
        }
    }

    public void Finish(OrderTicket ticket)
    {
        if (ticket.Progress.IsFinal)
        {
            return;
        }

        ticket.Progress.IsFinal = true;
        _open.Remove(ticket);
        _byRequest.Remove(ticket.RequestId);
        _finished.Enqueue(ticket);
        while (_finished.Count > remembered)
        {
            var oldest = _finished.Dequeue();
            _byId.Remove(oldest.Request.Id);
            if (oldest.Progress.VenueId is { } name)
            {
                _byVenueId.Remove(name);
            }

            Forgotten.Enqueue(oldest);
        }
    }
}
