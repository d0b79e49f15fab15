using System.Text.Json;
using Parallax.Testing;
using Parallax.Trading.Risk.Guards;

namespace Parallax.Trading.Tests.Risk.Guards;

[Trait("Category", "Vectors")]
public sealed class VolatilityGuardVectorTests
{
    public static TheoryData<string, string> Cases() => VectorCases.Of("risk-volatility-guard*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void Volatility_and_spread_trip_and_release(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);
        var guard = new VolatilityGuard(new VolatilityTerms(
            Number(input, "lambda"), Number(input, "samplesPerYear"), Number(input, "limit"), Number(input, "release"), Number(input, "spreadMultiple")));
        var mids = input.GetProperty("mids").EnumerateArray().ToArray();
        var spreads = input.GetProperty("spreadsBps").EnumerateArray().ToArray();

        foreach (var (wanted, i) in expected.EnumerateArray().Select((wanted, i) => (wanted, i)))
        {
            guard.Sample((double)mids[i].Decimal(), (double)spreads[i].Decimal());

            AssertClose(Number(wanted, "volatility"), guard.Volatility);
            AssertClose(Number(wanted, "medianSpread"), guard.MedianSpread);
            Assert.Equal((wanted.GetProperty("wide").GetBoolean(), wanted.GetProperty("tripped").GetBoolean()), (guard.IsWide, guard.IsTripped));
        }
    }

    private static double Number(JsonElement element, string property) => (double)element.Decimal(property);

    private static void AssertClose(double wanted, double found) => Assert.True(double.Abs(wanted - found) <= 1e-9 * double.Max(1e-3, double.Abs(wanted)), $"Expected {wanted}, found {found}.");
}
