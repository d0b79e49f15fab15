using System.Net;
using Parallax.Venues.Connectivity.Rest;
using Parallax.Venues.Kraken.Live;

namespace Parallax.Venues.Kraken.Rest;

/// <summary>Whether the venue may be asked now: not while it wants to be left alone, and not at all once it has shut us out.</summary>
/// <remarks>Any thread. A venue that bans an address or a key is not asked again: more requests only lengthen a ban.</remarks>
internal sealed class CallGate(TimeProvider time)
{
    /// <summary>UNSURE: 418 is not Kraken's; other venues answer a banned address with it.</summary>
    private const HttpStatusCode Teapot = (HttpStatusCode)418;

    private readonly Lock _gate = new();
    private VenueHalt? _halt;
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _closedUntil;

    /// <summary>Why nothing is asked any more; <see langword="null"/> while all is well.</summary>
    public VenueHalt? Halt => Volatile.Read(ref _halt);

    /// <summary>How long the venue still wants to be left alone; zero when it does not.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_gate)
            {
                var wait = _closedUntil - time.GetElapsedTime(_started);
                return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The first reason stays.</summary>
    public void Close(VenueHalt halt) => Interlocked.CompareExchange(ref _halt, halt, null);

    /// <summary>A person has looked.</summary>
    public void Open() => Volatile.Write(ref _halt, null);

    /// <summary>Takes note of how a call was answered.</summary>
    /// <returns>Whether it was refused for being too many.</returns>
    public bool Note(RestReply reply, IReadOnlyList<string> errors)
    {
        if (reply.Status is HttpStatusCode.Forbidden or Teapot)
        {
            Close(new VenueHalt(VenueHalt.Banned, $"The venue has shut this address out (status {(int)reply.Status}). Wait, and find out why before asking again."));
        }

        var isThrottled = reply.Status == HttpStatusCode.TooManyRequests;
        if (isThrottled)
        {
            Pause(reply.RetryAfter ?? Nanos(KrakenLimits.ThrottlePauseNanos));
        }

        foreach (var error in errors)
        {
            if (VenueHalt.On(error) is { } halt)
            {
                Close(halt);
            }

            if (ErrorCodes.Classify(error) == ErrorClass.Throttled)
            {
                isThrottled = true;
                Pause(ErrorCodes.TryThrottledUntil(error, out var seconds) && seconds < MaximumSeconds
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds) - time.GetUtcNow()
                    : Nanos(KrakenLimits.ThrottlePauseNanos));
            }
        }

        return isThrottled;
    }

    /// <summary>Times beyond are no times.</summary>
    private const long MaximumSeconds = 253_402_300_799;

    private static TimeSpan Nanos(long nanos) => new(nanos / TimeSpan.NanosecondsPerTick);

    private void Pause(TimeSpan wait)
    {
        lock (_gate)
        {
            var until = time.GetElapsedTime(_started) + (wait < MaximumPause ? wait : MaximumPause);
            _closedUntil = until > _closedUntil ? until : _closedUntil;
        }
    }

    /// <summary>Whatever the venue says, an hour is enough to ask again.</summary>
    private static readonly TimeSpan MaximumPause = TimeSpan.FromHours(1);
}
