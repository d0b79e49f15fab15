using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Parallax.Trading.Engine.Live;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The way out: requests wait in a queue, and a thread of its own hands them to the socket, so that a full one holds nobody up.</summary>
internal sealed class OutgoingRequests : IDisposable
{
    private readonly ConcurrentQueue<OrderTicket> _waiting = [];
    private readonly AutoResetEvent _hasWaiting = new(false);
    private readonly KillFlag? _kill;
    private readonly Thread _thread;
    private OrderLink? _link;
    private Exception? _failure;
    private volatile bool _isStopping;

    /// <param name="kill">Read right before a request is handed to the socket; <see langword="null"/> where nobody can kill.</param>
    public OutgoingRequests(KillFlag? kill)
    {
        _kill = kill;
        _thread = new Thread(Run) { IsBackground = true, Name = "kraken order sender" };
    }

    /// <summary>Where requests go; <see langword="null"/> while none may. Any thread.</summary>
    public OrderLink? Link
    {
        get => Volatile.Read(ref _link);
        set => Volatile.Write(ref _link, value);
    }

    /// <summary>Told when an order's bytes go to the socket. Before <see cref="Start"/>.</summary>
    public OrderStages? Stages { get; set; }

    public void Start() => _thread.Start();

    /// <summary>Leaves a request that is queued. Any thread.</summary>
    public void Post(OrderTicket ticket)
    {
        _waiting.Enqueue(ticket);
        _hasWaiting.Set();
    }

    /// <summary>Throws on what the sending thread threw since the last call: the orders it had in hand may have left.</summary>
    public void RequireSound()
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Stops and waits until nothing is being sent any more.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _hasWaiting.Set();
        if (!_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _thread.Join();
        }

        _hasWaiting.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            _hasWaiting.WaitOne();
            while (_waiting.TryDequeue(out var ticket))
            {
                try
                {
                    Send(ticket);
                }
                catch (Exception wrong)
                {
                    // Not swallowed: the order thread throws it on, and what becomes of the order is for the venue to say.
                    Volatile.Write(ref _failure, wrong);
                }
            }
        }
    }

    private void Send(OrderTicket ticket)
    {
        if (ticket.TryTake(_kill))
        {
            Stages?.Handed(ticket.Request.Id);
            ticket.Finish(Link is { } link && link.Number == ticket.Connection && link.Connection.Send(ticket.Bytes.WrittenSpan));
        }
    }
}
