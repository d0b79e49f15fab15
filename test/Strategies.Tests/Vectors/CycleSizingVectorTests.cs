using System.Globalization;
using System.Text.Json;
using Parallax.Strategies.Sizing.Exact;
using Parallax.Testing;

namespace Parallax.Strategies.Tests.Vectors;

[Trait("Category", "Vectors")]
public sealed class CycleSizingVectorTests
{
    public static TheoryData<string, string> Sizing => VectorCases.Rows("cycle-sizing");

    public static TheoryData<string, string> RealBooks => VectorCases.Rows("cycle-real-books");

    [SharedTheory]
    [MemberData(nameof(Sizing))]
    [MemberData(nameof(RealBooks))]
    public void Exact_size_is_that_of_the_vector(string file, string id)
    {
        var (legs, inputMax, marginalMin, expected) = Read(VectorCases.Case(file, id));

        var size = ExactSizing.Size(legs, inputMax, marginalMin);

        Assert.Equal(expected.Text("stop"), size.Stop.ToString(), ignoreCase: true);
        Assert.Equal(expected.IsNull("topRate"), size.TopRate is null);
        if (size.TopRate is { } topRate)
        {
            VectorReading.Close(expected.Exact("topRate"), topRate, "top rate");
        }

        VectorReading.Close(expected.Exact("bestInput"), size.Input, "input");
        VectorReading.Close(expected.Exact("output"), size.Output, "output");
        VectorReading.Close(expected.Exact("profit"), size.Profit, "profit");
        CheckFractions(expected, size);
        CheckSteps(expected, size);
    }

    [SharedTheory]
    [MemberData(nameof(Sizing))]
    [MemberData(nameof(RealBooks))]
    public void Binary64_size_is_that_of_the_vector(string file, string id)
    {
        var item = VectorCases.Case(file, id);
        var (_, inputMax, marginalMin, expected) = Read(item);

        var sizer = TickedLegs.Load(item.GetProperty("input"));
        var size = sizer.Size((double?)inputMax?.ToDecimal() ?? double.PositiveInfinity, (double)marginalMin.ToDecimal());

        var input = (double)expected.Exact("bestInput").ToDecimal();
        Assert.Equal(expected.IsNull("topRate") ? 0 : (double)expected.Exact("topRate").ToDecimal(), size.TopRate, 1e-12);
        Assert.Equal(input, size.Input, input * 1e-10);
        Assert.Equal((double)expected.Exact("profit").ToDecimal(), size.Profit, Math.Max(1, input) * 1e-11);
    }

    private static (List<ExactLeg> Legs, Rational? InputMax, Rational MarginalMin, JsonElement Expected) Read(JsonElement item)
    {
        var input = item.GetProperty("input");
        return (
            [.. input.GetProperty("legs").EnumerateArray().Select(leg => leg.ExactLeg())],
            input.IsNull("maxInput") ? null : input.Exact("maxInput"),
            input.IsNull("minMarginal") ? Rational.One : input.Exact("minMarginal"),
            item.GetProperty("expected"));
    }

    private static void CheckFractions(JsonElement expected, ExactSize size)
    {
        if (!expected.IsNull("bestInputExact"))
        {
            Assert.Equal(expected.Exact("bestInputExact"), size.Input);
            Assert.Equal(expected.Exact("outputExact"), size.Output);
            Assert.Equal(expected.Exact("profitExact"), size.Profit);
        }

        if (!expected.IsNull("topRateExact"))
        {
            Assert.Equal(expected.Exact("topRateExact"), size.TopRate);
        }

        if (!expected.IsNull("returnBps"))
        {
            var bps = size.Input.Sign == 0 ? Rational.Zero : size.Profit / size.Input * 10_000;
            VectorReading.Close(expected.Exact("returnBps"), bps, "return");
        }
    }

    private static void CheckSteps(JsonElement expected, ExactSize size)
    {
        if (!expected.IsNull("stepCount"))
        {
            Assert.Equal(expected.GetProperty("stepCount").ValueKind == JsonValueKind.Number
                ? expected.GetProperty("stepCount").GetInt32()
                : int.Parse(expected.Text("stepCount"), CultureInfo.InvariantCulture), size.Steps.Count);
        }

        if (!expected.IsNull("steps"))
        {
            var steps = expected.GetProperty("steps").EnumerateArray().ToList();
            Assert.Equal(steps.Count, size.Steps.Count);
            foreach (var (step, found) in steps.Zip(size.Steps))
            {
                VectorReading.Close(step.Exact("input"), found.Input, "step");
                VectorReading.Close(step.Exact("marginal"), found.Marginal, "marginal");
            }
        }
    }
}
