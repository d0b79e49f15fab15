using Parallax.Domain;

namespace Parallax.Strategies.Cycles.Survey;

/// <summary>Decides whether a cycle pays when every leg costs the same fee, taken from what it receives.</summary>
internal sealed class SurveyFeeRates
{
    // A product of five rates errs by less than 2e-15.
    private const double Guard = 1e-12;

    private readonly EdgeRate[] _exact;
    private readonly double[] _keptByLength = new double[6];

    /// <exception cref="ArgumentException">The fee is not between 0 and 10 000 bps.</exception>
    public SurveyFeeRates(CycleIndex index, IReadOnlyList<Instrument> instruments, decimal feeBps)
    {
        if (feeBps is < 0m or >= 10_000m)
        {
            throw new ArgumentException($"A fee is at least 0 and below 10000 bps; found {feeBps}.", nameof(feeBps));
        }

        var fee = new FeeTerms(feeBps / 10_000m, FeeMode.Receive);
        _exact = new EdgeRate[index.EdgeCount];
        for (var edge = 0; edge < _exact.Length; edge++)
        {
            var leg = CycleLeg.OfEdge(edge);
            _exact[edge] = new EdgeRate(leg.Side, instruments[leg.Instrument].TickSize, fee);
        }

        var kept = 1.0;
        for (var length = 0; length < _keptByLength.Length; length++)
        {
            _keptByLength[length] = kept;
            kept *= (double)(1m - fee.Rate);
        }
    }

    /// <param name="ticks">By edge: the best price.</param>
    public bool Pays(double gross, ReadOnlySpan<int> edges, ReadOnlySpan<long> ticks)
    {
        var net = gross * _keptByLength[edges.Length];
        if (Math.Abs(net - 1) > Guard)
        {
            return net > 1;
        }

        Span<long> ofLegs = stackalloc long[edges.Length];
        for (var leg = 0; leg < edges.Length; leg++)
        {
            ofLegs[leg] = ticks[edges[leg]];
        }

        return CycleRate.Of(edges, _exact, ofLegs, isNet: true).IsAboveOne;
    }
}
