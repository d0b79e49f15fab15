using Parallax.Journal.Framing;
using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;
using Parallax.Trading.Reconciliation;

namespace Parallax.Simulation.Drill.Network;

/// <summary>What a good live gateway does, without sockets: it follows its orders, says "unknown" when an answer is late, and asks rather than guesses.</summary>
/// <remarks>It passes on what it is told as often as it is told: telling the same fact twice is the engine's to find out.</remarks>
public sealed class DrillGateway : IOrderGateway
{
    private readonly DrillWorld _world;
    private readonly DrillProcess _process;
    private readonly PayloadWriter _payload = new();
    private readonly SortedDictionary<ulong, Ticket> _open = [];
    private VenueDenial? _halted;
    private bool _isDead;

    public DrillGateway(DrillWorld world, DrillProcess process) => (_world, _process) = (world, process);

    public void Submit(in OrderRequest request)
    {
        _world.CrashPoints.Pass(CrashPlace.BeforeSend);
        if (_halted is not null || !_world.Exchange.IsUp)
        {
            // Certainly not placed.
            var (refused, why) = (request, _halted is { } halted ? $"the venue is halted: {halted.Text}" : "the private connection is down");
            _world.Agenda.After(0, () => Tell(Plain(refused.Id, OrderEventType.Rejected, why, refused)));
            return;
        }

        _world.Sent(request);
        var ticket = new Ticket(request);
        _open.TryAdd(request.Id.Value, ticket);
        _world.Exchange.Send(request, _world.Agenda.Now + _world.Terms.DeadlineNanos);
        _world.Agenda.After(_world.Terms.DeadlineNanos + 1, () => DoubtLate(ticket));
        _world.CrashPoints.Pass(CrashPlace.AfterSend);
    }

    public void Query(ClientOrderId id, long sentTime) => Ask(id);

    public void Cancel(ClientOrderId id, long sentTime) => Ask(venue => venue.Cancel(id), () => { });

    public void CancelAll(long sentTime) => Ask(venue => venue.CancelAll(), () => { });

    public void Survey(long sinceTime, long sentTime)
    {
        if (_isDead)
        {
            return;
        }

        var isAnswered = false;
        AccountStatement? answer = null;
        Ask(
            venue => answer = AccountStatement.Of(venue, sinceTime),
            () =>
            {
                isAnswered = true;
                Tell(answer!);
            });
        _world.Agenda.After(_world.Terms.DeadlineNanos, () =>
        {
            if (!isAnswered)
            {
                isAnswered = true;
                Tell(AccountStatement.Failed(sinceTime, "no answer in time"));
            }
        });
    }

    /// <summary>The process has ended: nothing reaches it any more.</summary>
    public void Die() => _isDead = true;

    /// <summary>Whatever was under way may or may not have happened.</summary>
    public void OnDisconnected()
    {
        foreach (var ticket in _open.Values.ToArray())
        {
            Doubt(ticket);
        }
    }

    /// <summary>The venue's front failed on an order: nobody knows whether it got through.</summary>
    public void OnServerError(ClientOrderId id)
    {
        if (_open.TryGetValue(id.Value, out var ticket))
        {
            Doubt(ticket);
        }
    }

    /// <summary>The venue turned something of ours away. Nothing more is sent: asking again would make it worse. A person has to look.</summary>
    /// <param name="order">Certainly not placed.</param>
    public void OnDenied(VenueDenial denial, OrderRequest? order = null)
    {
        if (_isDead)
        {
            return;
        }

        if (order is { } refused)
        {
            OnMessage(new VenueMessage(Plain(refused.Id, OrderEventType.Rejected, denial.Text, refused), 0));
        }

        if (_halted is null)
        {
            _halted = denial;
            _world.Story.Say("gateway", $"halts the venue: {denial.Reason}");
            _process.Tell(new VenueStatus(DrillListings.Venue, VenueCondition.Halted, denial.Reason, denial.Text));
        }
    }

    /// <summary>The venue says something about an order.</summary>
    public void OnMessage(in VenueMessage message)
    {
        if (_isDead)
        {
            return;
        }

        var told = message.Told;
        if (_open.TryGetValue(told.Id.Value, out var ticket))
        {
            if (told.Type == OrderEventType.Filled && ticket.Trades.Add(told.TradeId))
            {
                ticket.FilledLots += told.Fill.QuantityLots;
            }

            if (told.Type == OrderEventType.Canceled && ticket.FilledLots < message.FilledLots)
            {
                // A fill has been missed: the last word waits until the venue was asked for all of it.
                Ask(told.Id);
                return;
            }

            if (told.Type is OrderEventType.Canceled or OrderEventType.Rejected || ticket.FilledLots >= ticket.Request.QuantityLots)
            {
                ticket.IsOver = true;
                _open.Remove(told.Id.Value);
            }
        }

        Tell(told);
    }

    private void Tell(AccountStatement statement)
    {
        foreach (var fill in statement.Fills)
        {
            OnMessage(fill);
        }

        foreach (var item in statement.Items)
        {
            if (!_isDead)
            {
                _world.Story.Say("gateway", $"account: {item}");
                _process.Take(item.Header(_world.Agenda.Now, 0), item.Write(_payload));
            }
        }
    }

    private void Ask(Action<DrillVenue> question, Action answer)
    {
        if (_halted is null)
        {
            _world.Exchange.Ask(question, answer);
        }
    }

    private void Ask(ClientOrderId id)
    {
        if (_isDead)
        {
            return;
        }

        var isAnswered = false;
        VenueMessage[]? answer = null;
        Ask(
            venue => answer = venue.Find(id) is { } order ? [.. Answers.Of(order)] : null,
            () =>
            {
                isAnswered = true;
                if (answer is null)
                {
                    Tell(Plain(id, OrderEventType.NotFound, ""));
                    return;
                }

                foreach (var message in answer)
                {
                    OnMessage(message);
                }
            });
        _world.Agenda.After(_world.Terms.DeadlineNanos, () =>
        {
            if (!isAnswered)
            {
                Tell(Plain(id, OrderEventType.OutcomeUnknown, "no answer in time"));
            }
        });
    }

    private void DoubtLate(Ticket ticket)
    {
        if (!ticket.IsOver)
        {
            Doubt(ticket);
        }
    }

    private void Doubt(Ticket ticket) => Tell(Plain(ticket.Request.Id, OrderEventType.OutcomeUnknown, "no answer in time", ticket.Request));

    private static OrderEvent Plain(ClientOrderId id, OrderEventType type, string reason, OrderRequest request = default) =>
        new() { Id = id, Type = type, Instrument = request.Instrument, Side = request.Side, Reason = reason };

    private void Tell(in OrderEvent told)
    {
        if (!_isDead)
        {
            _world.Story.Say("gateway", $"{told.Id} {told.Type} {(told.Type == OrderEventType.Filled ? $"{told.Fill.QuantityLots} lots at {told.Fill.PriceTicks}, trade {told.TradeId}" : told.Reason)}");
            _process.Take(told.Header(_world.Agenda.Now, 0), told.Write(_payload));
        }
    }

    private sealed class Ticket(OrderRequest request)
    {
        public OrderRequest Request { get; } = request;

        public HashSet<ulong> Trades { get; } = [];

        public long FilledLots { get; set; }

        public bool IsOver { get; set; }
    }
}
