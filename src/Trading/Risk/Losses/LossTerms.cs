namespace Parallax.Trading.Risk.Losses;

/// <summary>What losses change the trading state.</summary>
/// <param name="DailyLossMax">Per UTC day, in the currency of the profits; a loss equal to it halts.</param>
/// <param name="DrawdownMax">Share of the peak equity; equal halts.</param>
/// <param name="HoldNanos">How long a state lasts at the least before a lighter one follows.</param>
public sealed record LossTerms(decimal DailyLossMax, decimal DrawdownMax, int StreakMax, long HoldNanos)
{
    public static LossTerms Of(RiskLimits limits) => new(
        limits.DailyLossMax, limits.DrawdownMax, limits.LossStreakMax, limits.StateHoldMillis * Domain.UtcNanos.PerMillisecond);
}
