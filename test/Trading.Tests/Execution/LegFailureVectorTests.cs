using System.Text.Json;
using Parallax.Domain;
using Parallax.Testing;
using Parallax.Trading.Execution;

namespace Parallax.Trading.Tests.Execution;

[Trait("Category", "Vectors")]
public sealed class LegFailureVectorTests
{
    public static TheoryData<string, string> Cases() => VectorCases.Of("risk-leg-failure*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void Each_way_out_is_valued_and_the_best_chosen(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);

        var decision = LegFailure.Decide(
            input.Decimal("spentStart"),
            Value(input, "continueLegs"),
            Value(input, "unwindLegs"),
            Value(input, "hedgeLegs"),
            input.Decimal("hedgeFixed"),
            input.Decimal("maxContinueLossBps"));

        Assert.Equal(expected.Text("choice"), decision.Choice.ToString().ToLowerInvariant());
        var values = expected.GetProperty("values");
        AssertClose(values, "continue", decision.Continue);
        AssertClose(values, "unwind", decision.Unwind);
        AssertClose(values, "hedge", decision.Hedge);
        AssertClose(expected, "expectedPnl", decision.ExpectedPnl);
    }

    private static decimal? Value(JsonElement input, string legs)
    {
        decimal? amount = null;
        foreach (var leg in input.GetProperty(legs).EnumerateArray())
        {
            var (instrument, levels) = Book(leg);
            var side = leg.Text("side") == "buy" ? Side.Buy : Side.Sell;
            var fee = new FeeTerms(leg.Decimal("fee"), Enum.Parse<FeeMode>(leg.Text("feeMode"), ignoreCase: true));
            if (!BookConversion.TryConvert(amount ?? input.Decimal("amount"), side, levels, instrument, fee, out var received))
            {
                return null;
            }

            amount = received;
        }

        return amount;
    }

    private static (Instrument Instrument, Level[] Levels) Book(JsonElement leg)
    {
        var levels = leg.GetProperty("levels").EnumerateArray().Select(level => (Price: level[0].Decimal(), Quantity: level[1].Decimal())).ToArray();
        var instrument = An.Instrument(
            tick: Step(levels.Select(level => level.Price)),
            lot: Step(levels.Select(level => level.Quantity)));
        return (instrument, [.. levels.Select(level => new Level((long)(level.Price / instrument.TickSize), (long)(level.Quantity / instrument.LotSize)))]);
    }

    /// <summary>The power of ten that all the values are multiples of.</summary>
    private static decimal Step(IEnumerable<decimal> values) => new(1, 0, 0, false, values.Select(value => value.Scale).DefaultIfEmpty((byte)0).Max());

    private static void AssertClose(JsonElement parent, string name, decimal? found)
    {
        if (!parent.TryGetProperty(name, out var wanted) || wanted.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(found);
            return;
        }

        Assert.NotNull(found);
        var distance = decimal.Abs(wanted.Decimal() - found.Value);
        Assert.True(distance <= decimal.Max(1e-27m, decimal.Abs(wanted.Decimal()) * 1e-20m), $"{name}: expected {wanted}, found {found}");
    }
}
