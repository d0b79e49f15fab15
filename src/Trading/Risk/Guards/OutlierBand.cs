using Parallax.Domain;

namespace Parallax.Trading.Risk.Guards;

/// <summary>Remembers the last mid of a market that could be believed, and how far the present one is from it.</summary>
/// <remarks>A price that stays where it jumped to is the market after <see cref="PatienceNanos"/>. Binary64: a plausibility, not money.</remarks>
public sealed class OutlierBand(double bpsMax)
{
    /// <summary>Half a minute: longer than a damaged message or a fat finger stands, shorter than a crash is interesting.</summary>
    public const long PatienceNanos = 30 * UtcNanos.PerSecond;

    private double _bpsMax = bpsMax;
    private long? _since;

    /// <summary>Null before the first.</summary>
    public double? Believed { get; private set; }

    public bool IsQuarantined => _since is not null;

    /// <summary>Another band holds from the next sample on.</summary>
    public void Change(double bpsMax) => _bpsMax = bpsMax;

    /// <returns>Bps of the believed mid; zero while there is none.</returns>
    public double Distance(double mid) => Believed is { } believed ? double.Abs((mid / believed) - 1) * 10_000 : 0;

    /// <summary>Takes the mid at regular times.</summary>
    /// <param name="isConfirmed">The same pair elsewhere stands where this mid does.</param>
    public void Sample(long now, double mid, bool isConfirmed)
    {
        if (Distance(mid) <= _bpsMax || isConfirmed || now - (_since ?? now) >= PatienceNanos)
        {
            Believed = mid;
            _since = null;
        }
        else
        {
            _since ??= now;
        }
    }
}
