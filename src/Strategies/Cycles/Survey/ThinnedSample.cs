namespace Parallax.Strategies.Cycles.Survey;

/// <summary>Keeps values for a median in bounded memory: all of them up to a capacity, then every second, every fourth and so on.</summary>
/// <remarks>
/// Thinning goes by position, not by chance, so that the same values give the same median on every machine. The median is exact up to
/// the capacity; beyond, it is that of an evenly spaced sample of at least half the capacity.
/// </remarks>
internal sealed class ThinnedSample(int capacity)
{
    private double[] _values = [];
    private int _count;
    private long _seen;
    private long _stride = 1;

    public bool IsExact => _stride == 1;

    public void Add(double value)
    {
        if (_seen++ % _stride != 0)
        {
            return;
        }

        if (_count == capacity)
        {
            Thin();
            if ((_seen - 1) % _stride != 0)
            {
                return;
            }
        }

        if (_count == _values.Length)
        {
            Array.Resize(ref _values, Math.Min(capacity, Math.Max(64, 2 * _values.Length)));
        }

        _values[_count++] = value;
    }

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    /// <returns>False when there is no value.</returns>
    public bool TryMedian(out double median)
    {
        median = 0;
        if (_count == 0)
        {
            return false;
        }

        var sorted = _values.AsSpan(0, _count).ToArray();
        Array.Sort(sorted);
        median = (sorted[(_count - 1) / 2] + sorted[_count / 2]) / 2;
        return true;
    }

    private void Thin()
    {
        for (var i = 0; 2 * i < _count; i++)
        {
            _values[i] = _values[2 * i];
        }

        _count = (_count + 1) / 2;
        _stride *= 2;
    }
}
