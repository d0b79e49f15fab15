using System.Text.Json;
using Parallax.Testing;
using Parallax.Trading.Risk.Scores;

namespace Parallax.Trading.Tests.Risk.Scores;

[Trait("Category", "Vectors")]
public sealed class OpportunityScoreVectorTests
{
    public static TheoryData<string, string> Cases() => VectorCases.Of("opportunity-scores*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void An_opportunity_is_scored_from_its_parts(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);

        var outlook = EdgeOutlook.Of(
            Number(input, "edgeBps"), Number(input, "sigmaBuyBpsPerSqrtSec"), Number(input, "sigmaSellBpsPerSqrtSec"), Number(input, "rho"),
            Number(input, "latencySec"), Number(input, "halfLifeSec"), Number(input, "minEdgeBps"));
        var confidence = Confidence.Of(
            input.GetProperty("bookAgesSec").EnumerateArray().Max(age => (double)age.Decimal()), Number(input, "maxAgeSec"),
            Number(input, "depthAvailable"), Number(input, "size"), outlook.SurvivalProbability,
            input.GetProperty("venueHealth").EnumerateArray().Min(health => (double)health.Decimal()),
            input.GetProperty("routeFills").GetInt64(), input.GetProperty("routeAttempts").GetInt64());
        var risk = RiskScore.Of(
            outlook.ArrivalSdBps, Number(input, "edgeBps"), Number(input, "skew"), Number(input, "skewLimit"), input.GetProperty("legs").GetInt32(),
            Number(input, "exposure"), Number(input, "exposureLimit"), Number(input, "volatility"), Number(input, "volatilityLimit"));

        AssertClose(expected, "spreadSigmaBps", outlook.SpreadSigmaBps);
        AssertClose(expected, "spreadSdAtLatencyBps", outlook.ArrivalSdBps);
        AssertClose(expected, "decayedEdgeBps", outlook.DecayedEdgeBps);
        AssertClose(expected, "survivalProbability", outlook.SurvivalProbability);
        AssertClose(expected, "conditionalEdgeBps", outlook.ConditionalEdgeBps);
        AssertClose(expected, "expectedAdverseBps", outlook.AdverseBps);
        AssertClose(expected, "freshness", confidence.Freshness);
        AssertClose(expected, "depthCover", confidence.Depth);
        AssertClose(expected, "venue", confidence.Venue);
        AssertClose(expected, "history", confidence.History);
        AssertClose(expected, "confidence", confidence.Score);
        var parts = expected.GetProperty("riskParts");
        AssertClose(parts, "latency", risk.Latency);
        AssertClose(parts, "inventory", risk.Inventory);
        AssertClose(parts, "legs", risk.Legs);
        AssertClose(parts, "concentration", risk.Concentration);
        AssertClose(parts, "volatility", risk.Volatility);
        AssertClose(expected, "risk", risk.Score);
    }

    private static double Number(JsonElement element, string property) => (double)element.Decimal(property);

    private static void AssertClose(JsonElement parent, string name, double found)
    {
        var wanted = Number(parent, name);
        Assert.True(double.Abs(wanted - found) <= 1e-9 * double.Abs(wanted), $"{name}: expected {wanted}, found {found}.");
    }
}
