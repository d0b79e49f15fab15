using System.Text.Json;
using Parallax.Domain;
using Parallax.Testing;
using Parallax.Trading.Risk;

namespace Parallax.Trading.Tests.Risk;

/// <summary>The shared cases through the public chain. Its own additional limits (coherence of the legs, reserve, pace) are set so that they bind nowhere.</summary>
[Trait("Category", "Vectors")]
public sealed class PretradeVectorTests
{
    private const long Now = 1_700_000_000_000_000_000;

    private static readonly Dictionary<RefusalReason, string> Names = new()
    {
        [RefusalReason.Kill] = "killSwitch",
        [RefusalReason.CircuitOpen] = "circuitOpen",
        [RefusalReason.TradingState] = "tradingState",
        [RefusalReason.Duplicate] = "duplicate",
        [RefusalReason.BookState] = "stale",
        [RefusalReason.BookAge] = "stale",
        [RefusalReason.ClockSkew] = "clockSkew",
        [RefusalReason.Volatility] = "volatility",
        [RefusalReason.NetEdge] = "minProfit",
        [RefusalReason.Confidence] = "confidence",
        [RefusalReason.RiskScore] = "riskScore",
        [RefusalReason.Slippage] = "slippage",
        [RefusalReason.DailyLoss] = "dailyLoss",
        [RefusalReason.HourlyLoss] = "hourlyLoss",
        [RefusalReason.LossStreak] = "consecutiveLosses",
        [RefusalReason.Drawdown] = "drawdown",
        [RefusalReason.OpenOrders] = "openOrders",
        [RefusalReason.MaximumNotional] = "maxNotional",
        [RefusalReason.MinimumNotional] = "minNotional",
        [RefusalReason.Balance] = "balance",
        [RefusalReason.AssetExposure] = "assetExposure",
        [RefusalReason.VenueExposure] = "venueExposure",
        [RefusalReason.TotalExposure] = "totalExposure",
    };

    public static TheoryData<string, string> Cases() => VectorCases.Of("risk-pretrade*.json");

    [SharedTheory]
    [MemberData(nameof(Cases))]
    public void The_first_failing_check_wins_and_the_size_is_cut(string file, string id)
    {
        var (input, expected) = VectorCases.Load(file, id);
        var opportunity = input.GetProperty("opportunity");
        var state = input.GetProperty("state");

        var verdict = new RiskChain(Limits(input.GetProperty("limits"))).Judge("plan", State(state, opportunity), Proposal(state, opportunity));

        var (accept, code, allowed) = verdict.TryRefused(out var refused) ? (false, Names[refused.Reason], 0m)
            : verdict.TryClipped(out var bound) ? (true, $"reduced:{Names[bound.SetBy]}", bound.InputAmountMax)
            : (true, "ok", opportunity.Decimal("notional"));
        Assert.Equal((expected.GetProperty("accept").GetBoolean(), expected.Text("code"), expected.Decimal("allowedNotional")), (accept, code, allowed));
    }

    private static RiskLimits Limits(JsonElement limits) => new()
    {
        BookAgeMillisMax = limits.GetProperty("maxBookAgeMs").GetInt64(),
        LegCoherenceMillisMax = 86_400_000,
        ClockSkewMillisMax = limits.GetProperty("maxClockSkewMs").GetInt64(),
        NetEdgeBpsMin = limits.Decimal("minNetBps"),
        ConfidenceMin = limits.Decimal("minConfidence"),
        RiskScoreMax = limits.Decimal("maxRisk"),
        SlippageBpsMax = limits.Decimal("maxSlippageBps"),
        NotionalMax = limits.Decimal("maxNotional"),
        NotionalMin = limits.Decimal("minNotional"),
        ReserveFraction = 0m,
        OpenPlansMax = 1_000,
        OpenOrdersMax = limits.GetProperty("maxOpenOrders").GetInt32(),
        DailyLossMax = limits.Decimal("dailyLossLimit"),
        HourlyLossMax = limits.Decimal("hourlyLossLimit"),
        LossStreakMax = limits.GetProperty("maxConsecutiveLosses").GetInt32(),
        DrawdownMax = limits.Decimal("maxDrawdownPct"),
        AssetExposureMax = limits.Decimal("assetExposureLimit"),
        MarketExposureMax = 1_000_000_000m,
        VenueExposureMax = limits.Decimal("venueExposureLimit"),
        TotalExposureMax = limits.Decimal("totalExposureLimit"),
        VolatilityMax = limits.Decimal("maxVolatility"),
    };

    private static RiskState State(JsonElement state, JsonElement opportunity) => new()
    {
        NowNanos = Now,
        IsKilled = state.GetProperty("killSwitch").GetBoolean(),
        OpenPlans = 0,
        Balance = state.Decimal("balance"),
        Available = state.Decimal("balance"),
        Level = Enum.Parse<RiskLevel>(state.Text("state"), ignoreCase: true),
        Breaker = Enum.Parse<BreakerState>(state.Text("breaker"), ignoreCase: true),
        IsDuplicate = state.GetProperty("seen").EnumerateArray().Any(seen => seen.GetString() == opportunity.Text("id")),
        VenueHealth = 1m,
        Volatility = state.Decimal("volatility"),
        DailyLoss = state.Decimal("dailyLoss"),
        HourlyLoss = state.Decimal("hourlyLoss"),
        LossStreak = state.GetProperty("consecutiveLosses").GetInt32(),
        Drawdown = state.Decimal("drawdownPct"),
        OpenOrders = state.GetProperty("openOrders").GetInt32(),
        AssetExposure = state.Decimal("assetExposure"),
        VenueExposure = state.Decimal("venueExposure"),
        TotalExposure = state.Decimal("totalExposure"),
        Venues = 1,
    };

    private static Proposal Proposal(JsonElement state, JsonElement opportunity)
    {
        var skewNanos = state.GetProperty("clockSkewMs").GetInt64() * UtcNanos.PerMillisecond;
        var isSound = !opportunity.GetProperty("sequenceGap").GetBoolean();
        var legs = opportunity.GetProperty("bookAgesMs").EnumerateArray()
            .Select(age => Now - (age.GetInt64() * UtcNanos.PerMillisecond))
            .Select((received, i) => new LegBook((ushort)i, received, received - skewNanos, isSound))
            .ToArray();
        var notional = opportunity.Decimal("notional");
        return new Proposal
        {
            StartAsset = new Asset("USD"),
            InputAmount = notional,
            StartAssetPrice = 1m,
            NetProfit = notional * opportunity.Decimal("netBps") / 10_000m,
            NetEdgeBps = opportunity.Decimal("netBps"),
            Legs = legs,
            IsReduceOnly = opportunity.GetProperty("reduceOnly").GetBoolean(),
            Confidence = opportunity.Decimal("confidence"),
            RiskScore = opportunity.Decimal("risk"),
            SlippageBps = opportunity.Decimal("slippageBps"),
            NewOrders = opportunity.GetProperty("newOrders").GetInt32(),
        };
    }
}
