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
        Part(Freshness, 0.2) * Part(Depth, 0.2) * Part(Survival, 0.3) * Part(Venue, 0.15) * Part(History, 0.15);

    /// <summary>A part that is whole, as most are, costs no power.</summary>
    private static double Part(double part, double weight) => part == 1 ? 1 : Math.Pow(part, weight);

    public static Confidence Of(
        double oldestBookSeconds, double ageSecondsMax, double available, double size, double survival, double venueHealth, long routeFills, long routeAttempts) => new(
        ageSecondsMax > 0 ? double.Clamp(1 - (oldestBookSeconds / ageSecondsMax), 0, 1) : oldestBookSeconds > 0 ? 0 : 1,
        size > 0 ? double.Min(1, available / (3 * size)) : 1,
        survival,
        venueHealth,
        (routeFills + 1.0) / (routeAttempts + 2.0));
}
