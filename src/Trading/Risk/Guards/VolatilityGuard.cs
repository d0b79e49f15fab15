namespace Parallax.Trading.Risk.Guards;

/// <param name="Decay">Weight of the past in each new variance, 0 to 1.</param>
/// <param name="SamplesPerYear">31 536 000 with one a second.</param>
/// <param name="Max">Annualised volatility above which it trips.</param>
/// <param name="ReleaseBelow">Share of <paramref name="Max"/> below which it is released.</param>
/// <param name="SpreadMultiple">Of the running median; a wider spread trips.</param>
public sealed record VolatilityTerms(double Decay, double SamplesPerYear, double Max, double ReleaseBelow, double SpreadMultiple)
{
    /// <summary>Of the limit: where a market that ran counts as calm again.</summary>
    internal const double ReleaseShare = 0.8;

    private const double DecayPerSecond = 0.94, SecondsPerYear = 31_536_000;

    public static VolatilityTerms Of(RiskLimits limits) => new(
        DecayPerSecond, SecondsPerYear, (double)limits.VolatilityMax, ReleaseShare, (double)limits.SpreadMultipleMax);
}

/// <summary>Says when a market runs or opens its spread, and when it has calmed down. Source: strategies/risk.md section 8.</summary>
/// <remarks>
/// Samples are equally spaced in time: one an update would measure the rate of messages. Variance is an exponentially weighted mean of
/// squared log returns that begins with the first. Binary64: a statistic, not money. Allocates nothing.
/// </remarks>
public sealed class VolatilityGuard(VolatilityTerms terms)
{
    private const int Remembered = 20, Needed = 5;

    private readonly double[] _spreads = new double[Remembered];
    private VolatilityTerms _terms = terms;
    private int _samples;
    private double _variance;
    private bool _hasVariance;
    private double? _mid;

    /// <summary>Annualised; 1 is 100 %.</summary>
    public double Volatility => Math.Sqrt(_variance * _terms.SamplesPerYear);

    /// <summary>Of the spreads before the last sample; its own while there are too few.</summary>
    public double MedianSpread { get; private set; }

    public bool IsWide { get; private set; }

    /// <summary>The last spread in medians of those before it; zero while it is not <see cref="IsWide"/>.</summary>
    public double SpreadMultiple { get; private set; }

    public bool IsTripped { get; private set; }

    /// <summary>Other terms hold from the next sample on.</summary>
    public void Change(VolatilityTerms terms) => _terms = terms;

    /// <param name="mid">Positive.</param>
    /// <param name="spreadBps">Ask minus bid per mid, 1/10 000.</param>
    public void Sample(double mid, double spreadBps)
    {
        if (_mid is { } before)
        {
            var change = Math.Log(mid / before);
            _variance = _hasVariance ? (_terms.Decay * _variance) + ((1 - _terms.Decay) * change * change) : change * change;
            _hasVariance = true;
        }

        _mid = mid;
        Compare(spreadBps);
        var volatility = Volatility;
        if (volatility > _terms.Max || IsWide)
        {
            IsTripped = true;
        }
        else if (volatility < _terms.ReleaseBelow * _terms.Max)
        {
            IsTripped = false;
        }
    }

    /// <summary>There was no sample when one was due: the next is compared with nothing, as its return would span more than one step.</summary>
    public void Skip() => _mid = null;

    private void Compare(double spreadBps)
    {
        var count = Math.Min(_samples, Remembered);
        MedianSpread = count == 0 ? spreadBps : Median(count);
        IsWide = count >= Needed && spreadBps > _terms.SpreadMultiple * MedianSpread;
        SpreadMultiple = IsWide ? spreadBps / MedianSpread : 0;
        _spreads[_samples++ % Remembered] = spreadBps;
    }

    private double Median(int count)
    {
        Span<double> sorted = stackalloc double[Remembered];
        sorted = sorted[..count];
        _spreads.AsSpan(0, count).CopyTo(sorted);
        sorted.Sort();
        return sorted[count / 2];
    }
}
