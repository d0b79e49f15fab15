namespace Parallax.Trading.Risk.Scores;

/// <summary>What may go wrong with an opportunity, each part 0 to 1. Source: strategies/cross-exchange.md section 6. Binary64.</summary>
public readonly record struct RiskScore(double Latency, double Inventory, double Legs, double Concentration, double Volatility)
{
    public double Score => (0.3 * Latency) + (0.2 * Inventory) + (0.15 * Legs) + (0.15 * Concentration) + (0.2 * Volatility);

    /// <param name="arrivalSdBps">How far the edge may have moved when the orders arrive.</param>
    /// <param name="skew">Of the inventory, either way.</param>
    public static RiskScore Of(
        double arrivalSdBps, double edgeBps, double skew, double skewMax, int legs, double exposure, double exposureMax, double volatility, double volatilityMax) => new(
        Share(arrivalSdBps, edgeBps),
        Share(double.Abs(skew), skewMax),
        double.Clamp((legs - 1) / 4.0, 0, 1),
        Share(exposure, exposureMax),
        Share(volatility, volatilityMax));

    /// <summary>Of nothing allowed, anything is all of it.</summary>
    private static double Share(double value, double max) => max > 0 ? double.Clamp(value / max, 0, 1) : value > 0 ? 1 : 0;
}
