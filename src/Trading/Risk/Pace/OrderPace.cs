using Parallax.Domain;

namespace Parallax.Trading.Risk.Pace;

/// <summary>What was sent and spent in the last minute, (t - 1 min, t]. Allocates only while a minute holds more than any before it.</summary>
public sealed class OrderPace
{
    private const long MinuteNanos = 60 * UtcNanos.PerSecond;

    private readonly Queue<long> _orders = new(256);
    private readonly Queue<(long Time, decimal Amount)> _spent = new(64);
    private decimal _turnover;

    public void Sent(long now) => _orders.Enqueue(now);

    public void Spent(long now, decimal amount)
    {
        _spent.Enqueue((now, amount));
        _turnover += amount;
    }

    public int Orders(long now)
    {
        while (_orders.TryPeek(out var oldest) && oldest <= now - MinuteNanos)
        {
            _orders.Dequeue();
        }

        return _orders.Count;
    }

    /// <summary>Reporting currency.</summary>
    public decimal Turnover(long now)
    {
        while (_spent.TryPeek(out var oldest) && oldest.Time <= now - MinuteNanos)
        {
            _turnover -= _spent.Dequeue().Amount;
        }

        return _turnover;
    }
}
