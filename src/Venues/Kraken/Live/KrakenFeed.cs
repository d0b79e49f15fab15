using Parallax.Domain;
using Parallax.Journal.Framing;
using Parallax.MarketData.Books;
using Parallax.Trading.Engine;
using Parallax.Trading.Supervision;
using Parallax.Venues.Connectivity.Reconnecting;
using Parallax.Venues.Connectivity.WebSockets;
using Parallax.Venues.Feeds;

namespace Parallax.Venues.Kraken.Live;

/// <summary>Kraken's public market data: one thread that connects, reads, and hands records on until it is stopped.</summary>
/// <remarks>
/// The sink is called on that thread only. What the thread cannot mend by another connection (a sink that throws) ends it,
/// see <see cref="Completion"/>, unless a supervisor starts it again. The protocol is in <see cref="FeedSession"/>.
/// </remarks>
public sealed class KrakenFeed : IFeedRepair, IDisposable
{
    /// <summary>How long one read waits, and so how late a stop, a request or an engine's verdict can be.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private const long LookIntervalNanos = 50 * UtcNanos.PerMillisecond;

    private readonly Uri _endpoint;
    private readonly ReconnectPolicy _reconnects;
    private readonly UtcClock _clock;
    private readonly RepairRequests _repairs;
    private readonly FeedSession _session;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _running;
    private FeedHealth _health = FeedHealth.Unconnected;

    /// <param name="endpoint">See <see cref="KrakenEndpoints.PublicFeed"/>.</param>
    /// <param name="instruments">By number: what the records name as subject. Depths are of <see cref="KrakenLimits.BookDepths"/>.</param>
    /// <param name="sink">Takes the records, on this feed's thread.</param>
    /// <param name="reconnects">Pauses between connections; not shared with another connection.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a depth that the venue does not offer.</exception>
    public KrakenFeed(
        Uri endpoint, IReadOnlyList<Instrument> instruments, IRecordSink sink, KrakenFeedOptions options, ReconnectPolicy reconnects, UtcClock clock)
    {
        if (instruments.FirstOrDefault(one => !KrakenLimits.BookDepths.Contains(one.BookDepth)) is { } odd)
        {
            throw new ArgumentException(
                $"{odd.Id}: Kraken offers books of {string.Join(", ", KrakenLimits.BookDepths)} levels; found {odd.BookDepth}.", nameof(instruments));
        }

        _endpoint = endpoint;
        _reconnects = reconnects;
        _clock = clock;
        _repairs = new RepairRequests(instruments.Count);
        _session = new FeedSession(instruments, options, sink, _repairs);
    }

    /// <summary>How the feed does; at most a few frames old while frames come. Any thread.</summary>
    public FeedHealth Health => Volatile.Read(ref _health);

    /// <summary>Ends when the feed does: in order after a stop, with the sink's exception when that threw.</summary>
    public Task Completion => _completion.Task;

    /// <param name="supervisor">Starts it again when it throws; without one it ends then.</param>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start(Supervisor? supervisor = null) =>
        _running = _running is null ? RunAsync(supervisor) : throw new InvalidOperationException("The feed was started before.");

    /// <inheritdoc/>
    public void Resynchronise(ushort instrument, BookInvalidReason reason) => _repairs.Resynchronise(instrument, reason);

    /// <summary>Stops and waits until the last record is with the sink. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        if (_running is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            ((IAsyncResult)_running).AsyncWaitHandle.WaitOne();
        }

        _session.Dispose();
        _stop.Dispose();
    }

    /// <summary>As the policy of reconnecting counts time: on an axis that all connections to the venue share.</summary>
    private TimeSpan Elapsed => new(_clock.NowNanos / TimeSpan.NanosecondsPerTick);

    private async Task RunAsync(Supervisor? supervisor)
    {
        try
        {
            await (supervisor?.RunThreadAsync("feed", KrakenInstruments.Venue, Work, _stop.Token) ?? Supervisor.OnThreadAsync(Work));
            _completion.TrySetResult();
        }
        catch (Exception wrong)
        {
            // Not swallowed: whoever runs the feed waits for its completion.
            _completion.TrySetException(wrong);
        }

        Volatile.Write(ref _health, Health with { State = FeedWords.Stopped, LiveBooks = 0 });
    }

    private void Work()
    {
        Thread.CurrentThread.Name = "kraken feed";
        try
        {
            Connect(_stop.Token);
        }
        catch
        {
            _reconnects.Lost(Elapsed);
            throw;
        }
    }

    private void Connect(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (_reconnects.TryBegin(Elapsed) is var wait && wait > TimeSpan.Zero)
            {
                stop.WaitHandle.WaitOne(wait);
                continue;
            }

            try
            {
                using var connection = WebSocketConnection.Connect(_endpoint, new WebSocketOptions(), stop);
                _reconnects.Opened(Elapsed);
                Converse(connection, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (ConnectFailedException failed)
            {
                Volatile.Write(ref _health, _session.Health() with { State = FeedWords.Offline, LastEnd = failed.Message });
            }

            _reconnects.Lost(Elapsed);
        }
    }

    private void Converse(WebSocketConnection connection, CancellationToken stop)
    {
        var reason = "The feed failed.";
        try
        {
            reason = Talk(connection, stop);
        }
        finally
        {
            // Whatever ended it: books that nobody feeds any more are lost.
            _session.End(reason, _clock.NowNanos);
            Volatile.Write(ref _health, _session.Health());
        }
    }

    /// <returns>Why the connection ended, one sentence.</returns>
    private string Talk(WebSocketConnection connection, CancellationToken stop)
    {
        var now = _clock.NowNanos;
        var nextLook = now;
        _session.Begin(now);
        while (!stop.IsCancellationRequested)
        {
            if (now >= nextLook)
            {
                nextLook = now + LookIntervalNanos;
                _session.Look(now);
                Volatile.Write(ref _health, _session.Health());
            }

            var request = _session.NextRequest(now);
            if (!request.IsEmpty)
            {
                // Where it fails the connection is over, and the next read says so.
                connection.Send(request);
            }

            var received = Read(connection, out now);
            if (received.Status == ReceiveStatus.Closed)
            {
                return received.Reason.Length > 0 ? received.Reason : $"The venue closed the connection ({received.Code}).";
            }

            if (_session.EndReason is { } end)
            {
                connection.Close(CloseCode.Normal, "");
                return end;
            }
        }

        return "Stopped on this side.";
    }

    /// <summary>Takes what one read of the socket brings: one clock read for all of it.</summary>
    private ReceiveResult Read(WebSocketConnection connection, out long now)
    {
        var received = connection.Receive(Patience, out var frame);
        now = _clock.NowNanos;
        while (received.Status == ReceiveStatus.Message)
        {
            _session.OnFrame(frame, now);
            if (_session.EndReason is not null || !connection.HasBuffered)
            {
                break;
            }

            received = connection.Receive(TimeSpan.Zero, out frame);
        }

        return received;
    }
}
