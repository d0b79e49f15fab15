using Parallax.Domain;

namespace Parallax.Venues.Connectivity.Rest;

/// <summary>Numbers that only rise, for the requests of one key: the time in microseconds, or one more than the last.</summary>
/// <remarks>
/// Any thread. One source a key: a venue refuses a number that is not above the last one it saw, so two sources would shut each other
/// out. With a file, numbers rise over restarts and crashes, too, wherever the clock was set meanwhile: they are set aside on disk, half a
/// minute of them at a time, before the first of them is given out.
/// </remarks>
public sealed class NonceSource
{
    /// <summary>How far numbers are set aside beyond what is needed: half a minute's microseconds, so a write every half minute at most.</summary>
    public const ulong Window = 30_000_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly NonceFile? _file;
    private ulong _last;

    /// <param name="last">The highest number that may have been used before; zero for none.</param>
    public NonceSource(TimeProvider clock, ulong last = 0) => (_clock, _last) = (clock, last);

    /// <param name="file">Used by nobody else; not disposed of here.</param>
    public NonceSource(TimeProvider clock, NonceFile file)
        : this(clock, file.Reserved) => _file = file;

    /// <summary>The highest number given out.</summary>
    public ulong Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>No number is asked for any more: what was set aside beyond the last one is free again.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_last < _file?.Reserved)
            {
                _file.GiveBack(_last);
            }
        }
    }

    /// <exception cref="IOException">The number cannot be set aside on disk; none is given out.</exception>
    public ulong Next()
    {
        var micros = (ulong)(UtcNanos.From(_clock.GetUtcNow()).Value / UtcNanos.PerMicrosecond);
        lock (_gate)
        {
            var next = Math.Max(checked(_last + 1), micros);
            if (next > _file?.Reserved)
            {
                _file.Reserve(checked(next + Window));
            }

            return _last = next;
        }
    }
}
