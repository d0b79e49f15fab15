using System.Text.Json;
using Parallax.Domain;
using Parallax.Strategies.Sizing;
using Parallax.Testing;

namespace Parallax.Strategies.Tests.Vectors;

[Trait("Category", "Vectors")]
public sealed class CycleRoundedVectorTests
{
    public static TheoryData<string, string> Rounded => VectorCases.Rows("cycle-rounded");

    public static TheoryData<string, string> BestRounded => VectorCases.Rows("cycle-best-rounded");

    [SharedTheory]
    [MemberData(nameof(Rounded))]
    public void Execution_leg_by_leg_is_that_of_the_vector(string file, string id)
    {
        var item = VectorCases.Case(file, id);
        var input = item.GetProperty("input");
        var expected = item.GetProperty("expected");

        var sized = Load(input).Execute(input.Decimal("startAmount"));

        CheckLegs(expected.GetProperty("legs"), input, sized);
        Assert.Equal(expected.IsNull("failedLeg"), sized.Outcome == SizingOutcome.Sized);
        if (!expected.IsNull("failedLeg"))
        {
            Assert.Equal(expected.GetProperty("failedLeg").GetInt32(), sized.Legs.Length - 1);
            Assert.Equal(expected.Text("reject"), Name(sized.Legs[^1].Reject));
            return;
        }

        Assert.Equal(expected.Decimal("spent"), sized.Spent);
        Assert.Equal(expected.Decimal("received"), sized.Received);
        Assert.Equal(expected.Decimal("profit"), sized.Profit);
        Assert.Equal(expected.Decimal("unspentStart"), sized.Legs[0].Residual);
        CheckDust(expected, sized);
    }

    [SharedTheory]
    [MemberData(nameof(BestRounded))]
    public void Best_size_on_lots_is_that_of_the_vector(string file, string id)
    {
        var item = VectorCases.Case(file, id);
        var input = item.GetProperty("input");
        var expected = item.GetProperty("expected");

        var sized = Load(input).Best(input.DecimalOrNone("maxInput") ?? decimal.MaxValue, int.MaxValue);

        var profit = expected.Decimal("profit");
        Assert.Equal(profit, sized.Profit);
        Assert.Equal(0, sized.ProfitMissedMax);
        Assert.Equal(expected.Decimal("leg1Quantity"), sized.Legs.Length == 0 ? 0m : sized.Legs[0].Quantity);
        if (!expected.IsNull("continuousProfit"))
        {
            var continuous = (double)expected.Decimal("continuousProfit");
            Assert.Equal(continuous, sized.Continuous.Profit, Math.Abs(continuous) * 1e-9);
            Assert.Equal((double)expected.Decimal("continuousInput"), sized.Continuous.Input, sized.Continuous.Input * 1e-10);
        }

        if (!expected.IsNull("legs"))
        {
            Assert.Equal(expected.Decimal("spent"), sized.Spent);
            Assert.Equal(expected.Decimal("received"), sized.Received);
            CheckLegs(expected.GetProperty("legs"), input, sized);
            CheckDust(expected, sized);
        }
    }

    [SharedTheory]
    [MemberData(nameof(BestRounded))]
    public void Best_size_on_lots_is_that_of_the_brute_force(string file, string id)
    {
        var input = VectorCases.Case(file, id).GetProperty("input");
        var legs = input.GetProperty("legs").EnumerateArray().Select(TickedLegs.Ticked).ToList();
        var inputMax = input.DecimalOrNone("maxInput") ?? decimal.MaxValue;

        var expected = Sizing.BruteForce.Best(legs, inputMax);
        var sized = Load(input).Best(inputMax, int.MaxValue);

        Assert.Equal(expected.Profit, sized.Profit);
        Assert.Equal(expected.FirstLots, sized.Legs.Length == 0 ? 0 : sized.Legs[0].QuantityLots);
    }

    private static PathSizer Load(JsonElement input)
    {
        var sizer = new PathSizer();
        foreach (var leg in input.GetProperty("legs").EnumerateArray())
        {
            var (terms, levels) = TickedLegs.Ticked(leg);
            sizer.Add(terms, levels);
        }

        return sizer;
    }

    private static void CheckLegs(JsonElement expected, JsonElement input, SizedPath sized)
    {
        Assert.Equal(expected.GetArrayLength(), sized.Legs.Length);
        for (var k = 0; k < sized.Legs.Length; k++)
        {
            var (leg, found) = (expected[k], sized.Legs[k]);
            var tick = TickedLegs.Ticked(input.GetProperty("legs")[k]).Terms.TickSize;
            Assert.Equal(leg.Decimal("available"), found.Available);
            Assert.Equal(leg.Decimal("quantity"), found.Quantity);
            Assert.Equal(leg.DecimalOrNone("limitPrice"), found.LimitTicks * tick);
            Assert.Equal(leg.Decimal("notional"), found.Notional);
            Assert.Equal(leg.Decimal("fee"), found.Fee);
            Assert.Equal(leg.Text("feeAsset"), found.FeeAsset.ToString(), ignoreCase: true);
            Assert.Equal(leg.Decimal("thirdFeeInQuote"), found.ThirdFeeQuote);
            Assert.Equal(leg.Decimal("spent"), found.Spent);
            Assert.Equal(leg.Decimal("received"), found.Received);
            Assert.Equal(leg.Decimal("residual"), found.Residual);
            Assert.Equal(leg.IsNull("reject") ? null : leg.Text("reject"), Name(found.Reject));
        }
    }

    private static void CheckDust(JsonElement expected, SizedPath sized)
    {
        var dust = new List<(int, decimal)>();
        for (var k = 1; k < sized.Legs.Length; k++)
        {
            if (sized.Legs[k].Residual != 0m)
            {
                dust.Add((k, sized.Legs[k].Residual));
            }
        }

        Assert.Equal(expected.GetProperty("dust").EnumerateArray().Select(entry => (entry.GetProperty("leg").GetInt32(), entry.Decimal("amount"))), dust);
    }

    private static string? Name(LegReject reject) => reject switch
    {
        LegReject.ZeroQuantity => "zeroQuantity",
        LegReject.QuantityMin => "minQty",
        LegReject.NotionalMin => "minNotional",
        _ => null,
    };
}
