using System.Text.Json;
using Parallax.Strategies.Sizing.Exact;
using Parallax.Testing;

namespace Parallax.Strategies.Tests.Vectors;

[Trait("Category", "Vectors")]
public sealed class CycleDetectionVectorTests
{
    public static TheoryData<string, string> Detection => VectorCases.Rows("cycle-detection");

    public static TheoryData<string, string> Incremental => VectorCases.Rows("cycle-incremental");

    [SharedTheory]
    [MemberData(nameof(Detection))]
    public void Cycles_rates_and_touched_sets_are_those_of_the_vector(string file, string id)
    {
        var item = VectorCases.Case(file, id);
        var input = item.GetProperty("input");
        var expected = item.GetProperty("expected");
        var market = new VectorMarket(input, []);

        var cycles = market.Cycles();
        var paying = cycles.Where(found => found.IsOpen).ToList();
        var touched = cycles.Where(found => found.Trades(input.Text("changedMarket"))).ToList();

        Assert.Equal(expected.GetProperty("cycleCount3").GetInt32(), cycles.Count(found => found.Cycle.Length == 3));
        Assert.Equal(expected.GetProperty("cycleCount4").GetInt32(), cycles.Count(found => found.Cycle.Length == 4));
        Assert.Equal(cycles.Where(found => found.Rate > Rational.One), paying);
        CheckPaying(expected.GetProperty("profitable"), paying);
        CheckBestMean(expected.GetProperty("bestMeanCycle"), cycles);
        Assert.Equal(expected.GetProperty("touched").GetInt32(), touched.Count);
        Assert.Equal(
            expected.GetProperty("touchedProfitable").EnumerateArray().Select(Joined),
            touched.Where(found => found.IsOpen).Select(found => string.Join(' ', found.Assets)));
    }

    [SharedTheory]
    [MemberData(nameof(Incremental))]
    public void Every_update_leaves_the_paying_cycles_of_the_vector(string file, string id)
    {
        var item = VectorCases.Case(file, id);
        var input = item.GetProperty("input");
        var updates = input.GetProperty("updates").EnumerateArray().ToList();
        var market = new VectorMarket(input, updates);

        foreach (var (update, expected) in updates.Zip(item.GetProperty("expected").EnumerateArray()))
        {
            var before = market.Cycles().Where(found => found.IsOpen).Select(found => found.Id).ToList();
            market.Quote(update.Text("id"), update);
            var cycles = market.Cycles();
            var paying = cycles.Where(found => found.IsOpen).ToList();
            var throughUpdated = cycles.Where(found => found.Trades(update.Text("id"))).ToList();

            Assert.Equal(expected.GetProperty("rescored").GetInt32(), throughUpdated.Count);
            Assert.Equal(
                expected.GetProperty("profitable").EnumerateArray().Select(entry => Joined(entry.GetProperty("assets"))),
                paying.Where(found => throughUpdated.Contains(found)).Select(found => string.Join(' ', found.Assets)));
            CheckPaying(expected.GetProperty("profitable"), [.. paying.Where(found => throughUpdated.Contains(found))]);
            foreach (var opened in paying.Where(found => !before.Contains(found.Id)))
            {
                // What opens, opens through the updated market and through a side that improved.
                var leg = opened.Cycle.Legs[opened.Markets.ToList().IndexOf(update.Text("id"))];
                Assert.Contains(leg.Side == Domain.Side.Buy ? "buy" : "sell", expected.GetProperty("improvedSides").EnumerateArray().Select(side => side.GetString()));
            }
        }
    }

    private static void CheckPaying(JsonElement expected, IReadOnlyList<VectorMarket.Found> paying)
    {
        var entries = expected.EnumerateArray().ToList();
        Assert.Equal(entries.Select(entry => Joined(entry.GetProperty("assets"))), paying.Select(found => string.Join(' ', found.Assets)));
        foreach (var (entry, found) in entries.Zip(paying))
        {
            VectorReading.Close(entry.Exact("netRate"), found.Rate, "net rate");
            if (!entry.IsNull("netBps"))
            {
                VectorReading.Close(entry.Exact("netBps"), (found.Rate - Rational.One) * 10_000, "net edge");
            }

            if (entry.TryGetProperty("markets", out var markets))
            {
                Assert.Equal(Joined(markets), string.Join(' ', found.Markets));
                Assert.Equal(Joined(entry.GetProperty("sides")), string.Join(' ', found.Sides));
            }
        }
    }

    private static void CheckBestMean(JsonElement expected, IReadOnlyList<VectorMarket.Found> cycles)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Empty(cycles);
            return;
        }

        var best = cycles.MaxBy(MeanLog)!;
        Assert.Equal(Joined(expected.GetProperty("assets")), string.Join(' ', best.Assets));
        Assert.Equal((double)expected.Exact("meanLogRate").ToDecimal(), MeanLog(best), 1e-12);
    }

    private static double MeanLog(VectorMarket.Found found) => Math.Log((double)found.Rate.ToDecimal()) / found.Cycle.Length;

    private static string Joined(JsonElement texts) => string.Join(' ', texts.EnumerateArray().Select(text => text.GetString()));
}
