using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Risk;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>Every limit that has a state of its own, most important first.</summary>
/// <param name="Level">How freely plans may be opened: active, cautious (half the size), restricted (only what reduces), halted, emergency (killed).</param>
public sealed record LimitsAnswer(UtcNanos Time, string Level, string ReportingAsset, IReadOnlyList<LimitAnswer> Limits)
{
    internal static LimitsAnswer Of(SessionSnapshot now) => new(
        new UtcNanos(now.Time), now.Level.Word(), now.ReportingAsset.Code, [.. now.Limits.Select(LimitAnswer.Of)]);
}

/// <summary>One limit as it stands now.</summary>
/// <param name="Name">The code of its refusal: daily-loss; breaker for a breaker.</param>
/// <param name="Owner">account, asset:BTC, venue:kraken, strategy:cycles, global.</param>
/// <param name="Used">0 to 1; at 1 it refuses.</param>
/// <param name="IsFloor">It is the least that is asked for, not the most that is allowed.</param>
/// <param name="State">open, half-open or halted where the value does not say all; empty otherwise.</param>
/// <param name="Resets">What makes it free again.</param>
public sealed record LimitAnswer(string Name, string Owner, decimal Value, decimal Threshold, string Unit, decimal Used, bool IsFloor, string State, string Resets)
{
    internal static LimitAnswer Of(LimitReading limit) => new(
        limit.Name, limit.Owner, limit.Value, limit.Threshold, limit.Unit, decimal.Round(limit.Used, 4), limit.IsFloor, limit.State, limit.Resets);
}
