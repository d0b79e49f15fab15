namespace Parallax.Trading.Risk.Scores;

/// <summary>How far an opportunity can be believed in, each part 0 to 1. Source: strategies/cross-exchange.md section 6. Binary64.</summary>
/// <param name="Freshness">1 for books of this moment, 0 at the age limit.</param>
/// <param name="Depth">1 when three times the size is there.</param>
/// <param name="Venue">Health of the worse venue.</param>
/// <param name="History">Fills of the route's attempts; a half before there are any.</param>
public readonly record struct Confidence(double Freshness, double Depth, double Survival, double Venue, double History)
{
    /// <summary>Geometric: one part at zero makes it zero.</summary>
    public double Score =>
        Math.Pow(Freshness, 0.2) * Math.Pow(Depth, 0.2) * Math.Pow(Survival, 0.3) * Math.Pow(Venue, 0.15) * Math.Pow(History, 0.15);

    public static Confidence Of(
        double oldestBookSeconds, double ageSecondsMax, double available, double size, double survival, double venueHealth, long routeFills, long routeAttempts) => new(
        ageSecondsMax > 0 ? double.Clamp(1 - (oldestBookSeconds / ageSecondsMax), 0, 1) : oldestBookSeconds > 0 ? 0 : 1,
        size > 0 ? double.Min(1, available / (3 * size)) : 1,
        survival,
        venueHealth,
        (routeFills + 1.0) / (routeAttempts + 2.0));
}
