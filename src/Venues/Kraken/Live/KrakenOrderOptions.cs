using Parallax.Domain;

namespace Parallax.Venues.Kraken.Live;

/// <summary>How orders are placed. Times are nanoseconds.</summary>
public sealed record KrakenOrderOptions
{
    /// <summary>After this the venue does not match an order any more: sent with each. Default: 2 s; the venue takes 0.5 s to 60 s.</summary>
    public long DeadlineNanos { get; init; } = 2 * UtcNanos.PerSecond;

    /// <summary>Added to the deadline before the lack of an answer counts as an unknown outcome. Default: 0.5 s.</summary>
    public long AnswerNanos { get; init; } = UtcNanos.PerSecond / 2;

    /// <summary>This long without any frame ends the connection. Default: <see cref="KrakenLimits.FeedSilenceNanos"/>.</summary>
    public long SilenceNanos { get; init; } = KrakenLimits.FeedSilenceNanos;

    public long PingIntervalNanos { get; init; } = KrakenLimits.PingIntervalNanos;

    /// <summary>Finished orders whose late and repeated messages are still recognized. Default: 1,000.</summary>
    public int RememberedOrders { get; init; } = 1_000;

    /// <summary>What the account may ask: the tier that the venue shows for it. Default: the lowest.</summary>
    public KrakenTier Tier { get; init; } = KrakenTier.Starter;

    /// <summary>Whether orders go by REST while the private feed is down. Default: yes. What may have left by the feed never does.</summary>
    public bool IsRestAllowed { get; init; } = true;

    /// <summary>How often the account's fees are read again. Default: every hour.</summary>
    public long FeeIntervalNanos { get; init; } = 3_600 * UtcNanos.PerSecond;

    /// <summary>How long one survey of the account may take. Default: 30 min. What it has read by then is kept for the next.</summary>
    public long SurveyNanosMax { get; init; } = 1_800 * UtcNanos.PerSecond;

    /// <exception cref="ArgumentException">Says which option is off and what was found.</exception>
    public KrakenOrderOptions Validated()
    {
        Require(DeadlineNanos is >= KrakenLimits.OrderDeadlineNanosMin and <= KrakenLimits.OrderDeadlineNanosMax, nameof(DeadlineNanos), DeadlineNanos);
        Require(AnswerNanos is >= 0 and <= 60 * UtcNanos.PerSecond, nameof(AnswerNanos), AnswerNanos);
        Require(SilenceNanos is > 0 and <= 600 * UtcNanos.PerSecond, nameof(SilenceNanos), SilenceNanos);
        Require(FeeIntervalNanos > 0, nameof(FeeIntervalNanos), FeeIntervalNanos);
        Require(SurveyNanosMax > 0, nameof(SurveyNanosMax), SurveyNanosMax);
        Require(PingIntervalNanos > 0, nameof(PingIntervalNanos), PingIntervalNanos);
        Require(RememberedOrders is >= 1 and <= 1_000_000, nameof(RememberedOrders), RememberedOrders);
        return this;

        static void Require(bool holds, string option, long found)
        {
            if (!holds)
            {
                throw new ArgumentException($"Kraken order option {option} is out of range; found {found}.");
            }
        }
    }
}
