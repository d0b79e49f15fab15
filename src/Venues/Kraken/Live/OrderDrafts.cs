using Parallax.Domain;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Judges whether an order can be sent as it is, and writes its request. Engine thread only.</summary>
internal sealed class OrderDrafts(IReadOnlyList<Instrument> instruments, FeeWatch fees, PairBudgets pairs) : IDisposable
{
    private readonly OrderRequests _requests = new();

    /// <summary>Fits the ticket's lots to what may be spent, and takes its cost from the pair's counter.</summary>
    /// <returns>Why the order cannot be sent; <see langword="null"/> when it can.</returns>
    public string? Refusal(OrderTicket ticket, long now)
    {
        var request = ticket.Request;
        var instrument = instruments[request.Instrument];
        if (OrderRequests.Word(request.TimeInForce) is null)
        {
            return $"time in force {request.TimeInForce} is not offered";
        }

        ticket.Lots = SpendRule.Lots(request, instrument, fees[request.Instrument]);
        var quantity = instrument.Quantity(ticket.Lots);
        if (ticket.Lots == 0 || quantity < instrument.QuantityMin || quantity * instrument.Price(request.LimitTicks) < instrument.NotionalMin)
        {
            return "what may be spent is below the venue's minimum";
        }

        // Every order of a plan but its first finishes what has begun: a further leg, or the way back.
        return pairs.Refusal(request.Instrument, isUrgent: request.Id.Attempt > 1, now);
    }

    /// <summary>Writes the request for a connection.</summary>
    public void Write(OrderTicket ticket, OrderLink link)
    {
        ticket.Connection = link.Number;
        var word = OrderRequests.Word(ticket.Request.TimeInForce)!;
        _requests.AddOrder(ticket, instruments[ticket.Request.Instrument], word, ticket.Deadline + link.ClockOffset, link.Token, ticket.RequestId);
    }

    public void Dispose() => _requests.Dispose();
}
