using System.Collections.Concurrent;
using Parallax.Domain;

namespace Parallax.VenueServers.Kraken.Exchange;

/// <summary>The one thread that owns the exchange: others leave requests with it, and it wakes for whatever is due.</summary>
internal sealed class ExchangeThread : IAsyncDisposable
{
    private readonly ConcurrentQueue<Action<Exchange, long>> _requests = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Exchange _exchange;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly long _startNanos;
    private readonly long _startTimestamp;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    /// <param name="startNanos">What the exchange's clock showed when <paramref name="startTimestamp"/> was taken.</param>
    public ExchangeThread(Exchange exchange, TimeProvider time, long startNanos, long startTimestamp)
    {
        _exchange = exchange;
        _time = time;
        _startNanos = startNanos;
        _startTimestamp = startTimestamp;
        _timer = time.CreateTimer(_ => _wake.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Run) { Name = "kraken exchange", IsBackground = true }.Start();
    }

    /// <summary>Ends with the thread; faulted when the exchange broke.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Leaves a request; it is handled in its turn.</summary>
    public void Post(Action<Exchange, long> request)
    {
        _requests.Enqueue(request);
        _wake.Set();
    }

    /// <summary>Leaves a request and waits for its answer.</summary>
    public async Task<T> AskAsync<T>(Func<Exchange, long, T> request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post((exchange, now) => answer.SetResult(request(exchange, now)));
        return await answer.Task.WaitAsync(cancellation);
    }

    private void Run()
    {
        try
        {
            while (!_isStopping)
            {
                while (_requests.TryDequeue(out var request))
                {
                    var now = Now();
                    _exchange.Advance(now);
                    request(_exchange, now);
                }

                var time = Now();
                _exchange.Advance(time);
                _exchange.Flush();
                WaitUntil(_exchange.NextTime(time), time);
            }

            _exchange.CloseSessions();
            _ended.SetResult();
        }
        catch (Exception broken)
        {
            // The exchange's own bug: everybody must see the connection end, and whoever disposes the server the reason.
            _exchange.CloseSessions();
            _ended.SetException(broken);
        }
    }

    /// <summary>Monotonic, whatever is done to the wall clock meanwhile.</summary>
    private long Now() => _startNanos + (_time.GetElapsedTime(_startTimestamp).Ticks * 100);

    private void WaitUntil(long due, long now)
    {
        if (due <= now)
        {
            return;
        }

        // Timers count milliseconds: one that is due sooner is waited for that long, and what fell due meanwhile goes out together.
        var wait = Math.Max(UtcNanos.PerMillisecond, due - now);
        _timer.Change(TimeSpan.FromTicks(wait / 100), Timeout.InfiniteTimeSpan);
        _wake.WaitOne();
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        _wake.Set();
        await _ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _timer.DisposeAsync();
        _wake.Dispose();
        await _ended.Task;
    }
}
