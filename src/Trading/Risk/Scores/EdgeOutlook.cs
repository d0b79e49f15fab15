namespace Parallax.Trading.Risk.Scores;

/// <summary>What is left of an edge when the orders arrive. Source: strategies/cross-exchange.md section 5. Binary64; bps and seconds.</summary>
/// <param name="SpreadSigmaBps">Of the difference between both sides, per square root of a second.</param>
/// <param name="ArrivalSdBps">Its standard deviation over the latency.</param>
/// <param name="SurvivalProbability">That at least the smallest edge is left.</param>
/// <param name="ConditionalEdgeBps">What is left on average when it is.</param>
/// <param name="AdverseBps">Expected move against one side that nothing protects.</param>
public readonly record struct EdgeOutlook(
    double SpreadSigmaBps, double ArrivalSdBps, double DecayedEdgeBps, double SurvivalProbability, double ConditionalEdgeBps, double AdverseBps)
{
    private const double SecondsPerYear = 31_536_000;

    /// <param name="correlation">Of the two sides; 0 where nobody measured it, which is careful.</param>
    public static EdgeOutlook Of(
        double edgeBps, double sigmaBuyBps, double sigmaSellBps, double correlation, double latencySeconds, double halfLifeSeconds, double edgeBpsMin)
    {
        var sigma = Math.Sqrt((sigmaBuyBps * sigmaBuyBps) + (sigmaSellBps * sigmaSellBps) - (2 * correlation * sigmaBuyBps * sigmaSellBps));
        var deviation = sigma * Math.Sqrt(latencySeconds);
        var decayed = edgeBps * Math.Pow(2, -latencySeconds / halfLifeSeconds);
        var adverse = deviation / Math.Sqrt(2 * Math.PI);
        if (deviation == 0)
        {
            return new EdgeOutlook(sigma, 0, decayed, decayed >= edgeBpsMin ? 1 : 0, decayed, 0);
        }

        var distance = (decayed - edgeBpsMin) / deviation;
        var survival = NormalDistribution.Below(distance);
        var conditional = survival > 0 ? decayed + (deviation * NormalDistribution.Density(distance) / survival) : edgeBpsMin;
        return new EdgeOutlook(sigma, deviation, decayed, survival, conditional, adverse);
    }

    /// <summary>An annual volatility in bps per square root of a second.</summary>
    public static double BpsPerRootSecond(double annualVolatility) => 10_000 * annualVolatility / Math.Sqrt(SecondsPerYear);
}
