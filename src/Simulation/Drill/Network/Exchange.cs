using Parallax.Simulation.Drill.World;
using Parallax.Trading.Execution;

namespace Parallax.Simulation.Drill.Network;

/// <summary>The way between gateway and venue: a socket with a connection that may break, and questions that go beside it.</summary>
/// <remarks>What was under way on a connection that broke is lost, in both directions; a new connection brings nothing back.</remarks>
public sealed class Exchange(DrillWorld world)
{
    private DrillGateway? _gateway;
    private int _connection;
    private int _breaks;
    private long _lastArrival;

    /// <summary>Whether the private connection stands.</summary>
    public bool IsUp => _breaks == 0;

    /// <summary>Why the venue's front turns everything of ours away; <see langword="null"/> while it does not.</summary>
    public VenueDenial? Denial { get; set; }

    /// <summary>How much it has turned away so far.</summary>
    public int Denied { get; private set; }

    /// <summary>Orders, questions and answers that are on their way.</summary>
    public int UnderWay { get; private set; }

    /// <summary>The one gateway that listens; <see langword="null"/> while no process runs.</summary>
    public DrillGateway? Gateway
    {
        get => _gateway;
        set
        {
            _gateway = value;
            _connection++;
        }
    }

    /// <summary>Breaks the connection. Breaks may overlap: it stands again when every one has been mended.</summary>
    public void Break()
    {
        _connection++;
        if (_breaks++ == 0)
        {
            world.Story.Say("network", "the private connection breaks");
            Gateway?.OnDisconnected();
        }
    }

    public void Mend()
    {
        if (--_breaks == 0)
        {
            world.Story.Say("network", "the private connection stands again");
        }
    }

    /// <summary>Takes an order to the venue and brings the answers back.</summary>
    /// <param name="deadline">The venue does not take the order any more after this, true time.</param>
    public void Send(in OrderRequest request, long deadline)
    {
        var fate = world.Fates.Of(request);
        if (fate.LosesRequest)
        {
            world.Story.Say("network", $"{request.Id} is lost on its way");
            return;
        }

        var (sent, connection) = (request, _connection);
        if (fate.NonceRefusals > 1)
        {
            Carry(4 * world.Latency(), () => Gateway?.OnDenied(VenueDenial.Nonce, sent));
            return;
        }

        var retry = fate.NonceRefusals * 2 * world.Latency();
        Carry(world.Latency() + retry + fate.RequestDelayNanos, () => Arrive(sent, deadline, fate, connection));
    }

    /// <summary>Takes a question to the venue and the answer back to whoever asked; nothing comes back when either is lost.</summary>
    public void Ask(Action<DrillVenue> question, Action answer)
    {
        var fate = world.Fates.OfQuery();
        if (fate.IsLost || world.Venue.IsSilent)
        {
            world.Story.Say("network", "a question is lost");
            return;
        }

        Carry(world.Latency() + fate.DelayNanos, () =>
        {
            if (Denial is { } denial)
            {
                Denied++;
                Carry(world.Latency(), () => Gateway?.OnDenied(denial));
                return;
            }

            question(world.Venue);
            Carry(world.Latency(), answer);
        });
    }

    /// <summary>A message of the venue on its own account, down the connection that stands now.</summary>
    public void Push(in VenueMessage message, long delayNanos)
    {
        if (!IsUp)
        {
            return;
        }

        // What is not held up on purpose keeps its order, as on any one connection.
        var (told, connection) = (message, _connection);
        var arrival = world.Agenda.Now + world.Latency() + delayNanos;
        _lastArrival = delayNanos > 0 ? _lastArrival : Math.Max(_lastArrival, arrival);
        Carry(Math.Max(arrival, delayNanos > 0 ? 0 : _lastArrival) - world.Agenda.Now, () =>
        {
            if (connection == _connection)
            {
                Gateway?.OnMessage(told);
            }
        });
    }

    /// <summary>The venue tells what became of an order until now.</summary>
    public void Report(DrillOrder order, in OrderFate fate)
    {
        foreach (var message in Answers.Of(order, fate))
        {
            Push(message, fate.AnswerDelayNanos);
            if (fate.TellsTwice)
            {
                Push(message, fate.AnswerDelayNanos);
            }
        }
    }

    private void Arrive(OrderRequest request, long deadline, in OrderFate fate, int connection)
    {
        if (Denial is { } denial)
        {
            Denied++;
            Carry(world.Latency(), () => Gateway?.OnDenied(denial, request));
            return;
        }

        var order = world.Venue.Take(request, deadline, fate);
        if (fate.LosesAnswers || connection != _connection)
        {
            world.Story.Say("network", $"the answers for {request.Id} are lost");
            return;
        }

        Report(order, fate);
    }

    private void Carry(long nanos, Action arrival)
    {
        UnderWay++;
        world.Agenda.After(nanos, () =>
        {
            UnderWay--;
            arrival();
        });
    }
}
