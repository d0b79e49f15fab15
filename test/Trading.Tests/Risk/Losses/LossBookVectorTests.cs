using Parallax.Domain;
using Parallax.Testing;
using Parallax.Trading.Risk;
using Parallax.Trading.Risk.Losses;

namespace Parallax.Trading.Tests.Risk.Losses;

[Trait("Category", "Vectors")]
public sealed class LossBookVectorTests
{
    public static TheoryData<string, string> Cases() => VectorCases.Of("risk-loss-state*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void Losses_make_the_trading_state(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);
        var config = input.GetProperty("config");
        var losses = new LossBook(
            new LossTerms(
                config.Decimal("dailyLossLimit"),
                config.Decimal("maxDrawdownPct"),
                config.GetProperty("maxConsecutiveLosses").GetInt32(),
                config.GetProperty("holdMs").GetInt64() * UtcNanos.PerMillisecond),
            config.Decimal("startEquity"));

        foreach (var (told, wanted) in input.GetProperty("events").EnumerateArray().Zip(expected.EnumerateArray()))
        {
            var now = told.GetProperty("t").GetInt64() * UtcNanos.PerMillisecond;
            switch (told.Text("type"))
            {
                case "pnl":
                    losses.Add(now, told.Decimal("pnl"));
                    break;
                case "reset":
                    losses.Reset(now);
                    break;
                default:
                    Assert.Fail($"No such event: {told.Text("type")}.");
                    break;
            }

            Assert.Equal(
                (wanted.Decimal("equity"), wanted.Decimal("dailyLoss"), wanted.Decimal("hourlyLoss"), wanted.Decimal("drawdown"), wanted.GetProperty("consecutiveLosses").GetInt32(), wanted.Text("state")),
                (losses.Equity, losses.DailyLoss, losses.HourlyLoss, losses.Drawdown, losses.Streak, losses.Level.Word()));
        }
    }
}
