using System.Buffers;
using Parallax.Trading.Engine.Live;
using Parallax.Trading.Execution;

namespace Parallax.Venues.Kraken.Live;

/// <summary>How far a request came on its way out. The sending thread and the order thread each try for it; one wins.</summary>
internal enum TicketStage
{
    /// <summary>In the queue of the sending thread.</summary>
    Queued = 0,

    /// <summary>Being sent: from here on the venue may have it.</summary>
    Taken = 1,

    /// <summary>Handed to the system whole.</summary>
    Sent = 2,

    /// <summary>Never left: taken back by the order thread, or refused by the connection before all of it was out.</summary>
    NotSent = 3,

    /// <summary>Never left: a kill held it back.</summary>
    HeldBack = 4,
}

/// <summary>One order, from the engine's call to its end. Made on the engine thread, followed on the order thread.</summary>
internal sealed class OrderTicket
{
    private int _stage = (int)TicketStage.NotSent;

    public OrderRequest Request { get; private set; }

    /// <summary>The request's bytes, token included.</summary>
    public ArrayBufferWriter<byte> Bytes { get; } = new(512);

    public ulong RequestId { get; set; }

    /// <summary>What was really asked of the venue: see <see cref="SpendRule"/>.</summary>
    public long Lots { get; set; }

    /// <summary>Why it was not sent at all; <see langword="null"/> when it was.</summary>
    public string? Refusal { get; set; }

    /// <summary>The connection it was written for: its token is of no use on another.</summary>
    public int Connection { get; set; }

    /// <summary>After this the venue does not match it any more. UTC nanoseconds.</summary>
    public long Deadline { get; set; }

    public TicketStage Stage => (TicketStage)Volatile.Read(ref _stage);

    /// <summary>What the order thread knows of it.</summary>
    public OrderProgress Progress { get; } = new();

    public void Begin(in OrderRequest request)
    {
        Request = request;
        Bytes.ResetWrittenCount();
        RequestId = 0;
        Lots = request.QuantityLots;
        Refusal = null;
        Connection = 0;
        Deadline = 0;
        Progress.Restart();
        Finish(isSent: false);
    }

    /// <summary>The bytes are complete: from here on it may be taken.</summary>
    public void Queue() => Volatile.Write(ref _stage, (int)TicketStage.Queued);

    /// <summary>Whoever sends takes it, to send it at once; after a kill it is held back instead.</summary>
    public bool TryTake(KillFlag? kill = null)
    {
        if (!TryMove(TicketStage.Queued, TicketStage.Taken))
        {
            return false;
        }

        var isHeldBack = kill?.Stops(Request) == true;
        if (isHeldBack)
        {
            Volatile.Write(ref _stage, (int)TicketStage.HeldBack);
        }

        return !isHeldBack;
    }

    /// <summary>The order thread takes it back: it will never be sent.</summary>
    public bool TryWithdraw() => TryMove(TicketStage.Queued, TicketStage.NotSent);

    public void Finish(bool isSent) => Volatile.Write(ref _stage, (int)(isSent ? TicketStage.Sent : TicketStage.NotSent));

    private bool TryMove(TicketStage from, TicketStage to) => Interlocked.CompareExchange(ref _stage, (int)to, (int)from) == (int)from;
}

/// <summary>What was told of an order so far. Order thread only.</summary>
internal sealed class OrderProgress
{
    private readonly Dictionary<ulong, decimal> _fees = [];

    public string? VenueId { get; set; }

    public bool IsAccepted { get; set; }

    /// <summary>Rejected, canceled, or filled to the last lot.</summary>
    public bool IsFinal { get; set; }

    /// <summary>The engine was told that the outcome is unknown, and has been told nothing since.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>When the lack of news becomes news. UTC nanoseconds.</summary>
    public long NewsBy { get; set; }

    public long FilledLots { get; set; }

    /// <returns>False when this fill was told before.</returns>
    /// <param name="fee">What it was charged, as it is told now.</param>
    /// <param name="isCorrected">It was told before, with another fee.</param>
    public bool TryAddTrade(ulong id, decimal fee, out bool isCorrected)
    {
        isCorrected = _fees.TryGetValue(id, out var before) && before != fee;
        var isNew = !_fees.ContainsKey(id);
        _fees[id] = fee;
        return isNew;
    }

    /// <summary>A fill could not be told after all: it is news when it comes again.</summary>
    public void ForgetTrade(ulong id) => _fees.Remove(id);

    public void Restart()
    {
        _fees.Clear();
        VenueId = null;
        IsAccepted = IsFinal = IsUnknown = false;
        NewsBy = 0;
        FilledLots = 0;
    }
}
