using Parallax.Domain;

namespace Parallax.Venues.Connectivity.Rest;

/// <summary>Numbers that only rise, for the requests of one key: the time in microseconds, or one more than the last.</summary>
/// <remarks>
/// Any thread. One source a key: a venue refuses a number that is not above the last one it saw, so two sources would shut each other
/// out. A clock that is set back does no harm within a session; over a restart, pass in what <see cref="Last"/> said.
/// </remarks>
/// <param name="last">The highest number that may have been used before; zero for none.</param>
public sealed class NonceSource(TimeProvider clock, ulong last = 0)
{
    private ulong _last = last;

    /// <summary>The highest number given out: to be kept over a restart.</summary>
    public ulong Last => Volatile.Read(ref _last);

    public ulong Next()
    {
        var micros = (ulong)(UtcNanos.From(clock.GetUtcNow()).Value / UtcNanos.PerMicrosecond);
        while (true)
        {
            var seen = Volatile.Read(ref _last);
            var next = Math.Max(checked(seen + 1), micros);
            if (Interlocked.CompareExchange(ref _last, next, seen) == seen)
            {
                return next;
            }
        }
    }
}
