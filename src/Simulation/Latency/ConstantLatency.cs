namespace Parallax.Simulation.Latency;

/// <summary>Every order takes the same time there, every report the same time back.</summary>
public sealed class ConstantLatency : ILatencyModel
{
    private readonly long _entryNanos, _responseNanos;

    /// <exception cref="ArgumentOutOfRangeException">A latency is negative.</exception>
    public ConstantLatency(long entryNanos, long responseNanos)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entryNanos);
        ArgumentOutOfRangeException.ThrowIfNegative(responseNanos);
        _entryNanos = entryNanos;
        _responseNanos = responseNanos;
    }

    public static ConstantLatency None { get; } = new(0, 0);

    public long EntryNanos() => _entryNanos;

    public long ResponseNanos() => _responseNanos;
}
