using Parallax.Domain;
using Parallax.Reporting.Sessions;
using Parallax.Trading.Risk;

namespace Parallax.Dashboard.Api.Answers;

/// <summary>Every limit that has a state of its own, most important first.</summary>
/// <param name="Level">How freely plans may be opened: active, cautious (half the size), restricted (only what reduces), halted, emergency (killed).</param>
public sealed record LimitsAnswer(UtcNanos Time, string Level, string ReportingAsset, IReadOnlyList<LimitAnswer> Limits, IReadOnlyList<AnswerTimeAnswer> AnswerTimes)
{
    internal static LimitsAnswer Of(SessionSnapshot now) => new(
        new UtcNanos(now.Time), now.Level.Word(), now.ReportingAsset.Code, [.. now.Limits.Select(LimitAnswer.Of)],
        [.. now.AnswerTimes.Select(one => new AnswerTimeAnswer(one.Venue.Name, one.Nanos, one.IsMeasured, one.Answers))]);
}

/// <summary>How long a venue takes to answer an order, as the scores behind confidence and risk-score reckon with it.</summary>
/// <param name="Nanoseconds">Nine of ten of the last 64 orders took no longer.</param>
/// <param name="IsMeasured">False while too few orders were answered: then the time is an assumption.</param>
/// <param name="Answers">Orders that it has answered in this session.</param>
public sealed record AnswerTimeAnswer(string Venue, long Nanoseconds, bool IsMeasured, int Answers);

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
