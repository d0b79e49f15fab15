using Parallax.Domain;
using Parallax.Venues.Connectivity.Rest;

namespace Parallax.Venues.Kraken.Live;

/// <summary>The matching engine's counter of each pair, as we keep it: what is not within it is not sent.</summary>
/// <remarks>
/// An order costs one; taking one back costs the more the younger it is, so that quotes cannot be flickered. What of an immediate order
/// is not traded costs nothing (UNSURE, but the table says so). Ours is raised to the bound when the venue refuses, and decays from there.
/// Any thread. https://docs.kraken.com/api/docs/guides/spot-ratelimits.
/// </remarks>
internal sealed class PairBudgets(KrakenTier tier, int instruments)
{
    private const decimal OrderCost = 1m;
    private readonly long[] _closedUntil = new long[instruments];
    private readonly RateBudget[] _pairs = [.. Enumerable.Range(0, instruments).Select(_ => tier.Pair())];

    /// <summary>Takes an order's cost, where it may be sent.</summary>
    /// <param name="isUrgent">Whether the kept part may be used.</param>
    /// <param name="now">UTC nanoseconds.</param>
    /// <returns>Why it may not; <see langword="null"/> when it may.</returns>
    public string? Refusal(ushort instrument, bool isUrgent, long now) =>
        now < Volatile.Read(ref _closedUntil[instrument]) ? "market-closed: the venue takes no orders of this pair just now"
        : Take(instrument, OrderCost, isUrgent, now) is var wait && wait > TimeSpan.Zero ? $"rate-limited: orders of this pair have to wait {wait.TotalSeconds:F1} s"
        : null;

    /// <summary>The venue takes no orders of the pair: none is sent for a while.</summary>
    public void Close(ushort instrument, long now) => Volatile.Write(ref _closedUntil[instrument], now + KrakenLimits.ThrottlePauseNanos);

    /// <param name="sentTime">When the order that is taken back was sent, UTC nanoseconds.</param>
    /// <returns>Zero: taken. Otherwise how long until it would fit.</returns>
    public TimeSpan TryCancel(ushort instrument, long sentTime, long now) => Take(instrument, CancelCost(now - sentTime), isUrgent: true, now);

    /// <summary>The venue says that the counter is full.</summary>
    public void Fill(ushort instrument, long now) => _pairs[instrument].RaiseTo(decimal.MaxValue, Elapsed(now));

    public decimal Level(ushort instrument, long now) => _pairs[instrument].Level(Elapsed(now));

    /// <param name="age">Of the order, nanoseconds.</param>
    public static decimal CancelCost(long age) => (age / UtcNanos.PerSecond) switch
    {
        < 5 => 8m,
        < 10 => 6m,
        < 15 => 5m,
        < 45 => 4m,
        < 90 => 2m,
        < 300 => 1m,
        _ => 0m,
    };

    private TimeSpan Take(ushort instrument, decimal cost, bool isUrgent, long now) =>
        _pairs[instrument].TryTake(cost, isUrgent, Elapsed(now)) ?? TimeSpan.MaxValue;

    private static TimeSpan Elapsed(long now) => new(now / TimeSpan.NanosecondsPerTick);
}
